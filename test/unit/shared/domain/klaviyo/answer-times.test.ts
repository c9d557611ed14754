import { describe, expect, it } from "@jest/globals";
import {
  noteAnswerTime,
  wayToAllow,
  type AnswerTimes,
} from "../../../../../shared/domain/klaviyo/answer-times";

const after = (...times: readonly number[]): AnswerTimes =>
  times.reduce<AnswerTimes>(noteAnswerTime, []);

describe("what a worker's next call may lose on its way", () => {
  it("is 60 ms while fewer than five of its like have been answered", () => {
    expect(wayToAllow([], 20)).toBe(60);
    expect(wayToAllow(after(10, 10, 10, 10), 20)).toBe(60);
    expect(wayToAllow(after(10, 10, 10, 10, 10), 20)).toBe(20);
  });

  it("is half of what answers vary in, and 20 ms at least", () => {
    expect(wayToAllow(after(10, 10, 50, 50, 50), 20)).toBe(20);
    expect(wayToAllow(after(10, 10, 91, 91, 10), 20)).toBe(41);
  });

  it("does not follow answers that are slow and alike", () => {
    expect(wayToAllow(after(900, 910, 920, 930, 905), 20)).toBe(20);
  });

  it("does not follow one answer that was slow", () => {
    expect(wayToAllow(after(10, 12, 5_000, 11, 10), 20)).toBe(20);
  });

  it("is as much as the worker may be late, where that is more", () => {
    expect(wayToAllow([], 160)).toBe(160);
    expect(wayToAllow(after(10, 10, 110, 110, 10), 160)).toBe(160);
    expect(wayToAllow(after(10, 10, 500, 500, 10), 160)).toBe(245);
  });

  it("is never more than 320 ms for the answers' sake", () => {
    expect(wayToAllow(after(10, 10, 10, 9_000, 9_000), 20)).toBe(320);
    expect(wayToAllow(after(10, 10, 10, 9_000, 9_000), 640)).toBe(640);
  });

  it("is the least again when twenty answers came alike", () => {
    const alike = Array.from({ length: 20 }, () => 12);
    expect(wayToAllow(after(300, 300, ...alike.slice(1)), 20)).toBe(20);
    expect(wayToAllow(after(300, 300, ...alike.slice(2)), 20)).toBe(144);
  });
});
