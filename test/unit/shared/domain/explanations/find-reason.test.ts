import { describe, expect, it } from "@jest/globals";
import {
  findReason,
  type KnownOfPerson,
} from "../../../../../shared/domain/explanations/find-reason";
import type {
  ExplainedRun,
  RunVerdict,
} from "../../../../../shared/domain/explanations/explanation";
import { problem, type Problem } from "../../../../../shared/domain/problems/problem";
import { anExport, anInstant } from "../../../../support/builders";

const used = { segment: "customers", file: "1.csv", row: 1, verdict: "used" } as const;
const searched = (changes: object = {}): KnownOfPerson["segments"] => ({
  kind: "searched",
  ...{ refreshes: [], rows: [used], rowCount: 1, blankRows: 0, leftOut: [], tooLarge: false },
  ...changes,
});
const aRun = (verdict: RunVerdict, changes: Partial<ExplainedRun> = {}): ExplainedRun => ({
  ...{ runId: "run-1", requestedAt: anInstant, status: "successful", listId: "LiSt01", verdict },
  ...changes,
});
const asked = (onList: boolean, profile: object | null = null): KnownOfPerson["klaviyo"] =>
  ({ kind: "asked", onList, profile }) as KnownOfPerson["klaviyo"];
const known = (changes: Partial<KnownOfPerson> = {}): KnownOfPerson => ({
  ...{ segments: searched(), runs: [], snapshot: "none", klaviyo: asked(false) },
  ...{ settings: anExport(), isAddress: true },
  ...changes,
});
const subscribed = { consent: "SUBSCRIBED", suppressions: [] };
const ended = (status: ExplainedRun["status"], because: Problem): ExplainedRun =>
  aRun({ kind: "notConfirmed" }, { status, problem: because });

describe("the reason", () => {
  it.each<[string, Partial<KnownOfPerson>]>([
    ["onList", { klaviyo: asked(true, subscribed) }],
    [
      "onListLeft",
      { klaviyo: asked(true, subscribed), segments: searched({ rows: [], rowCount: 0 }) },
    ],
    ["onListUnsubscribed", { klaviyo: asked(true, { consent: "UNSUBSCRIBED", suppressions: [] }) }],
    [
      "onListSuppressed",
      { klaviyo: asked(true, { ...subscribed, suppressions: ["HARD_BOUNCE"] }) },
    ],
    [
      "onListNotSubscribed",
      { klaviyo: asked(true, { consent: "NEVER_SUBSCRIBED", suppressions: [] }) },
    ],
    [
      "onList",
      {
        klaviyo: asked(true, subscribed),
        segments: { kind: "notSearched", problem: problem("segmentMissing", { segment: "x" }) },
      },
    ],
    [
      "segmentsNotSearched",
      {
        segments: {
          kind: "notSearched",
          problem: problem("segmentsTooLargeToSearch", { megabytes: 2_000 }),
        },
      },
    ],
    ["runUnderWay", { runs: [aRun({ kind: "underWay" }, { status: "queued" })] }],
    ["notConfirmed", { runs: [aRun({ kind: "notConfirmed" })] }],
    ["runFailed", { runs: [ended("failed", problem("klaviyoUnavailable", { reason: "x" }))] }],
    ["runCanceled", { runs: [ended("canceled", problem("runCanceled"))] }],
    [
      "guardStopped",
      { runs: [ended("skipped", problem("removalGuard", { leaving: 1, listed: 2, percent: 50 }))] },
    ],
    [
      "overProfileLimit",
      { runs: [ended("skipped", problem("overProfileLimit", { members: 2, limit: 1 }))] },
    ],
    ["runSkipped", { runs: [ended("skipped", problem("segmentMissing", { segment: "x" }))] }],
    [
      "runSkipped",
      {
        runs: [
          {
            ...ended("skipped", problem("segmentMissing", { segment: "x" })),
            verdict: { kind: "notMember" },
          },
        ],
      },
    ],
    ["joinedSince", { runs: [aRun({ kind: "removed" })] }],
    ["removedInKlaviyo", { runs: [aRun({ kind: "changed" })] }],
    ["removedInKlaviyo", { runs: [aRun({ kind: "expired" })], snapshot: "holds" }],
    ["unknown", { runs: [aRun({ kind: "notSearched" })], snapshot: "holdsNot" }],
    ["listChanged", { runs: [aRun({ kind: "new" }, { listId: "LiSt02" })] }],
    [
      "noConnection",
      { settings: { ...anExport(), detached: { at: anInstant, by: "administrator-1" } } },
    ],
  ])("is %s", (code, changes) => {
    const found = findReason(known(changes));
    expect(found.code).toBe(code);
    expect(found.sentence).not.toMatch(/[{}]/);
  });

  it("goes by the run that removed them, also when later ones did not have them", () => {
    const segments = searched({ rows: [], rowCount: 0, blankRows: 3 });
    const runs = [aRun({ kind: "notMember" }), aRun({ kind: "removed" })];
    expect(findReason(known({ segments, runs })).code).toBe("leftAndRemoved");
    expect(findReason(known({ segments })).code).toBe("rowWithoutEmail");
  });
});
