import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { benchRow, type BenchRow } from "../json";
import type { Measure } from "../measure";

/** What test/bench/prepare.ts prints for a format. */
const preparedSchema = z.object({
  format: z.string(),
  rows: z.number(),
  prepareSeconds: z.number(),
  stageSeconds: z.number(),
  peakResidentMegabytes: z.number(),
});

const formats = ["csv", "csv.gz", "ndjson", "parquet"] as const;
const MEMORY_MEGABYTES = 4096;

/** Larger files say nothing that the whole runs don't. */
const MOST_ROWS = 1_000_000;

/** Preparing by format, each in a process of its own, so that its peak is its own. */
export const formatsMeasure: Measure = {
  name: "formats",
  description: "preparing CSV, CSV gzip, NDJSON and Parquet from a local disk",
  measure: async ({ sizes, progress }) => {
    const rows: BenchRow[] = [];
    const profiles = Math.min(sizes.at(-1) ?? MOST_ROWS, MOST_ROWS);
    for (const format of formats) {
      progress(`preparing ${profiles.toLocaleString("en")} rows of ${format}`);
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...["--import", "tsx", path.join(__dirname, "../prepare.ts")],
        ...["--rows", String(profiles), "--formats", format],
        ...["--memory", String(MEMORY_MEGABYTES)],
      ]);
      const found = preparedSchema.parse(JSON.parse(stdout));
      rows.push(
        benchRow({
          measure: `prepare ${format}`,
          profiles,
          figure: found.prepareSeconds + found.stageSeconds,
          unit: "s",
        }),
        benchRow({
          measure: `memory, ${format}`,
          profiles,
          figure: found.peakResidentMegabytes,
          unit: "MB",
          aim: { of: "figure", atMost: MEMORY_MEGABYTES },
        }),
      );
    }
    return { rows };
  },
};
