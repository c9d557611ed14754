import { endpointLimits } from "../../../shared/domain/klaviyo/rate-limit";
import { floorSeconds, jobsFor, leastSpanSeconds } from "../floor";
import { benchRow, type BenchRow } from "../json";
import type { Measure } from "../measure";
import type { WholeRun } from "../whole-run";

/**
 * Aims in seconds: half as much again as 100 jobs take at 10 a second, and a tenth more than 1,000 jobs take at
 * 150 a minute. The floor of so many jobs is lower, because the first and the last minute need not be whole.
 */
const aims = new Map([
  [1_000_000, 1.5 * 10],
  [10_000_000, 1.1 * 400],
]);

/** Of more, the start of the functions is too small a part to be worth a second run. */
const MOST_WARM_PROFILES = 1_000_000;

function speedRows(run: WholeRun): BenchRow[] {
  const { profiles } = run;
  const atMost = aims.get(profiles);
  const span = leastSpanSeconds(run.jobs);
  return [
    benchRow({
      measure: `run to \`${run.status}\``,
      profiles,
      figure: run.seconds,
      unit: "s",
      floor: floorSeconds(jobsFor(profiles)),
      ...(atMost === undefined ? {} : { aim: { of: "figure", atMost } }),
    }),
    // Up to a burst may come at once: only more have a span that could be compared.
    ...(run.jobs <= endpointLimits.createImportJob.burst
      ? []
      : [
          benchRow({
            measure: "first to last job",
            profiles,
            figure: run.pushingSeconds,
            unit: "s",
            floor: span,
            // 95 % of what is allowed: 100 jobs in 10 s, though the last of them may be made when 9 have passed.
            aim: { of: "figure", atMost: floorSeconds(run.jobs) / 0.95 },
          }),
        ]),
    benchRow({
      measure: "answers 429",
      profiles,
      figure: run.throttled,
      aim: { of: "figure", atMost: 0 },
    }),
  ];
}

/** The same with functions that have been started before: a run as it is while others are going. */
function warmRows(run: WholeRun): BenchRow[] {
  const { profiles } = run;
  return [
    benchRow({
      measure: `run to \`${run.status}\`, warm`,
      profiles,
      figure: run.seconds,
      unit: "s",
      floor: floorSeconds(jobsFor(profiles)),
      ...(profiles === 10_000 ? { aim: { of: "figure", atMost: 1.2 } } : {}),
      ...(profiles === 1_000_000 ? { aim: { of: "ratio", atMost: 1.25 } } : {}),
    }),
    benchRow({
      measure: "answers 429, warm",
      profiles,
      figure: run.throttled,
      aim: { of: "figure", atMost: 0 },
    }),
  ];
}

/** Start of a run to its end, against the least that Klaviyo's limits allow. */
export const speed: Measure = {
  name: "speed",
  description:
    "start of a run to its end, with functions cold and warm, use of the rate limit, and 429s",
  measure: async ({ sizes, wholeRun, warmRun }) => {
    const rows: BenchRow[] = [];
    for (const profiles of sizes) {
      rows.push(...speedRows(await wholeRun(profiles)));
      if (profiles <= MOST_WARM_PROFILES) rows.push(...warmRows(await warmRun(profiles)));
    }
    return { rows };
  },
};
