import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { floorSeconds, jobsFor } from "../../bench/floor";
import { createEventQueue } from "../../bench/simulation/event-queue";
import { scenario, steps, type Scenario } from "../../bench/simulation/model";
import { bindsFirst } from "../../bench/simulation/report";
import { simulate } from "../../bench/simulation/simulate";

const small = (overrides: Partial<Scenario> = {}): Scenario =>
  scenario({ accounts: 3, profiles: 300_000, ...overrides });

const arbitraryScenario = fc
  .record({
    accounts: fc.integer({ min: 1, max: 12 }),
    profiles: fc.integer({ min: 1, max: 3_000_000 }),
    spreadSeconds: fc.nat(120),
    pushBatch: fc.integer({ min: 1, max: 10 }),
    push: fc.integer({ min: 2, max: 30 }),
    prepare: fc.integer({ min: 2, max: 10 }),
    openIndexHoldsRecords: fc.boolean(),
    seed: fc.nat(1_000),
  })
  .map(({ push, prepare, ...others }) =>
    scenario({ ...others, concurrency: { prepare, push, confirm: 5, settle: 5 } }),
  );

describe("the simulation", () => {
  it("says the same for the same scenario", () => {
    expect(simulate(small({ seed: 7 }))).toEqual(simulate(small({ seed: 7 })));
    expect(simulate(small({ seed: 7 }))).not.toEqual(simulate(small({ seed: 8 })));
  });

  it("ends every run, and sends every chunk once, whatever the settings", () => {
    fc.assert(
      fc.property(arbitraryScenario, (given) => {
        const { endedAt, chunksSent, peakWorkers, peakWorkersOfAll } = simulate(given);
        expect(endedAt).toHaveLength(given.accounts);
        expect(chunksSent).toBe(given.accounts * jobsFor(given.profiles));
        for (const step of steps) {
          expect(peakWorkers[step]).toBeLessThanOrEqual(given.concurrency[step]);
        }
        expect(peakWorkersOfAll).toBeLessThanOrEqual(1_000);
      }),
      { numRuns: 40 },
    );
  });

  it("never beats Klaviyo's limits", () => {
    fc.assert(
      fc.property(arbitraryScenario, (given) => {
        const { endedAt } = simulate(given);
        // A first burst may come at once, so the last of a burst is no wait.
        const floor = floorSeconds(jobsFor(given.profiles)) - 1;
        expect(endedAt[0]).toBeGreaterThanOrEqual(floor);
      }),
      { numRuns: 40 },
    );
  });

  it("comes to the floor for one account, when nothing else takes time", () => {
    const none = {
      prepareFixedSeconds: 0,
      settleFixedSeconds: 0,
      confirmSeconds: 0,
      pushSeconds: 0,
    };
    const { endedAt } = simulate(
      small({
        accounts: 1,
        profiles: 10_000_000,
        serviceTimes: { ...none, prepareSecondsPerMillion: 0, settleSecondsPerMillion: 0 },
      }),
    );
    const ratio = (endedAt[0] ?? 0) / floorSeconds(1_000);
    expect(ratio).toBeGreaterThanOrEqual(0.99);
    expect(ratio).toBeLessThan(1.05);
  });

  it("takes no less time for more accounts or more profiles", () => {
    const end = (overrides: Partial<Scenario>): number =>
      simulate(small(overrides)).endedAt.at(-1) ?? 0;
    // Service times vary by a tenth, so only doubling is compared.
    for (const accounts of [2, 8, 32]) {
      expect(end({ accounts: 2 * accounts })).toBeGreaterThan(0.9 * end({ accounts }));
    }
    for (const profiles of [100_000, 1_000_000]) {
      expect(end({ profiles: 2 * profiles })).toBeGreaterThan(end({ profiles }));
    }
  });

  it("names what binds: workers where there are few, else the index, else Klaviyo", () => {
    const many = { accounts: 40, profiles: 1_000_000 };
    const wide = { prepare: 50, push: 50, confirm: 50, settle: 50 };
    const binds = (overrides: Partial<Scenario>) =>
      bindsFirst(simulate(small({ ...many, concurrency: wide, ...overrides })));
    expect(binds({ concurrency: { ...wide, prepare: 2 } })).toBe("prepare workers");
    expect(binds({ concurrency: { ...wide, push: 2 } })).toBe("push workers");
    expect(binds({ profiles: 5_000_000, openIndexHoldsRecords: true })).toBe("index of open runs");
    expect(binds({ accounts: 1, profiles: 5_000_000 })).toBe("Klaviyo");
  });
});

it("events happen in their order, and in the order of being added at the same instant", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (instants) => {
      const events = createEventQueue();
      const happened: [number, number][] = [];
      instants.forEach((at, order) => events.at(at, (now) => happened.push([now, order])));
      events.run();
      const expected = instants.map((at, order): [number, number] => [at, order]);
      expect(happened).toEqual(expected.toSorted((one, other) => one[0] - other[0]));
    }),
  );
});
