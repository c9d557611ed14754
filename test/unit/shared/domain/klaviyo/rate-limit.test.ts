import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  claimSlot,
  emptyRateLimitState,
  endpointLimits,
  holdBack,
  LEAST_LATENESS_MILLISECONDS,
  LEAST_WAY_MILLISECONDS,
  nextSlot,
  takeSlot,
  type EndpointLimits,
  type RateLimitState,
  type Slot,
} from "../../../../../shared/domain/klaviyo/rate-limit";

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

/** A slot as a worker has it that may be so late, and its call so much later on its way. */
const slotAt = (
  at: number,
  lateness = LEAST_LATENESS_MILLISECONDS,
  way = LEAST_WAY_MILLISECONDS,
): Slot => ({
  at: new Date(at),
  until: new Date(at + lateness),
  arrivedBy: new Date(at + lateness + way),
});

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

describe("slots of several parties", () => {
  const limits = endpointLimits.createImportJob;
  const patient = { patienceMilliseconds: 60_000 };

  /** Lets a party claim as often as it is given slots, and returns these. */
  function claimAll(party: string, state = emptyRateLimitState, now = START) {
    const slots: number[] = [];
    for (;;) {
      const given = claimSlot(state, limits, now, { ...patient, party });
      if (given.kind === "later") {
        return { slots, state };
      }
      state = given.state;
      slots.push(given.at);
    }
  }

  /** A party that claims all that it can get for as long as it can: its slots and the state then. */
  function claimForSeconds(party: string, seconds: number) {
    let state = emptyRateLimitState;
    const slots: number[] = [];
    for (let second = 0; second < seconds; second += 1) {
      const claimed = claimAll(party, state, START + second * 1_000);
      state = claimed.state;
      slots.push(...claimed.slots);
    }
    return { state, slots };
  }

  it("are taken at most some seconds ahead, so that nobody waits behind a whole backlog", () => {
    const huge = claimAll("huge");
    expect(huge.slots.at(-1)! - START).toBeLessThanOrEqual(3_500);

    const small = claimSlot(huge.state, limits, START, { ...patient, party: "small" });

    expect(small.kind).toBe("slot");
    expect(small.at - START).toBeLessThanOrEqual(4_000);
  });

  it("are left for others in a minute that one party has used up", () => {
    const { state, slots } = claimForSeconds("huge", 30);
    const now = START + 30_000;
    expect(slots).toHaveLength(147);
    expect(claimSlot(state, limits, now, { ...patient, party: "huge" }).at - now).toBeGreaterThan(
      20_000,
    );

    const small = claimSlot(state, limits, now, { ...patient, party: "small" });

    expect(small).toMatchObject({ kind: "slot", at: now });
  });

  it("go to a call that continues another, whatever its party has ahead", () => {
    const { state } = claimAll("huge");
    const given = claimSlot(state, limits, START, { ...patient, party: "huge", continues: true });
    expect(given.kind).toBe("slot");
  });

  it("that are missed leave their place to others", () => {
    const first = claimSlot(emptyRateLimitState, limits, START, patient);
    let { state } = first;
    for (let count = 1; count < limits.burst; count += 1) {
      state = claimSlot(state, limits, START, patient).state;
    }
    const full = claimSlot(state, limits, START, patient);

    const given = claimSlot(state, limits, START, { ...patient, missed: slotAt(first.at) });

    expect(given.at).toBeLessThan(full.at);
  });

  it("of a worker that is late make room for it, and for it alone", () => {
    const claim = (state: RateLimitState, latenessMilliseconds: number) =>
      claimSlot(state, limits, START, {
        ...{ ...patient, latenessMilliseconds, wayMilliseconds: latenessMilliseconds },
      });
    let { state } = claim(emptyRateLimitState, 320);
    for (let count = 1; count < limits.burst; count += 1) {
      state = claim(state, 20).state;
    }
    // Nine that are in time have arrived before the one that is late.
    expect(claim(state, 20).at - START).toBe(52 + 1_040);
  });

  it("keep both limits in every span, whoever claims, is late and misses", () => {
    const claims = fc.array(
      fc.record({
        pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
        party: fc.constantFrom("", "one", "two", "three"),
        misses: fc.boolean(),
        // As late as it claimed that it may be, and on its way for as long as that may take.
        lateness: fc.constantFrom(20, 20, 40, 160, 640),
        way: fc.constantFrom(20, 20, 57, 640),
        delay: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 600 },
    );
    fc.assert(
      fc.property(claims, (asked) => {
        let state = emptyRateLimitState;
        let now = START;
        const used: number[] = [];
        for (const { pause, party, misses, lateness, way, delay } of asked) {
          const room = { latenessMilliseconds: lateness, wayMilliseconds: way };
          now += pause;
          const given = claimSlot(state, limits, now, {
            ...{ ...patient, party, ...room },
          });
          state = given.state;
          if (given.kind === "later") {
            continue;
          }
          if (!misses) {
            used.push(given.at + (lateness + way) * delay);
            continue;
          }
          now = Math.max(now, given.at + lateness + 1);
          const missed = slotAt(given.at, lateness, way);
          const again = claimSlot(state, limits, now, {
            ...{ ...patient, party, missed, ...room },
          });
          state = again.state;
          if (again.kind === "slot") {
            used.push(again.at + (lateness + way) * delay);
          }
        }
        used.sort((one, other) => one - other);
        expect(mostWithin(used, 1_000)).toBeLessThanOrEqual(limits.burst);
        expect(mostWithin(used, 60_000)).toBeLessThanOrEqual(limits.steady);
      }),
      { numRuns: 100 },
    );
  });
});
