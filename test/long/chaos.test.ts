import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startChaosSystem, type ChaosSystem } from "../chaos/chaos-system";
import { runSchedule } from "../chaos/run-schedule";
import { makeSchedule } from "../chaos/schedule";
import { createTally } from "../chaos/tally";

/** Schedules that hold, together, kills, copies, losses, faults of Klaviyo's and faults of AWS's. */
const SEEDS = [503, 506];

describe("whole runs under random faults, crashes, copies and losses", () => {
  let system: ChaosSystem;

  beforeAll(async () => {
    system = await startChaosSystem();
  });
  afterAll(() => system.close());

  it("end, and say exactly what happened", async () => {
    const tally = createTally();
    const wrong: Record<string, string[]> = {};
    for (const seed of SEEDS) {
      const found = await runSchedule(system, makeSchedule(seed), tally);
      if (found.length > 0) {
        wrong[`npm run chaos -- --seeds 1 --seed ${String(seed)}`] = found;
      }
    }

    expect(wrong).toEqual({});
    const { crashes, copies, lost, serverErrors } = tally.counts();
    expect(Object.values({ crashes, copies, lost, serverErrors }).every((times) => times > 0)).toBe(
      true,
    );
    expect(Object.keys(tally.awsCounts()).length).toBeGreaterThan(0);
  }, 400_000);
});
