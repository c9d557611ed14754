import { benchRow, type BenchRow } from "../json";
import type { Measure } from "../measure";
import { MEMORY_MEGABYTES, MOST_ROWS, prepareFile } from "../preparing/prepare-file";

const formats = ["csv", "csv.gz", "ndjson", "parquet"] as const;

/** Preparing by format, each in a process of its own, so that its peak is its own. */
export const formatsMeasure: Measure = {
  name: "formats",
  description: "preparing CSV, CSV gzip, NDJSON and Parquet from a local disk",
  measure: async ({ sizes, progress }) => {
    const rows: BenchRow[] = [];
    const profiles = Math.min(sizes.at(-1) ?? MOST_ROWS, MOST_ROWS);
    for (const format of formats) {
      progress(`preparing ${profiles.toLocaleString("en")} rows of ${format}`);
      const found = await prepareFile({ rows: profiles, format });
      rows.push(
        benchRow({
          measure: `prepare ${format}`,
          profiles,
          figure: found.seconds,
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
