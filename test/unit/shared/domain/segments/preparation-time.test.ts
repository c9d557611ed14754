import { describe, expect, it } from "@jest/globals";
import {
  leastPreparationMilliseconds,
  timeToPrepare,
} from "../../../../../shared/domain/segments/preparation-time";

const file = (name: string, megabytes: number) => ({ name, bytes: megabytes * 1_000_000 });

describe("the least that a preparation takes", () => {
  it.each([
    ["members.csv", 1],
    ["members.txt", 1],
    ["members", 1],
    ["members.CSV.GZ", 2.5],
    ["members.csv.zst", 2.5],
    ["members.ndjson.gz", 2.5],
    ["members.zip", 2.5],
    ["members.jsonl", 0.4],
    ["2026.11/part-0.parquet", 2],
    ["part-0.snappy.parquet", 2],
  ])("is by the size of %s, times %d", (name, weight) => {
    expect(leastPreparationMilliseconds([file(name, 450)], 45)).toBe(10_000 * weight);
  });

  it("is that of all files together", () => {
    const files = [file("a.csv", 100), file("b.parquet", 100)];
    expect(leastPreparationMilliseconds(files, 100)).toBe(3_000);
    expect(leastPreparationMilliseconds([], 100)).toBe(0);
  });
});

describe("files that can't be prepared in time", () => {
  const deadline = new Date("2026-11-02T08:15:00Z");
  const with45 = { clock: { now: () => new Date("2026-11-02T08:00:00Z") }, megabytesPerSecond: 45 };

  it("are refused, with how large they are and how long there is", () => {
    expect(() => timeToPrepare([file("a.csv", 37_800)], deadline, with45)).not.toThrow();
    expect(() => timeToPrepare([file("a.csv", 37_801)], deadline, with45)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: "preparationTooLong",
          params: { megabytes: 37_801, minutes: 14 },
        }),
      }),
    );
  });

  it("may take all that is left of an invocation but a minute", () => {
    expect(timeToPrepare([], deadline, with45)).toBe(14 * 60_000);
  });
});
