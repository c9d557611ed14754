import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { floorSeconds, jobsFor, leastSpanSeconds } from "../../bench/floor";

describe("floorSeconds", () => {
  it.each([
    [0, 0],
    [1, 0.1],
    [10, 1],
    [100, 10],
    [150, 15],
    // The 151st call needs the next minute.
    [151, 60.1],
    [1_000, 6 * 60 + 10],
  ])("takes for %d import jobs at 10 a second and 150 a minute at least %d s", (calls, seconds) => {
    expect(floorSeconds(calls)).toBeCloseTo(seconds);
  });

  it("never falls when there are more calls", () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(500), (calls, more) => {
        expect(floorSeconds(calls + more)).toBeGreaterThanOrEqual(floorSeconds(calls));
      }),
    );
  });

  it("never lets a minute have more calls than the steady limit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (calls) => {
        expect(calls).toBeLessThanOrEqual((Math.floor(floorSeconds(calls) / 60) + 1) * 150);
      }),
    );
  });
});

it("counts a job for each 10,000 profiles begun", () => {
  expect([1, 10_000, 10_001, 1_000_000].map((profiles) => jobsFor(profiles))).toEqual([
    1, 1, 2, 100,
  ]);
});

it("knows the least time between first and last call", () => {
  expect([1, 10, 11, 100, 151].map((calls) => leastSpanSeconds(calls))).toEqual([0, 0, 1, 9, 60]);
});
