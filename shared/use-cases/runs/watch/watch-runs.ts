import { everyPage } from "../../../domain/paging/every-page";
import type { Tuning } from "../../../domain/runs/tuning";
import { problem } from "../../../domain/problems/problem";
import { stateOf } from "../../../domain/runs/lifecycle/run-state";
import { isOverdue, type Run } from "../../../domain/runs/run";
import type { Clock, ExportStore, Log, Metrics, RunQueues, RunStore } from "../../../ports";
import { endUnplannedRun } from "../end-run";
import { enqueueChunks } from "../push/enqueue-chunks";
import { isPlanned, chunksSettled } from "../planned-run";
import { settleUnsent } from "../settle-chunk";

export interface WatchRunsDependencies {
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly queues: RunQueues;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  readonly tuning: Tuning;
}

/**
 * Finds runs that have not moved for a while and sends their messages anew, in case one was lost; ends
 * those that have gone on for too long. Harmless for a run that is only slow. Measures how long the oldest
 * chunk has been waiting for its fate. A run that can't be moved on keeps nobody from the others; what was thrown
 * for it is thrown at the end.
 */
export async function watchRuns(dependencies: WatchRunsDependencies): Promise<void> {
  const { runs, metrics, clock, tuning, log } = dependencies;
  const failures: unknown[] = [];
  const now = clock.now().getTime();
  let oldest = now;
  for await (const run of everyPage((page) => runs.listOpen(page))) {
    oldest = Math.min(oldest, waitingSince(run) ?? now);
    if (now - Date.parse(run.movedAt) >= tuning.stillAfterSeconds * 1_000) {
      try {
        await moveOn(dependencies, run);
      } catch (error) {
        log.error("runNotWatched", { runId: run.runId, error });
        failures.push(error);
      }
    }
  }
  // An idle system measures nothing: CloudWatch charges a metric by the hours in which there is one.
  if (oldest < now) {
    metrics.put({ OldestChunkAge: (now - oldest) / 1_000 });
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}

/** When the chunks of a run were staged, of which one at least has not settled. */
function waitingSince(run: Run): number | undefined {
  const stagedAt = isPlanned(run) && !chunksSettled(run) ? run.plan.stagedAt : undefined;
  return stagedAt === undefined ? undefined : Date.parse(stagedAt);
}

async function moveOn(dependencies: WatchRunsDependencies, run: Run): Promise<void> {
  const { runs, queues, clock, log } = dependencies;
  const tooLong = isOverdue(run, clock.now());
  log.warn("runStill", { runId: run.runId, status: run.status, tooLong });
  // Looked at again only when it has been still for as long once more.
  await runs.touch(run.runId, clock.now());
  const state = stateOf(run);
  switch (state.kind) {
    case "queued":
    case "preparing":
      if (tooLong) {
        await endUnplannedRun(dependencies, run, problem("runStalled"));
      } else {
        await queues.prepare(run.settings.connectionId, run.runId);
      }
      return;
    case "staging":
    case "importing":
    case "removalDue":
    case "removing":
      if (tooLong) {
        await settleUnsent(dependencies, run, problem("chunkUnsent"));
      } else if (state.kind === "staging") {
        await queues.prepare(run.settings.connectionId, run.runId);
      } else {
        await enqueueChunks(dependencies, state.run);
      }
      return;
    case "settling":
    case "accounted":
    case "subscribing":
    case "subscribed":
      await queues.settle(run.settings.connectionId, run.runId);
      return;
    case "ended":
    case "announced":
      return;
  }
}
