import type { ChunkOutcome } from "../../../domain/runs/chunk";
import type { SnapshotReference } from "../../../domain/exports/export";
import { leftOutWarnings } from "../../../domain/runs/left-out-warnings";
import { problem, type Problem } from "../../../domain/problems/problem";
import {
  concludingStatus,
  isTerminal,
  statusOfProblem,
  type RemovalNumbers,
  type Run,
  type RunNumbers,
  type TerminalStatus,
} from "../../../domain/runs/run";
import type {
  Clock,
  ConnectionStore,
  ExportStore,
  Log,
  RunAccounting,
  RunData,
  RunStore,
} from "../../../ports";
import { accountRequest, outcomesOf } from "./account-request";
import { announceRun, type AnnounceRunsDependencies } from "./announce-runs";
import { isPlanned, isSettled, type PlannedRun } from "../planned-run";
import {
  settleSubscriptions,
  statusWith,
  type SettleSubscriptionsDependencies,
} from "./settle-subscriptions";

export interface SettleRunDependencies
  extends Omit<AnnounceRunsDependencies, "exports" | "runs">, SettleSubscriptionsDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly data: RunData;
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly accounting: RunAccounting;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Ends a run whose chunks have all settled: writes the rejection report and the snapshot, and gives the run
 * its numbers and status. Safe to repeat: the files come out the same, and a run ends once.
 */
export async function settleRun(dependencies: SettleRunDependencies, runId: string): Promise<void> {
  const { connections, exports, runs, accounting, clock, log } = dependencies;
  const run = await runs.get(runId);
  if (run !== undefined && isTerminal(run.status)) {
    // The worker that ended it may have died before the export was freed. The run keeps its ending; it is
    // ended again so that whoever keeps account of endings has this one.
    await exports.releaseRun(run.exportId, runId);
    await runs.end(runId, { status: run.status, at: clock.now() });
    await announceRun(dependencies, runId);
    await followRemoval(dependencies, run);
    return;
  }
  if (!isPlanned(run) || !isSettled(run)) {
    log.info("settleDropped", { reason: "notReady" });
    return;
  }
  const outcomes = await outcomesOf(runs, runId);
  const account = await accounting.account(accountRequest(run, outcomes));
  const connection = await connections.get(run.settings.connectionId);
  const kept = connection !== undefined;
  const subscribing = await settleSubscriptions(dependencies, run, connection);
  if (subscribing.kind === "going") {
    // The run is settled once more, with the same result, when its members have been subscribed.
    log.info("settlePutOff", {});
    return;
  }
  const { subscribed, warnings } = subscribing;
  const lost = run.warnings.filter(({ code }) => code === "fieldDropped");
  const ending = endingOf(run, account, outcomes);
  const snapshots = await ownSnapshots(dependencies, run);
  // The export is told first: should this worker die between the two, the run is settled again.
  await exports.releaseRun(
    run.exportId,
    runId,
    run.plan.end === undefined && kept
      ? {
          ...snapshotOf(run, account),
          ...(subscribed === undefined ? {} : { subscribed }),
        }
      : undefined,
  );
  await runs.end(runId, {
    ...ending,
    status: statusWith(ending.status, [...warnings, ...lost]),
    warnings: [...leftOutWarnings(run.settings.mapping, account.leftOut), ...warnings],
    at: clock.now(),
    numbers: account.numbers,
    removals: account.removals,
    ...(kept ? { report: account.reportKey, droppedReport: account.droppedReportKey } : {}),
  });
  await deleteSuperseded(dependencies, run.exportId, snapshots);
  await followRemoval(dependencies, run);
  log.info("runEnded", {
    status: statusWith(ending.status, [...warnings, ...lost]),
    ...(ending.problem === undefined ? {} : { code: ending.problem.code }),
    ...account.numbers,
    ...account.removals,
  });
  await announceRun(dependencies, runId);
}

/**
 * The export's snapshots, listed while the export is still this run's, or gone. No other run's can be among
 * them then that is yet to be referred to. None, if the export has been freed before.
 */
async function ownSnapshots(
  { exports, data }: SettleRunDependencies,
  { runId, exportId }: Run,
): Promise<readonly string[]> {
  const listed = await data.listSnapshots(exportId);
  const found = await exports.get(exportId);
  return found === undefined || found.currentRun?.runId === runId ? listed : [];
}

/**
 * Deletes those of an export's snapshots that it no longer refers to; all, if it is gone by now. Nobody reads
 * them but previews, which then look at the newer one. What remains, because this failed, goes after the next
 * run.
 */
async function deleteSuperseded(
  { exports, data, log }: SettleRunDependencies,
  exportId: string,
  snapshots: readonly string[],
): Promise<void> {
  try {
    const current = (await exports.get(exportId))?.snapshot;
    const referred = [current?.key, current?.subscribed?.key];
    await data.deleteSnapshots(snapshots.filter((key) => !referred.includes(key)));
  } catch (error) {
    log.warn("snapshotsNotDeleted", { error });
  }
}

/**
 * A connection that is removed takes along the files of its runs that have ended. One that had not ended
 * does so itself; asked after its end, so that either the removal finds it ended or it finds the removal.
 */
async function followRemoval(
  { connections, exports, data }: SettleRunDependencies,
  run: Run,
): Promise<void> {
  if ((await connections.get(run.settings.connectionId)) === undefined) {
    await data.delete(run);
    await exports.forgetSnapshot(run.exportId, run.runId);
  }
}

function snapshotOf(
  { runId, settings, reconcile, plan: { fingerprint, destination, incomplete } }: PlannedRun,
  { snapshotKey, removals }: { snapshotKey: string; removals: RemovalNumbers },
): SnapshotReference {
  // Whoever is on the list and named nowhere has left it.
  const isReconciled = reconcile === true && removals.unremoved === 0;
  return {
    key: snapshotKey,
    fingerprint,
    destination,
    runId,
    connectionId: settings.connectionId,
    ...(incomplete === undefined || isReconciled ? {} : { incomplete }),
  };
}

function endingOf(
  run: PlannedRun,
  { numbers, removals }: { numbers: RunNumbers; removals: RemovalNumbers },
  outcomes: ReadonlyMap<number, ChunkOutcome>,
): { status: TerminalStatus; problem?: Problem } {
  if (run.plan.end !== undefined) {
    return run.plan.end;
  }
  if (run.stop !== undefined) {
    return { status: statusOfProblem(run.stop.code), problem: run.stop };
  }
  const status = concludingStatus(numbers, removals);
  if (status !== "failed") {
    return { status };
  }
  const { unsent, members } = numbers;
  const reasons = [...outcomes.values()].flatMap(({ problem: reason }) => reason ?? []);
  const [first] = reasons;
  if (first !== undefined && reasons.every(({ code }) => code === first.code)) {
    return { status, problem: first };
  }
  const { unremoved, leaving } = removals;
  return unsent > 0
    ? { status, problem: problem("profilesUnsent", { unsent, members }) }
    : { status, problem: problem("profilesUnremoved", { unremoved, leaving }) };
}
