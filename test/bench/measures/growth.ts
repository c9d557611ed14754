import { benchRow, type BenchRow } from "../json";
import type { Measure } from "../measure";
import type { WholeRun } from "../whole-run";

/** Functions whose work grows with the rows. */
const steps = [
  { title: "prepare function", logicalId: /^PrepareRun/ },
  { title: "settle function", logicalId: /^SettleRun/ },
] as const;

/** How much longer ten times as many profiles may take. */
const MOST_GROWTH = 12;

/** Seconds that the functions of a step were billed, loading included. */
export function stepSeconds(run: WholeRun, logicalId: RegExp): number {
  return Object.entries(run.usage.functions)
    .filter(([id]) => logicalId.test(id))
    .reduce((sum, [, { billedMilliseconds }]) => sum + billedMilliseconds / 1_000, 0);
}

/** Each size is compared with what linear growth makes of the size before it. */
function growthRows(runs: readonly WholeRun[]): BenchRow[] {
  return steps.flatMap(({ title, logicalId }) =>
    runs.map((run, index) => {
      const smaller = runs[index - 1];
      const linear =
        smaller === undefined
          ? null
          : stepSeconds(smaller, logicalId) * (run.profiles / smaller.profiles);
      // Starting up weighs on small runs: only from a million on does growth say anything.
      const isJudged = smaller !== undefined && smaller.profiles >= 1_000_000;
      return benchRow({
        measure: title,
        profiles: run.profiles,
        figure: stepSeconds(run, logicalId),
        unit: "s",
        floor: linear,
        ...(isJudged ? { aim: { of: "ratio", atMost: MOST_GROWTH / 10 } } : {}),
      });
    }),
  );
}

export const growth: Measure = {
  name: "growth",
  description: "time of the functions that read all rows, by size; the floor is linear growth",
  measure: async ({ sizes, wholeRun }) => {
    const runs: WholeRun[] = [];
    for (const profiles of sizes) runs.push(await wholeRun(profiles));
    return { rows: growthRows(runs) };
  },
};
