import { parseArgs } from "node:util";
import { startChaosSystem } from "./chaos-system";
import { conclude, playSeeds } from "./play-seeds";
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
  const print = (line: string): void => console.log(line);
  const started = Date.now();
  const system = await startChaosSystem();
  let failed: number[];
  try {
    failed = await playSeeds({
      ...{ first, count, print },
      play: (seed) => runSchedule(system, makeSchedule(seed), tally),
    });
    if (values.logs !== undefined) {
      await system.laptop.environment.functions.logs.save(values.logs);
    }
  } finally {
    await system.close();
  }
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  print(`\nSurvived in ${minutes} minutes:\n${tally.describe()}`);
  return conclude(failed, print);
}

void main().then((code) => {
  process.exit(code);
});
