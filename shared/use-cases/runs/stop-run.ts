import type { Problem } from "../../domain/problems/problem";
import { stateOf } from "../../domain/runs/lifecycle/run-state";
import type { Run } from "../../domain/runs/run";
import type { RunQueues, RunStore } from "../../ports";
import { endUnplannedRun, type EndRunDependencies } from "./end-run";

export interface StopRunDependencies extends EndRunDependencies {
  readonly runs: Pick<RunStore, "stop" | "end" | "get">;
  readonly queues: Pick<RunQueues, "confirm">;
}

/**
 * Stops a run: nothing more of it is sent, what Klaviyo has is waited for, and then the run ends with this
 * reason. A run of which nothing can have been sent ends at once. Safe to repeat; the first reason counts.
 */
export async function stopRun(
  dependencies: StopRunDependencies,
  runId: string,
  reason: Problem,
): Promise<void> {
  const { runs } = dependencies;
  await runs.stop(runId, reason);
  const run = await runs.get(runId);
  if (run === undefined || (await endUnplannedRun(dependencies, run, run.stop ?? reason))) {
    return;
  }
  await confirmStopped(dependencies, run);
}

/**
 * Has the confirmation look at a stopped run at once, which settles the chunks that wait to be sent. It is
 * the round after the next, since the next may be under way and may have looked already.
 */
export async function confirmStopped(
  { queues }: { queues: Pick<RunQueues, "confirm"> },
  { runId, settings, confirmRound }: Pick<Run, "runId" | "settings" | "confirmRound">,
): Promise<void> {
  await queues.confirm(settings.connectionId, { runId, round: confirmRound + 1 }, 0);
}

/**
 * Ends a run that can't be prepared, or stops it where some of its chunks can't be staged. Leaves it alone when
 * another attempt has staged them all.
 */
export async function stopUnlessStaged(
  dependencies: StopRunDependencies,
  run: Pick<Run, "runId" | "exportId">,
  reason: Problem,
): Promise<void> {
  if (await endUnplannedRun(dependencies, run, reason)) {
    return;
  }
  const planned = await dependencies.runs.get(run.runId);
  const kind = planned === undefined ? undefined : stateOf(planned).kind;
  // One that is stopped already may not have come to its confirmation yet.
  if (kind === "staging" || (kind === "importing" && planned?.stop !== undefined)) {
    await stopRun(dependencies, run.runId, reason);
  }
}
