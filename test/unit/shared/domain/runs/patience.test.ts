import { describe, expect, it } from "@jest/globals";
import {
  afterFault,
  afterTrouble,
  isPatient,
  type Handling,
} from "../../../../../shared/domain/runs/patience";

const fresh: Handling = { troubles: 0, faults: 0 };
const throttled = { kind: "throttled", what: "PutItem: ThrottlingException" } as const;
const denied = { kind: "denied", what: "GetObject: AccessDenied" } as const;
const now = new Date("2026-11-02T08:00:00.000Z");
const hoursAgo = (hours: number): number => now.getTime() - hours * 3_600_000;

describe("AWS's trouble", () => {
  it("is waited out with pauses that grow to five minutes, and remembers since when", () => {
    let handling = fresh;
    const pauses: number[] = [];
    for (let times = 0; times < 12; times += 1) {
      const verdict = afterTrouble("push", handling, throttled, now);
      if (verdict.kind !== "again") {
        throw new Error("given up");
      }
      pauses.push(verdict.delaySeconds);
      ({ handling } = verdict);
    }
    expect(pauses[0]).toBeLessThanOrEqual(2);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(300);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(150);
    expect(handling).toEqual({
      ...{ troubledSince: now.getTime(), troubles: 12, faults: 0, what: throttled.what },
    });
  });

  it.each([
    ["prepare", 5.9, "again"],
    ["prepare", 6, "giveUp"],
    ["push", 5.9, "again"],
    ["confirm", 6, "giveUp"],
    ["settle", 23.9, "again"],
    ["settle", 24, "giveUp"],
    ["preview", 0.1, "giveUp"],
  ] as const)("in step %s after %d hours: %s", (step, hours, kind) => {
    const before = { ...fresh, troubledSince: hoursAgo(hours) };
    const verdict = afterTrouble(step, before, throttled, now);
    expect(verdict.kind).toBe(kind);
    expect(verdict.handling.givenUp).toBe(kind === "giveUp" ? "trouble" : undefined);
  });

  it("is waited out for an hour where a right is missing, but for a settlement", () => {
    expect(isPatient("push", hoursAgo(0.9), now, "denied")).toBe(true);
    expect(isPatient("push", hoursAgo(1), now, "denied")).toBe(false);
    const settling = { ...fresh, troubledSince: hoursAgo(20) };
    expect(afterTrouble("settle", settling, denied, now).kind).toBe("again");
  });
});

describe("a fault of our own", () => {
  it.each([
    ["prepare", 3],
    ["settle", 3],
    ["push", 5],
    ["start", 5],
  ] as const)("is tried again a few times in step %s", (step, most) => {
    let handling = fresh;
    for (let times = 1; times < most; times += 1) {
      const verdict = afterFault(step, handling);
      expect(verdict).toMatchObject({ kind: "again", handling: { faults: times } });
      ({ handling } = verdict);
    }
    expect(afterFault(step, handling)).toMatchObject({
      ...{ kind: "giveUp", handling: { faults: most, givenUp: "fault" } },
    });
  });
});
