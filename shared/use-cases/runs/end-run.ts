import { withUnsettled, type SnapshotReference } from "../../domain/exports/export";
import type { Problem } from "../../domain/problems/problem";
import { hasEnded } from "../../domain/runs/lifecycle/run-state";
import { statusOfProblem, type Run } from "../../domain/runs/run";
import { storageKeys } from "../../domain/runs/storage-keys";
import type { Clock, ExportStore, RunStore } from "../../ports";
import type { PlannedRun } from "./planned-run";

export interface EndRunDependencies {
  readonly exports: Pick<ExportStore, "releaseRun">;
  readonly runs: Pick<RunStore, "end" | "get">;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Ends a run that never came to send anything and whose rows were not read, and frees its export. Safe to
 * repeat: a run that has ended keeps its ending. Does nothing and returns false if the run is planned by
 * now: its chunks may be under way, and they end it.
 */
export async function endUnplannedRun(
  { exports, runs, clock }: EndRunDependencies,
  { runId, exportId }: Pick<Run, "runId" | "exportId">,
  problem: Problem,
): Promise<boolean> {
  const status = statusOfProblem(problem.code);
  const ended = await runs.end(runId, {
    kind: "unplanned",
    status,
    at: clock.now(),
    problem,
  });
  const run = ended ? undefined : await runs.get(runId);
  if (run !== undefined && !hasEnded(run)) {
    return false;
  }
  await exports.releaseRun(exportId, runId);
  return true;
}

/**
 * Ends a run that can't be settled, and frees its export. Of its numbers, whatever has no fate counts as unsent
 * and unremoved. Whom it put on the list may be written nowhere yet: the next run that finds no file under the
 * reference that is left here makes it from what this run staged, for as long as that is kept. Who was asked to subscribe stays known, also by this run.
 */
export async function endUnsettledRun(
  { exports, runs, clock }: EndRunDependencies & { readonly exports: Pick<ExportStore, "get"> },
  run: PlannedRun,
  problem: Problem,
): Promise<void> {
  const { runId, exportId, plan, numbers, removals } = run;
  const subscribed = subscribedAfter(run, (await exports.get(exportId))?.snapshot?.subscribed);
  // The export is told first: should this worker die between the two, the run is ended again.
  await exports.releaseRun(
    exportId,
    runId,
    plan.end !== undefined
      ? undefined
      : {
          key: storageKeys.snapshot(exportId, runId),
          fingerprint: plan.fingerprint,
          destination: plan.destination,
          // Nobody knows whether all have left whom a reconciliation was to take off.
          incomplete: plan.incomplete,
          runId,
          connectionId: run.settings.connectionId,
          subscribed,
        },
  );
  await runs.end(runId, {
    kind: "unsettled",
    status: statusOfProblem(problem.code),
    at: clock.now(),
    problem,
    numbers: {
      ...numbers,
      unsent: numbers.members - numbers.unchanged - numbers.imported - numbers.refused,
    },
    removals: {
      ...removals,
      unremoved: removals.leaving - removals.removed - removals.notFound,
    },
  });
}

function subscribedAfter(
  { runId, plan, subscribing }: PlannedRun,
  before: SnapshotReference["subscribed"],
): SnapshotReference["subscribed"] {
  return subscribing?.accountId === undefined
    ? before
    : withUnsettled(before, subscribing.accountId, { runId, attemptId: plan.attemptId });
}
