import { describe, expect, it } from "@jest/globals";
import { problem } from "../../../../../shared/domain/problems/problem";
import { auditRuns } from "../../../../../shared/use-cases/runs/audit-runs";
import { anInstant, aRun } from "../../../../support/builders";
import { fakeAuditLog } from "../../../../support/fakes/stores/audit-log";
import { fakeRunStore } from "../../../../support/fakes/stores/run-store";

const audited = () => {
  const audit = fakeAuditLog();
  const runs = auditRuns(fakeRunStore(), audit);
  return { audit, runs, entries: () => [...audit.stored.values()] };
};
const at = new Date("2026-11-02T08:01:00.000Z");

describe("the audit of runs", () => {
  it("leaves the start of a run on demand to the request that asked for it", async () => {
    const { runs, entries } = audited();

    await runs.create(aRun());

    expect(entries()).toEqual([]);
  });

  it("keeps the start of a scheduled run, under its export user", async () => {
    const { runs, entries } = audited();

    await runs.create(aRun({ trigger: "scheduled", requestedBy: "export-user" }));

    expect(entries()).toEqual([
      {
        auditId: "run-1-started",
        at: anInstant,
        action: "runStarted",
        actor: { userId: "export-user" },
        source: { kind: "schedule" },
        outcome: "succeeded",
        target: { kind: "export", id: "export-1" },
        runId: "run-1",
      },
    ]);
  });

  it.each([
    ["successful", undefined, "succeeded", "successful"],
    ["completedWithWarnings", undefined, "succeeded", "completedWithWarnings"],
    ["failed", problem("keyRefused"), "failed", "keyRefused"],
    ["canceled", problem("connectionDetached"), "refused", "connectionDetached"],
  ] as const)("keeps how a run ended: %s", async (status, reason, outcome, code) => {
    const { runs, entries } = audited();
    await runs.create(aRun());

    await runs.end("run-1", { kind: "unplanned", status, at, problem: reason });
    await runs.end("run-1", { kind: "unplanned", status: "failed", at: new Date() });

    expect(entries()).toEqual([
      expect.objectContaining({
        ...{ auditId: "run-1-ended", at: at.toISOString(), action: "runEnded", outcome, code },
        after: expect.objectContaining({ status }),
      }),
    ]);
  });

  it("keeps a run that was skipped as soon as it was made", async () => {
    const { runs, entries } = audited();

    await runs.create(
      aRun({ status: "skipped", endedAt: anInstant, problem: problem("noConnectionAttached") }),
    );

    expect(entries()).toEqual([
      expect.objectContaining({ action: "runEnded", code: "noConnectionAttached" }),
    ]);
  });

  it("writes an end that could not be written down when it is tried again", async () => {
    const { runs, entries, audit } = audited();
    await runs.create(aRun());
    const add = audit.add;
    audit.add = async () => {
      throw new Error("no log today");
    };
    const ending = { kind: "unplanned", status: "failed", at } as const;
    await expect(runs.end("run-1", ending)).rejects.toThrow("no log today");
    audit.add = add;

    expect(await runs.end("run-1", ending)).toBe(false);

    expect(entries()).toHaveLength(1);
  });
});
