import { parseArgs } from "node:util";
import { startChaosSystem } from "./chaos-system";
import { runSchedule } from "./run-schedule";
import { makeSchedule } from "./schedule";
import { createTally } from "./tally";

/** Runs schedules, each from its seed, and says what went wrong and what was survived. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "20" },
      seed: { type: "string" },
      logs: { type: "string" },
    },
  });
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
  const count = Number(values.seeds);
  const tally = createTally();
  const failed: number[] = [];
  const started = Date.now();
  const system = await startChaosSystem();
  try {
    for (let seed = first; seed < first + count; seed += 1) {
      const began = Date.now();
      const wrong = await runSchedule(system, makeSchedule(seed), tally).catch((error: unknown) => [
        String(error),
      ]);
      const seconds = ((Date.now() - began) / 1_000).toFixed(1);
      console.log(
        `seed ${String(seed)}  ${seconds.padStart(5)} s  ${wrong.length === 0 ? "ok" : "WRONG"}`,
      );
      for (const sentence of wrong) {
        console.log(`    ${sentence}`);
      }
      if (wrong.length > 0) {
        failed.push(seed);
      }
    }
    if (values.logs !== undefined) {
      await system.laptop.environment.functions.logs.save(values.logs);
    }
  } finally {
    await system.close();
  }
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  console.log(`\nSurvived in ${minutes} minutes:\n${tally.describe()}`);
  for (const seed of failed) {
    console.log(`\nTo repeat: npm run chaos -- --seeds 1 --seed ${String(seed)}`);
  }
  return failed.length === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exit(code);
});
