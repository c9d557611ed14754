import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startChaosSystem, type ChaosSystem } from "../chaos/chaos-system";
import { runSchedule } from "../chaos/run-schedule";
import { makeSchedule } from "../chaos/schedule";
import { createTally } from "../chaos/tally";

const firstSeed = Number(process.env["SEED"] ?? Date.now() % 1_000_000_000);

/** Schedules that are begun, on a machine that is quick enough, and how long they are begun for. */
const MOST_SCHEDULES = 24;
const MILLISECONDS = 20_000;

describe("whole runs under random faults, crashes, copies and losses", () => {
  let system: ChaosSystem;

  beforeAll(async () => {
    system = await startChaosSystem();
  });
  afterAll(() => system.close());

  it(`end, and say exactly what happened (SEED=${String(firstSeed)})`, async () => {
    const tally = createTally();
    const wrong: Record<string, string[]> = {};
    const begun = Date.now();
    for (
      let seed = firstSeed;
      seed < firstSeed + MOST_SCHEDULES && Date.now() < begun + MILLISECONDS;
      seed += 1
    ) {
      const found = await runSchedule(system, makeSchedule(seed), tally);
      if (found.length > 0) {
        wrong[`npm run chaos -- --seeds 1 --seed ${String(seed)}`] = found;
      }
    }

    expect(wrong).toEqual({});
    expect(tally.counts().runs).toBeGreaterThan(0);
  }, 180_000);
});
