import { benchRow, type BenchRow } from "../json";
import type { Measure } from "../measure";
import type { WholeRun } from "../whole-run";

function memoryRows({ profiles, memory }: WholeRun): BenchRow[] {
  return memory.map(({ name, peak, setting }) =>
    benchRow({
      measure: `memory of ${name}`,
      profiles,
      figure: peak,
      unit: "MB",
      aim: { of: "figure", atMost: setting },
    }),
  );
}

/** Highest resident memory of the functions' processes, against their setting. */
export const memory: Measure = {
  name: "memory",
  description: "peak memory of each function that ran, at the largest size",
  measure: async ({ sizes, wholeRun }) => {
    const rows: BenchRow[] = [];
    const largest = sizes.at(-1);
    if (largest !== undefined) rows.push(...memoryRows(await wholeRun(largest)));
    return { rows };
  },
};
