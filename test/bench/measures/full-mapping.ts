import { benchRow } from "../json";
import type { Measure } from "../measure";
import { MOST_ROWS, prepareFile } from "../preparing/prepare-file";

/** How much longer preparing all fields may take than preparing the email alone. */
const MOST_RATIO = 2;

/** Preparing the same file with the email alone and with a mapping of all that it holds, one after the other. */
export const fullMapping: Measure = {
  name: "full-mapping",
  description:
    "preparing CSV with names, phone, location and five typed properties; the floor is the email alone",
  measure: async ({ sizes, progress }) => {
    const profiles = Math.min(sizes.at(-1) ?? MOST_ROWS, MOST_ROWS);
    progress(`preparing ${profiles.toLocaleString("en")} rows with all fields`);
    const email = await prepareFile({ rows: profiles, format: "csv" });
    const full = await prepareFile({ rows: profiles, format: "csv", fields: "full" });
    return {
      rows: [
        benchRow({
          ...{ measure: "prepare csv, full mapping", profiles, figure: full.seconds, unit: "s" },
          floor: email.seconds,
          aim: { of: "ratio", atMost: MOST_RATIO },
        }),
        benchRow({
          ...{ measure: "memory, full mapping", profiles, unit: "MB" },
          figure: full.peakResidentMegabytes,
        }),
      ],
    };
  },
};
