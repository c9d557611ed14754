import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  emptyRateLimitState,
  endpointLimits,
  holdBack,
  nextSlot,
  takeSlot,
  type EndpointLimits,
} from "../../../../shared/domain/rate-limit";

const START = 1_750_000_000_000;

/** The slots that callers get who ask one after the other, each so long after the one before. */
function slotsFor(limits: EndpointLimits, pauses: readonly number[]): number[] {
  let state = emptyRateLimitState;
  let now = START;
  return pauses.map((pause) => {
    now += pause;
    const slot = nextSlot(state, limits, now);
    state = takeSlot(state, slot);
    return slot;
  });
}

/** The most slots that any half-open span of this length holds. */
function mostWithin(slots: readonly number[], span: number): number {
  let first = 0;
  return slots.reduce((most, slot, last) => {
    while ((slots[first] ?? 0) <= slot - span) {
      first += 1;
    }
    return Math.max(most, last - first + 1);
  }, 0);
}

const families = fc.constantFrom(...Object.values(endpointLimits));
const pauses = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 2_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 90_000 }) },
  ),
  { minLength: 1, maxLength: 900 },
);

describe("slots for calls to an endpoint", () => {
  it("keep both of Klaviyo's limits in every span, so also in windows of any phase", () => {
    fc.assert(
      fc.property(families, pauses, (limits, asked) => {
        const slots = slotsFor(limits, asked);
        expect(mostWithin(slots, 1_000)).toBeLessThanOrEqual(limits.burst);
        expect(mostWithin(slots, 60_000)).toBeLessThanOrEqual(limits.steady);
      }),
      { numRuns: 60 },
    );
  });

  it("never lie in the past, and never before a slot given earlier", () => {
    fc.assert(
      fc.property(families, pauses, (limits, asked) => {
        const slots = slotsFor(limits, asked);
        let now = START;
        slots.forEach((slot, index) => {
          now += asked[index]!;
          expect(slot).toBeGreaterThanOrEqual(now);
          expect(slot).toBeGreaterThan(slots[index - 1] ?? 0);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("are at once for the first caller", () => {
    expect(nextSlot(emptyRateLimitState, endpointLimits.createImportJob, START)).toBe(START);
  });

  it("use at least 95 % of what Klaviyo allows when callers always wait", () => {
    const limits = endpointLimits.createImportJob;
    const burst = slotsFor(
      limits,
      Array.from({ length: 100 }, () => 0),
    );
    expect((burst.at(-1)! - START) / (100 / limits.burst)).toBeLessThan(1_000 / 0.95);
    const steady = slotsFor(
      limits,
      Array.from({ length: 1_501 }, () => 0),
    );
    expect((steady.at(-1)! - START) / (1_500 / limits.steady)).toBeLessThan(60_000 / 0.95);
  });

  it("wait until Klaviyo's patience is due, for every caller", () => {
    const held = holdBack(emptyRateLimitState, START + 5_000);
    expect(nextSlot(held, endpointLimits.getList, START)).toBe(START + 5_000);
    expect(holdBack(held, START + 1_000)).toEqual(held);
  });
});
