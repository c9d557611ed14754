import { describe, expect, it } from "@jest/globals";
import { nextMarks } from "../../../../../../shared/domain/runs/progress/run-mark";
import { phasesOf } from "../../../../../../shared/domain/runs/progress/run-phases";
import {
  paceOf,
  profilesOf,
  timeLeftOf,
} from "../../../../../../shared/domain/runs/progress/run-progress";
import { presentWaiting } from "../../../../../../shared/domain/runs/lifecycle/waiting";
import { noNumbers, type Run } from "../../../../../../shared/domain/runs/run";
import { noSubscriptions } from "../../../../../../shared/domain/exports/subscription";
import { problem } from "../../../../../../shared/domain/problems/problem";
import { aPlan, aRun } from "../../../../../support/builders";

const at = (seconds: number): string => new Date(1_800_000_000_000 + seconds * 1_000).toISOString();
const now = (seconds: number): Date => new Date(at(seconds));

/** A run of three chunks: one is confirmed, one sent, one staged. */
const halfway = (changes: Partial<Run> = {}): Run =>
  aRun({
    status: "running",
    plan: aPlan({ chunkSizes: [10_000, 10_000, 10_000] }),
    ...{ requestedAt: at(0), startedAt: at(1), plannedAt: at(4), firstSentAt: at(5) },
    ...{ lastSentAt: at(10), settledAt: at(12), movedAt: at(12) },
    ...{ settledChunks: 1, sentProfiles: 20_000 },
    numbers: { ...noNumbers, imported: 9_000, refused: 1_000 },
    marks: [{ at: at(4), sent: 0, confirmed: 0 }],
    ...changes,
  });

describe("how far a run is", () => {
  it("is not known before its segments are read", () => {
    expect(profilesOf(aRun())).toBeUndefined();
  });

  it("is told in profiles", () => {
    expect(profilesOf(halfway({ stagedChunks: 2 }))).toEqual({
      ...{ toSend: 30_000, prepared: 20_000, sent: 20_000, confirmed: 10_000 },
    });
  });

  it("counts as sent whose fate is known, though nobody has counted them as sent", () => {
    expect(profilesOf(halfway({ sentProfiles: undefined }))).toMatchObject({ sent: 10_000 });
  });

  it("is never over the whole", () => {
    expect(profilesOf(halfway({ sentProfiles: 99_999 }))).toMatchObject({ sent: 30_000 });
  });
});

describe("the pace", () => {
  it("is measured from the oldest mark", () => {
    const marks = [
      { at: at(4), sent: 4_000, confirmed: 2_000 },
      { at: at(10), sent: 9_000, confirmed: 9_000 },
    ];
    expect(paceOf(halfway({ marks }), now(12))).toEqual({
      ...{ from: at(4), sentPerSecond: 2_000, confirmedPerSecond: 1_000 },
    });
  });

  it.each([
    ["right after the mark", halfway({}), 5],
    ["without a mark", halfway({ marks: undefined }), 12],
    ["when it has ended", halfway({ status: "canceled" }), 12],
    ["when all is confirmed", halfway({ numbers: { ...noNumbers, imported: 30_000 } }), 12],
  ])("is not told %s", (_when, run, seconds) => {
    expect(paceOf(run, now(seconds))).toBeUndefined();
  });

  it("has a new mark when the newest is a while old, and keeps two", () => {
    const mark = (seconds: number) => ({ at: at(seconds), sent: seconds, confirmed: 0 });
    expect(nextMarks([], mark(1))).toEqual([mark(1)]);
    expect(nextMarks([mark(0)], mark(14))).toBeUndefined();
    expect(nextMarks([mark(20)], mark(5))).toBeUndefined();
    expect(nextMarks([mark(0), mark(15)], mark(30))).toEqual([mark(15), mark(30)]);
  });
});

describe("the time left", () => {
  it("rests on the pace where there is one", () => {
    // 20,000 are left, at 1,250 a second.
    expect(timeLeftOf(halfway(), now(12), false)).toEqual({ seconds: 16, restsOn: "pace" });
  });

  it("rests on Klaviyo's limits where there is none", () => {
    const plan = aPlan({ chunkSizes: Array<number>(300).fill(10_000) });
    const run = halfway({ plan, sentProfiles: 0, marks: undefined, numbers: noNumbers });
    // 147 calls a minute: the last of 300 can be made two minutes after the first at the earliest.
    expect(timeLeftOf(run, now(12), false)).toMatchObject({ restsOn: "limits" });
    expect(timeLeftOf(run, now(12), false)?.seconds).toBeGreaterThan(120);
  });

  it("adds those who are to be taken off the list", () => {
    const plan = aPlan({ chunkSizes: [], removalSizes: Array<number>(200).fill(1_000) });
    const left = (removed: number) =>
      timeLeftOf(
        halfway({
          plan,
          removals: { leaving: 0, removed, notFound: 0, unremoved: 0 },
          settledChunks: 0,
        }),
        now(12),
        false,
      )?.seconds ?? 0;
    expect(left(0)).toBeGreaterThan(left(150_000));
    expect(left(150_000)).toBeGreaterThan(0);
  });

  it("of subscribing rests on the batches that are over", () => {
    const subscribing = { batches: 4, done: 1, leaseUntil: 0, numbers: noSubscriptions };
    const run = halfway({ subscribing, subscribingAt: at(10) });
    expect(timeLeftOf(run, now(15), false)).toEqual({ seconds: 15, restsOn: "pace" });
    expect(
      timeLeftOf({ ...run, subscribing: { ...subscribing, done: 0 } }, now(15), false),
    ).toMatchObject({ restsOn: "limits" });
    expect(
      timeLeftOf({ ...run, subscribing: { ...subscribing, done: 4 } }, now(15), false),
    ).toBeUndefined();
  });

  it.each([
    ["is queued", aRun({})],
    ["has ended", halfway({ status: "failed" })],
    ["sends nothing more", halfway({ stop: problem("runCanceled") })],
    ["is being settled", halfway({ settledChunks: 3 })],
  ])("is not told of a run that %s", (_what, run) => {
    expect(timeLeftOf(run, now(12), false)).toBeUndefined();
  });

  it("is not told while others are waited for", () => {
    expect(timeLeftOf(halfway(), now(12), true)).toBeUndefined();
  });
});

describe("the phases of a run", () => {
  it("are told as far as it has come; pushing and confirming overlap", () => {
    expect(phasesOf(halfway())).toEqual([
      { phase: "queued", from: at(0), until: at(1) },
      { phase: "preparing", from: at(1), until: at(4) },
      { phase: "pushing", from: at(4) },
      { phase: "confirming", from: at(5) },
    ]);
  });

  it("are told to the end, with removing and subscribing", () => {
    const run = halfway({
      plan: aPlan({ chunkSizes: [10_000], removalSizes: [5] }),
      ...{ sentProfiles: 10_000, settledChunks: 2, settledRemovals: 1, settledAt: at(20) },
      ...{ removingAt: at(15), subscribingAt: at(22), status: "successful", endedAt: at(30) },
    });
    expect(phasesOf(run)).toEqual([
      { phase: "queued", from: at(0), until: at(1) },
      { phase: "preparing", from: at(1), until: at(4) },
      { phase: "pushing", from: at(4), until: at(10) },
      { phase: "confirming", from: at(5), until: at(15) },
      { phase: "removing", from: at(15), until: at(20) },
      { phase: "settling", from: at(20), until: at(22) },
      { phase: "subscribing", from: at(22), until: at(30) },
    ]);
  });

  it("of a run that has nothing to send go from preparing to settling", () => {
    const run = halfway({
      plan: aPlan({ chunkSizes: [] }),
      ...{ firstSentAt: undefined, lastSentAt: undefined, settledAt: undefined },
      ...{ settledChunks: 0, status: "successful", endedAt: at(6) },
    });
    expect(phasesOf(run).slice(1)).toEqual([
      { phase: "preparing", from: at(1), until: at(4) },
      { phase: "settling", from: at(4), until: at(6) },
    ]);
  });

  it("end with the run, whatever was going on", () => {
    const run = halfway({ status: "canceled", endedAt: at(13), settledChunks: 3 });
    expect(phasesOf(run).every(({ until }) => until !== undefined)).toBe(true);
    expect(phasesOf(aRun({ requestedAt: at(0), status: "skipped", endedAt: at(0) }))).toEqual([
      { phase: "queued", from: at(0), until: at(0) },
    ]);
  });

  it("of runs that an older version made are those that are known", () => {
    const plan = aPlan({ chunkSizes: [1], stagedAt: at(3) });
    const run = aRun({
      status: "successful",
      plan,
      requestedAt: at(0),
      startedAt: at(1),
      settledChunks: 1,
      endedAt: at(9),
    });
    expect(phasesOf(run)).toEqual([
      { phase: "queued", from: at(0), until: at(1) },
      { phase: "preparing", from: at(1), until: at(3) },
      { phase: "pushing", from: at(3), until: at(9) },
    ]);
  });
});

describe("what a run waits for", () => {
  const waiting = {
    ...{ for: "klaviyo" as const, problem: problem("klaviyoUnavailable", { reason: "x" }) },
    ...{ since: at(10), until: at(60), at: at(10) },
  };

  it("is what was written down, also of a run that is being pushed", () => {
    expect(presentWaiting(halfway({ waiting }), now(20))).toEqual(waiting);
    expect(presentWaiting(halfway({ waiting, status: "failed" }), now(20))).toBeUndefined();
  });

  it("is Klaviyo, when it has had all jobs for a while and none comes to its end", () => {
    const run = halfway({ sentProfiles: 30_000 });
    expect(presentWaiting(run, now(41))).toBeUndefined();
    expect(presentWaiting(run, now(42))).toMatchObject({
      for: "klaviyo",
      problem: { code: "jobsUnfinished", params: { profiles: 20_000 } },
      since: at(12),
    });
    expect(presentWaiting(halfway(), now(99))).toBeUndefined();
    expect(presentWaiting({ ...run, stop: problem("runCanceled") }, now(99))).toBeUndefined();
  });
});
