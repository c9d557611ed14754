import type { Caller } from "../../domain/access/identity";
import { DomainError, problem } from "../../domain/problems/problem";
import { hasEnded } from "../../domain/runs/lifecycle/run-state";
import type { Run } from "../../domain/runs/run";
import type { ConnectionStore, Log } from "../../ports";
import { requireAccess, requireAccessOn } from "../access/access";
import { stopRun, type StopRunDependencies } from "./stop-run";

export interface CancelRunDependencies extends StopRunDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly log: Log;
}

/**
 * Cancels a run: what has not been sent stays unsent, what Klaviyo has is waited for and counted, and the
 * run ends `canceled`. Returns the run as it is now, which may take a moment to end. Canceling a run again
 * changes nothing. Throws `runNotFound`, `notPermitted`, and `runEnded` for a run that ended otherwise.
 */
export async function cancelRun(
  dependencies: CancelRunDependencies,
  { caller, runId }: { caller: Caller; runId: string },
): Promise<Run> {
  const { connections, runs, log } = dependencies;
  requireAccess(caller, "cancelRun");
  const run = await runs.get(runId);
  if (run === undefined) {
    throw new DomainError("runNotFound", { runId });
  }
  requireAccessOn(caller, "cancelRun", await connections.get(run.settings.connectionId));
  if (run.status === "canceled") {
    return run;
  }
  if (hasEnded(run)) {
    throw new DomainError("runEnded", { runId, status: run.status });
  }
  await stopRun(dependencies, runId, problem("runCanceled"));
  log.info("runCanceled", { runId, userId: caller.userId });
  return (await runs.get(runId)) ?? run;
}
