import { describe, expect, it, test } from "@jest/globals";
import fc from "fast-check";
import { estimateRun, type RunSize } from "../../../../../shared/domain/runs/run-estimate";
import {
  endpointLimits,
  steadyLimitOfParty,
} from "../../../../../shared/domain/klaviyo/rate-limit";

const aSize = (overrides: Partial<RunSize> = {}): RunSize => ({
  profiles: 0,
  bytes: 0,
  leaving: 0,
  subscribers: 0,
  ...overrides,
});

describe("the estimate of a run", () => {
  test.each<[string, Partial<RunSize>, object]>([
    [
      "that has nothing to do",
      {},
      { importJobs: 0, statusPolls: 0, lookups: 0, removals: 0, subscriptions: 0 },
    ],
    ["of a million profiles", { profiles: 1_000_000, bytes: 70_000_000 }, { importJobs: 100 }],
    [
      "of large profiles, whose bytes count",
      { profiles: 100, bytes: 9_000_000 },
      { importJobs: 2 },
    ],
    ["that removes", { leaving: 1_001 }, { lookups: 11, removals: 2, importJobs: 0 }],
    ["that subscribes", { subscribers: 2_300 }, { lookups: 23, subscriptions: 3 }],
  ])("%s", (_what, size, calls) => {
    expect(estimateRun(aSize(size)).calls).toMatchObject(calls);
  });

  it("of a million profiles is the ten seconds that Klaviyo's limit makes of them", () => {
    const { seconds } = estimateRun(aSize({ profiles: 1_000_000, bytes: 70_000_000 }));
    expect(seconds).toBeGreaterThanOrEqual(10);
    expect(seconds).toBeLessThanOrEqual(11);
  });

  const sizes = fc.record({
    profiles: fc.nat(20_000_000),
    bytes: fc.nat(2_000_000_000),
    leaving: fc.nat(5_000_000),
    subscribers: fc.nat(5_000_000),
  });

  it("never says less than the steady limits allow, and holds every profile", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { calls, seconds } = estimateRun(size);
        expect(calls.importJobs * 10_000).toBeGreaterThanOrEqual(size.profiles);
        expect(calls.removals * 1_000).toBeGreaterThanOrEqual(size.leaving);
        expect(calls.subscriptions * 1_000).toBeGreaterThanOrEqual(size.subscribers);
        expect(calls.lookups * 100).toBeGreaterThanOrEqual(size.leaving + size.subscribers);
        const perMinute = steadyLimitOfParty(endpointLimits.createImportJob);
        const fullMinutes = Math.floor(Math.max(0, calls.importJobs - 1) / perMinute);
        expect(seconds).toBeGreaterThanOrEqual(fullMinutes * 60);
        for (const number of [...Object.values(calls), seconds]) {
          expect(Number.isSafeInteger(number)).toBe(true);
        }
      }),
    );
  });

  it("never falls when there is more to do", () => {
    fc.assert(
      fc.property(sizes, sizes, (size, more) => {
        const less = estimateRun(size);
        const larger = estimateRun({
          profiles: size.profiles + more.profiles,
          bytes: size.bytes + more.bytes,
          leaving: size.leaving + more.leaving,
          subscribers: size.subscribers + more.subscribers,
        });
        // Without profiles there is no job, whatever the bytes.
        fc.pre(size.profiles > 0 || size.bytes === 0);
        expect(larger.seconds).toBeGreaterThanOrEqual(less.seconds);
        expect(larger.calls.importJobs).toBeGreaterThanOrEqual(less.calls.importJobs);
        expect(larger.calls.statusPolls).toBeGreaterThanOrEqual(less.calls.statusPolls);
      }),
    );
  });
});
