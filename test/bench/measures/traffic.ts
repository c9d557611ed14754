import { readBytes, writtenBytes } from "../cost/itemize";
import { benchRow, type BenchRow } from "../json";
import type { Measure } from "../measure";
import type { WholeRun } from "../whole-run";

const MEGABYTE = 1e6;

function trafficRows({ profiles, usage, sentBytes, processors }: WholeRun): BenchRow[] {
  const row = (measure: string, figure: number, unit: string): BenchRow =>
    benchRow({ measure, profiles, figure, unit });
  return [
    row("read from S3", readBytes(usage) / MEGABYTE, "MB"),
    row("written to S3", writtenBytes(usage) / MEGABYTE, "MB"),
    row("sent to Klaviyo", sentBytes / MEGABYTE, "MB"),
    row("processor: functions", processors.functions, "s"),
    row("processor: environment", processors.environment, "s"),
    row("processor: simulator", processors.simulator, "s"),
  ];
}

/** Bytes moved, and processor time by who used it: the simulator's is not the system's. */
export const traffic: Measure = {
  name: "traffic",
  description: "bytes read, written and sent; processor time of functions and simulator apart",
  measure: async ({ sizes, wholeRun }) => {
    const rows: BenchRow[] = [];
    for (const profiles of sizes) rows.push(...trafficRows(await wholeRun(profiles)));
    return { rows };
  },
};
