import { describe, expect, it, test } from "@jest/globals";
import {
  arrivedBy,
  clearedFrom,
  learnTravel,
  type Travel,
} from "../../../../../shared/domain/klaviyo/clearance";
import {
  emptyRateLimitState,
  holdBack,
  noteArrival,
  takeSlot,
  type RateLimitState,
} from "../../../../../shared/domain/klaviyo/rate-limit-state";

const START = 1_750_000_000_000;
const limits = { burst: 3, steady: 150 };

/** Slots 100 ms apart, of calls that arrived so long after them, or of which that is not known. */
function aState(lateness: readonly (number | null)[], every = 100): RateLimitState {
  return lateness.reduce<RateLimitState>((state, late, index) => {
    const slot = START + index * every;
    const taken = takeSlot(state, slot, "", START);
    return late === null ? taken : noteArrival(taken, { slot, by: slot + late });
  }, emptyRateLimitState);
}

const fourth = START + 300;
const at = (state: RateLimitState, now = fourth): number | undefined => {
  const from = clearedFrom(state, limits, fourth, now);
  return from === undefined ? undefined : from - START;
};

describe("the call after a full second", () => {
  it("is cleared when the first of those before it arrived a second ago", () => {
    expect(at(aState([0, 0, 0, null]))).toBe(1_020);
    expect(at(aState([70, 0, 0, null]))).toBe(1_090);
  });

  it("goes by the arrivals, in whatever order", () => {
    expect(at(aState([500, 0, 0, null]))).toBe(1_120);
  });

  it("waits for calls that are on their way, as far as they fill the second", () => {
    expect(at(aState([null, 0, 0, null]))).toBe(1_120);
    expect(at(aState([null, null, 0, null]))).toBe(1_220);
    expect(at(aState([null, null, null, null]))).toBeUndefined();
  });

  it("takes a call for arrived that nobody has told of for five seconds", () => {
    const state = aState([null, null, null, null]);
    expect(at(state, START + 4_999)).toBeUndefined();
    expect(at(state, START + 5_000)).toBe(6_020);
  });

  it("minds no calls after it", () => {
    expect(at(aState([0, 0, 0, null, null, null, 400]))).toBe(1_020);
  });

  it("waits as long as Klaviyo asks", () => {
    expect(at(holdBack(aState([0, 0, 0, null]), START + 9_000))).toBe(9_000);
  });
});

test("a call is cleared at once while there is room in the second", () => {
  expect(clearedFrom(aState([0, null, null]), limits, START + 200, START)).toBe(0);
});

test("the call after a full minute waits for arrivals too, by the second", () => {
  const few = { burst: 3, steady: 3 };
  const next = takeSlot(aState([0, 0, 0], 2_000), START + 6_000, "", START);
  expect(clearedFrom(next, few, START + 6_000, START)).toBe(START + 1_000 + 60_500);
  const late = takeSlot(aState([1_700, 0, 0], 2_000), START + 6_000, "", START);
  expect(clearedFrom(late, few, START + 6_000, START)).toBe(START + 2_000 + 60_500);
});

test("slots that a version wrote which notes no arrivals count as used in time", () => {
  const { recent } = aState([null, null, null, null]);
  const state = { ...emptyRateLimitState, recent };
  expect(at(state)).toBe(1_020);
});

describe("a call's arrival", () => {
  const call = { made: START, answered: START + 300 };
  const after = (...took: readonly number[]): Travel | undefined =>
    took.reduce<Travel | undefined>(learnTravel, undefined);
  const alike = [120, 150, 180, 121, 140, 160, 200, 210, 125];

  it("is no later than its answer", () => {
    expect(arrivedBy(call, undefined)).toBe(call.answered);
    expect(arrivedBy(call, after(...alike))).toBe(call.answered);
  });

  it("is earlier by what the quickest calls take, when some have shown that", () => {
    expect(arrivedBy(call, after(...alike, 130))).toBe(START + 180);
  });

  it("is as late as its answer where calls were held up", () => {
    expect(arrivedBy(call, after(...alike, 130, 221))).toBe(call.answered);
  });

  it("is never before it was made", () => {
    expect(arrivedBy({ made: START, answered: START + 100 }, after(...alike, 130))).toBe(START);
  });
});
