import type { StartMessage } from "../domain/messages";
import { DomainError } from "../domain/problem";
import type { ConnectionStore, Log } from "../ports";
import { startRun, type StartRunDependencies } from "./start-run";

export interface StartQueuedRunDependencies extends StartRunDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly log: Log;
}

/** Whom a scheduled run is recorded under when its export has no connection, and so no export user. */
const NO_EXPORT_USER = "system";

/**
 * Starts the run that a message asks for. A scheduled one is recorded under the connection's export user,
 * and as `skipped` when the previous run has not ended. One on demand leaves an export alone that is
 * running. Safe to repeat.
 */
export async function startQueuedRun(
  dependencies: StartQueuedRunDependencies,
  { exportId, runId, connectionId, scheduledFor, requestedBy }: StartMessage,
): Promise<void> {
  const { connections, log } = dependencies;
  const userId = requestedBy ?? (await connections.get(connectionId))?.exportUser ?? NO_EXPORT_USER;
  try {
    const run = await startRun(dependencies, {
      exportId,
      runId,
      trigger: scheduledFor === undefined ? "onDemand" : "scheduled",
      mode: "incremental",
      caller: { userId },
      ...(scheduledFor === undefined ? {} : { scheduledFor }),
    });
    log.info("runStarted", { exportId, status: run.status });
  } catch (error) {
    if (!(error instanceof DomainError)) {
      throw error;
    }
    // The export was deleted meanwhile, or is running and was asked for on demand.
    log.info("startDropped", { exportId, reason: error.problem.code });
  }
}
