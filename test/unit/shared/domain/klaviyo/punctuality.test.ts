import { describe, expect, it } from "@jest/globals";
import {
  latenessToAllow,
  notePunctuality,
  type Punctuality,
} from "../../../../../shared/domain/klaviyo/punctuality";

const after = (...late: readonly number[]): Punctuality =>
  late.reduce<Punctuality>(notePunctuality, []);

describe("the lateness that a worker's next call is given", () => {
  it("is 20 ms while it keeps that", () => {
    expect(latenessToAllow([])).toBe(20);
    expect(latenessToAllow(after(0, 3, 20, 20, -1))).toBe(20);
  });

  it("does not follow one call that was late", () => {
    expect(latenessToAllow(after(4, 900, 5))).toBe(20);
  });

  it("is doubled until all but one of the last calls would have kept it", () => {
    expect(latenessToAllow(after(21, 21))).toBe(40);
    expect(latenessToAllow(after(90, 5, 70))).toBe(80);
    expect(latenessToAllow(after(90, 5, 170))).toBe(160);
  });

  it("is never more than 640 ms", () => {
    expect(latenessToAllow(after(5_000, 7_000))).toBe(640);
  });

  it("is the least again when twenty calls were in time", () => {
    const inTime = Array.from({ length: 19 }, () => 2);
    expect(latenessToAllow(after(90, 90, ...inTime.slice(1)))).toBe(160);
    expect(latenessToAllow(after(90, 90, ...inTime))).toBe(20);
  });
});
