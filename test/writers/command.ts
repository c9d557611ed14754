import { parseArgs } from "node:util";
import { playWriters } from "./play-writers";
import { unmarkedWriter } from "./writers";

/** Kills jobs while they write segments, and says whether any run has sent a half or a mixture. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { count: { type: "string", default: "100" }, seed: { type: "string" } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  console.log(`Jobs from seed ${seed}.`);
  const tallies = await playWriters({ count: Number(values.count), seed }, console.log);
  console.table(Object.fromEntries(tallies));
  const wrong = [...tallies].filter(([name, tally]) => name !== unmarkedWriter.name && tally.wrong);
  return wrong.length === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exit(code);
});
