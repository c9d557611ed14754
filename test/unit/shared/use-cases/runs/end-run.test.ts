import { describe, expect, it } from "@jest/globals";
import type { SnapshotReference } from "../../../../../shared/domain/exports/export";
import { problem } from "../../../../../shared/domain/problems/problem";
import { noNumbers, noRemovals } from "../../../../../shared/domain/runs/run";
import { noSubscriptions } from "../../../../../shared/domain/exports/subscription";
import { endUnsettledRun } from "../../../../../shared/use-cases/runs/end-run";
import { anExport, anInstant, aPlan, aRun } from "../../../../support/builders";
import { fakeClock } from "../../../../support/fakes/clock-and-ids";
import { fakeExportStore } from "../../../../support/fakes/stores/export-store";
import { fakeRunStore } from "../../../../support/fakes/stores/run-store";

/** The export's snapshot after a run that could not be settled. */
async function snapshotAfter(
  before: SnapshotReference["subscribed"],
  accountId?: string,
): Promise<SnapshotReference | undefined> {
  const plan = aPlan();
  const run = aRun({
    status: "running",
    plan,
    settledChunks: plan.chunkSizes.length,
    ...(accountId === undefined
      ? {}
      : {
          subscribing: {
            ...{ batches: 1, done: 1, leaseUntil: 0, numbers: noSubscriptions, accountId },
          },
        }),
  });
  const exports = fakeExportStore(
    anExport({
      exportId: run.exportId,
      currentRun: { runId: run.runId, claimedAt: anInstant },
      snapshot: {
        ...{ key: "snapshots/old", fingerprint: "f", destination: "d", runId: "run-0" },
        subscribed: before,
      },
    }),
  );
  await endUnsettledRun(
    { exports, runs: fakeRunStore(run), clock: fakeClock() },
    { ...run, plan },
    problem("internalError"),
  );
  return exports.stored.get(run.exportId)?.snapshot;
}

describe("a run that can't be settled", () => {
  it("counts as unsent and unremoved whoever has no fate, so that its numbers add up", async () => {
    const plan = aPlan({
      chunkSizes: [],
      end: { status: "failed", problem: problem("keyRefused") },
    });
    const numbers = { ...noNumbers, rows: 10, members: 10, unchanged: 6, imported: 1 };
    const removals = { ...noRemovals, leaving: 7, removed: 2 };
    const run = aRun({ status: "running", plan, numbers, removals });
    const runs = fakeRunStore(run);

    await endUnsettledRun(
      { exports: fakeExportStore(anExport()), runs, clock: fakeClock() },
      { ...run, plan },
      problem("internalError"),
    );

    expect(await runs.get(run.runId)).toMatchObject({
      status: "failed",
      numbers: { ...numbers, unsent: 3 },
      removals: { ...removals, unremoved: 5 },
    });
  });

  const { attemptId } = aPlan();
  const before = { key: "snapshots/asked", accountId: "account-1" };

  it("leaves word of where its snapshot can be rebuilt from, and of whom the export asked to subscribe", async () => {
    const snapshot = await snapshotAfter(before);
    expect(snapshot).toMatchObject({ runId: "run-1", subscribed: before });
    expect(snapshot?.key).toContain("run-1");
    expect(snapshot?.incomplete).toBeUndefined();
    expect((await snapshotAfter(undefined))?.subscribed).toBeUndefined();
  });

  it("leaves word of whom it asked itself, in the same account or in another", async () => {
    const unsettled = [{ runId: "run-1", attemptId }];
    expect((await snapshotAfter(before, "account-1"))?.subscribed).toEqual({
      ...before,
      unsettled,
    });
    expect((await snapshotAfter(before, "account-2"))?.subscribed).toEqual({
      accountId: "account-2",
      unsettled,
    });
  });
});
