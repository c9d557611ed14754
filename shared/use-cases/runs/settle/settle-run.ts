import type { SnapshotReference } from "../../../domain/exports/export";
import { leftOutWarnings } from "../../../domain/runs/left-out/left-out-warnings";
import { problem, type Problem } from "../../../domain/problems/problem";
import {
  stateOf,
  type AccountedRun,
  type EndedRun,
  type PlannedRun,
} from "../../../domain/runs/lifecycle/run-state";
import {
  concludingStatus,
  statusOfProblem,
  type Run,
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
import { accountingRequest, outcomesOf } from "./accounting-request";
import { announceRun, type AnnounceRunsDependencies } from "./announce-runs";
import {
  settleSubscriptions,
  statusWith,
  type SettleSubscriptionsDependencies,
  type SubscriptionState,
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
 * Ends a run whose chunks have all settled: writes the rejection report and the snapshot, once, has its members
 * subscribed, if that is to be, and gives the run its numbers and status. Safe to repeat: who comes again goes on where
 * the one before left off, the files come out the same, and a run ends once.
 */
export async function settleRun(dependencies: SettleRunDependencies, runId: string): Promise<void> {
  const run = await dependencies.runs.get(runId);
  const state = run === undefined ? undefined : stateOf(run);
  switch (state?.kind) {
    case "settling":
    case "accounted":
    case "subscribing":
    case "subscribed":
      return goOn(dependencies, state.run);
    case "ended":
    case "announced":
      return afterEnd(dependencies, state.run);
    case undefined:
    case "queued":
    case "preparing":
    case "staging":
    case "importing":
    case "removalDue":
    case "removing":
      dependencies.log.info("settleDropped", { reason: "notReady" });
      return;
  }
}

/**
 * The worker that ended a run may have died before the export was freed. The run keeps its ending; it is ended again so
 * that whoever keeps a record of endings has this one.
 */
async function afterEnd(dependencies: SettleRunDependencies, run: EndedRun): Promise<void> {
  const { exports, runs, clock } = dependencies;
  const { runId, exportId, status } = run;
  await exports.releaseRun(exportId, runId);
  await runs.end(runId, { kind: "unplanned", status, at: clock.now() });
  await announceRun(dependencies, runId);
  await followRemoval(dependencies, run);
}

async function goOn(dependencies: SettleRunDependencies, run: PlannedRun): Promise<void> {
  const { connections, log } = dependencies;
  const accounted = await accountFor(dependencies, run);
  if (accounted === undefined) {
    // Another worker has been faster, or has ended the run: it is gone on with from there.
    return settleRun(dependencies, run.runId);
  }
  const connection = await connections.get(run.settings.connectionId);
  const subscribing = await settleSubscriptions(dependencies, accounted, connection);
  switch (subscribing.kind) {
    case "going":
      // The run is settled once more when its members have been subscribed.
      log.info("settlePutOff");
      return;
    case "over":
      return conclude(dependencies, accounted, subscribing, connection !== undefined);
  }
}

/** Accounts for a run, unless that is done, and keeps what it comes to; undefined if it has gone on meanwhile. */
async function accountFor(
  { runs, accounting, clock }: SettleRunDependencies,
  run: PlannedRun,
): Promise<AccountedRun | undefined> {
  if (run.result !== undefined) {
    return { ...run, result: run.result };
  }
  const result = await accounting.accountFor(
    accountingRequest(run, await outcomesOf(runs, run.runId)),
  );
  return (await runs.keepResult(run.runId, result, clock.now())) ? { ...run, result } : undefined;
}

async function conclude(
  dependencies: SettleRunDependencies,
  run: AccountedRun,
  { subscribed, warnings }: Extract<SubscriptionState, { kind: "over" }>,
  isConnected: boolean,
): Promise<void> {
  const { exports, runs, clock, log } = dependencies;
  const { runId, exportId, result } = run;
  const lost = run.warnings.filter(({ code }) => code === "fieldDropped");
  const { problem: reason, ...ending } = await endingOf(dependencies, run);
  const status = statusWith(ending.status, [...warnings, ...lost]);
  const snapshots = await ownSnapshots(dependencies, run);
  // The export is told first: should this worker die between the two, the run is settled again.
  await exports.releaseRun(
    exportId,
    runId,
    run.plan.end === undefined && isConnected ? { ...snapshotOf(run), subscribed } : undefined,
  );
  await runs.end(runId, {
    kind: "concluded",
    status,
    at: clock.now(),
    numbers: result.numbers,
    removals: result.removals,
    problem: reason,
    warnings: [...leftOutWarnings(run.settings.mapping, result.leftOut), ...warnings],
    ...(isConnected
      ? {
          report: result.reportKey,
          rejectionCounts: result.rejectionCounts,
          droppedReport: result.droppedReportKey,
        }
      : {}),
  });
  await deleteSuperseded(dependencies, exportId, snapshots);
  await followRemoval(dependencies, run);
  log.info("runEnded", {
    status,
    code: reason?.code,
    ...result.numbers,
    ...result.removals,
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

function snapshotOf({
  runId,
  settings,
  reconcile,
  result: { snapshotKey, removals },
  plan: { fingerprint, destination, incomplete },
}: AccountedRun): SnapshotReference {
  // Whoever is on the list and named nowhere has left it.
  const isReconciled = reconcile && removals.unremoved === 0;
  return {
    key: snapshotKey,
    fingerprint,
    destination,
    runId,
    connectionId: settings.connectionId,
    ...(incomplete === undefined || isReconciled ? {} : { incomplete }),
  };
}

async function endingOf(
  { runs }: Pick<SettleRunDependencies, "runs">,
  { runId, plan, stop, result: { numbers, removals } }: AccountedRun,
): Promise<{ status: TerminalStatus; problem?: Problem }> {
  if (plan.end !== undefined) {
    return plan.end;
  }
  if (stop !== undefined) {
    return { status: statusOfProblem(stop.code), problem: stop };
  }
  const status = concludingStatus(numbers, removals);
  if (status !== "failed") {
    return { status };
  }
  const outcomes = await outcomesOf(runs, runId);
  const reasons = [...outcomes.values()].flatMap(({ problem: reason }) => reason ?? []);
  const [first] = reasons;
  if (first !== undefined && reasons.every(({ code }) => code === first.code)) {
    return { status, problem: first };
  }
  const { unsent, members } = numbers;
  const { unremoved, leaving } = removals;
  return unsent > 0
    ? { status, problem: problem("profilesUnsent", { unsent, members }) }
    : { status, problem: problem("profilesUnremoved", { unremoved, leaving }) };
}
