import { benchRow } from "../json";
import type { Measure } from "../measure";
import { measureShared } from "../rate";

/** A small run beside a huge one, and somebody else on the account: what `rate.ts` measures by flags. */
export const sharing: Measure = {
  name: "sharing",
  description: "a run of 1,000 beside the largest, and another user of the account's quota",
  onRequest: true,
  measure: async ({ sizes, progress }) => {
    const profiles = sizes.at(-1) ?? 1_000_000;
    progress("a small run beside a large one");
    const beside = await measureShared({ sizes: [profiles, 1_000] });
    progress("a run while somebody else makes five import calls a second");
    const others = await measureShared({ sizes: [profiles], others: 5 });
    return {
      rows: [
        ...beside.runs.map((run) =>
          benchRow({
            measure: "beside another run",
            profiles: run.profiles,
            figure: run.seconds,
            unit: "s",
          }),
        ),
        ...others.runs.map((run) =>
          benchRow({
            measure: "with 5 other calls a second",
            profiles: run.profiles,
            figure: run.seconds,
            unit: "s",
          }),
        ),
      ],
    };
  },
};
