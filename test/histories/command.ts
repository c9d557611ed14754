import { parseArgs } from "node:util";
import { inParallel } from "../../shared/adapters/duckdb/in-parallel";
import { makeHistory } from "./history";
import { playHistory } from "./play-history";
import { emptyHistoryTally } from "./tally";

/** Histories played at a time: while one waits for its files or its database, others use the processor. */
const AT_ONCE = 4;

/** Plays histories, each from its seed, and says what went wrong and what was survived. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { count: { type: "string", default: "1000" }, seed: { type: "string" } },
  });
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
  const count = Number(values.count);
  const tally = emptyHistoryTally();
  const failed: number[] = [];
  const started = Date.now();
  let done = 0;
  console.log(`Histories from seed ${String(first)} on.`);
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  await inParallel(seeds, AT_ONCE, async (seed) => {
    const wrong = await playHistory(makeHistory(seed), tally).catch((error: unknown) => [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ]);
    if (wrong.length > 0) {
      failed.push(seed);
      console.log([`seed ${String(seed)}  WRONG`, ...wrong].join("\n    "));
    }
    done += 1;
    if (done % 50 === 0) {
      const seconds = ((Date.now() - started) / 1_000).toFixed(0);
      console.log(`${String(done)} histories after ${seconds} s, ${String(failed.length)} wrong`);
    }
  });
  console.log(JSON.stringify(tally, undefined, 2));
  for (const seed of failed.toSorted((one, other) => one - other)) {
    console.log(`To repeat: npm run histories -- --count 1 --seed ${String(seed)}`);
  }
  return failed.length === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exit(code);
});
