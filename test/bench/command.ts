import { writeFileSync } from "node:fs";
import os from "node:os";
import { benchReportSchema, type BenchReport, type BenchRow, type DetailTable } from "./json";
import { compare } from "./comparing/compare";
import { describeComparison } from "./comparing/comparison-table";
import type { BenchContext } from "./measure";
import { measures } from "./measures";
import { readBenchOptions, type BenchOptions } from "./options";
import { measureShared } from "./rate";
import { serviceTimesOf } from "./service-times";
import { benchCells, benchHeaders, markdownTable } from "./table";
import { measureWholeRun, type WholeRun } from "./whole-run";

/**
 * Measures the system on the embedded environment with Klaviyo's real limits: `npm run bench`.
 *
 * - `--sizes 10000,100000,1000000` (or `--profiles N`): numbers of profiles
 * - `--only speed,cost`: some measures; `--only peers` compares with other ways of sending
 * - `--json`: one JSON object (json.ts) instead of the tables
 * - `--service-times FILE`: writes what `npm run simulate -- --service-times FILE` reads
 * - `--compare REF`, `--times N`: this checkout and a commit in turn, N times each, and their ratios
 * - `--beside N`, `--others N`, `--chunk N`: how runs share the account's limit, with another run of N
 *   profiles, N calls a second of somebody else, or chunks of N profiles
 */
async function main(): Promise<void> {
  const options = readBenchOptions(process.argv.slice(2));
  const { beside, others, chunk } = options;
  if (options.compare !== undefined) {
    const { only, sizes, times, json } = options;
    const progress = (text: string): void => console.error(`… ${text}`);
    const report = await compare(options.compare, { only, sizes, times, progress });
    console.log(json ? JSON.stringify(report) : describeComparison(report));
    return;
  }
  if (beside === undefined && others === undefined && chunk === undefined) {
    const report = await runBench(options);
    console.log(options.json ? JSON.stringify(report) : describe(report));
    return;
  }
  const shared = await measureShared({
    sizes: [...options.sizes.slice(-1), ...(beside === undefined ? [] : [beside])],
    others,
    chunkProfiles: chunk,
  });
  console.log(options.json ? JSON.stringify(shared) : describeShared(shared));
}

async function runBench(options: BenchOptions): Promise<BenchReport> {
  const unknown = options.only.filter((name) => measures.every((one) => one.name !== name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no measure ${unknown.join(", ")}; there are:\n` +
        measures.map(({ name, description }) => `  ${name}: ${description}`).join("\n"),
    );
  }
  const [loadBefore = 0] = os.loadavg();
  const runs = new Map<number, Promise<WholeRun>>();
  const progress = (text: string): void => {
    if (!options.json) console.error(`… ${text}`);
  };
  const context: BenchContext = {
    sizes: options.sizes,
    progress,
    wholeRun: (profiles) => {
      const known = runs.get(profiles);
      if (known !== undefined) return known;
      progress(`a run of ${profiles.toLocaleString("en")} profiles`);
      const measured = measureWholeRun(profiles);
      runs.set(profiles, measured);
      return measured;
    },
    warmRun: (profiles) => {
      progress(`a run of ${profiles.toLocaleString("en")} profiles, with warm functions`);
      return measureWholeRun(profiles, "warm");
    },
  };

  const rows: BenchRow[] = [];
  const details: DetailTable[] = [];
  const notes: string[] = [];
  const chosen = measures.filter(({ name, onRequest }) =>
    options.only.length > 0 ? options.only.includes(name) : onRequest === undefined,
  );
  for (const { measure } of chosen) {
    const measured = await measure(context);
    rows.push(...measured.rows);
    details.push(...(measured.details ?? []));
    notes.push(...(measured.notes ?? []));
  }
  const wholeRuns = await Promise.all(runs.values());
  const serviceTimes = serviceTimesOf(wholeRuns);
  if (options["service-times"] !== undefined && serviceTimes !== undefined) {
    writeFileSync(options["service-times"], `${JSON.stringify(serviceTimes, undefined, 2)}\n`);
  }
  return benchReportSchema.parse({
    measuredAt: new Date().toISOString(),
    machine: {
      processors: os.availableParallelism(),
      memoryGigabytes: Math.round(os.totalmem() / 2 ** 30),
      loadBefore,
      node: process.version,
    },
    rows,
    details,
    notes,
    serviceTimes,
  });
}

function describe({ machine, measuredAt, rows, details, notes }: BenchReport): string {
  const { processors, memoryGigabytes, loadBefore, node } = machine;
  return [
    `Measured on ${measuredAt.slice(0, 10)} with ${processors} processors, ${memoryGigabytes} GB, ` +
      `Node.js ${node}; load before: ${loadBefore.toFixed(1)}.`,
    ...(rows.length > 0 ? [markdownTable(benchHeaders, benchCells(rows))] : []),
    ...details.flatMap(({ title, headers, rows: cells }) => [title, markdownTable(headers, cells)]),
    ...notes,
  ].join("\n\n");
}

function describeShared({ runs, throttled }: Awaited<ReturnType<typeof measureShared>>): string {
  return [
    ...runs.map(
      ({ profiles, status, jobs, pushingSeconds, rateUsed, seconds }) =>
        `${profiles.toLocaleString("en")} profiles: ${status} after ${seconds.toFixed(1)} s; ` +
        `${jobs} jobs pushed in ${pushingSeconds.toFixed(1)} s, ` +
        `${(100 * rateUsed).toFixed(1)} % of the allowed rate`,
    ),
    `429 answers: ${throttled}`,
  ].join("\n");
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
