import { parseArgs } from "node:util";
import { makeHistory } from "./history";
import { emptyHistoryTally, playHistory } from "./play-history";

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
  console.log(`Histories from seed ${String(first)} on.`);
  for (let seed = first; seed < first + count; seed += 1) {
    const wrong = await playHistory(makeHistory(seed), tally).catch((error: unknown) => [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ]);
    if (wrong.length > 0) {
      failed.push(seed);
      console.log(`seed ${String(seed)}  WRONG`);
      for (const sentence of wrong) {
        console.log(`    ${sentence}`);
      }
    }
    const done = seed - first + 1;
    if (done % 50 === 0) {
      const seconds = ((Date.now() - started) / 1_000).toFixed(0);
      console.log(`${String(done)} histories after ${seconds} s, ${String(failed.length)} wrong`);
    }
  }
  console.log(JSON.stringify(tally, undefined, 2));
  for (const seed of failed) {
    console.log(`To repeat: npm run histories -- --count 1 --seed ${String(seed)}`);
  }
  return failed.length === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exit(code);
});
