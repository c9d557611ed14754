import type { StartMessage } from "../../../domain/runs/messages";
import { usualRunOptions } from "../../../domain/runs/run-options";
import { DomainError } from "../../../domain/problems/problem";
import type { ConnectionStore, Log } from "../../../ports";
import { mayOn } from "../../access/access";
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
 * running, and is dropped when who asked may not start it any more. Safe to repeat.
 */
export async function startQueuedRun(
  dependencies: StartQueuedRunDependencies,
  { exportId, runId, connectionId, scheduledFor, requestedBy, role = "Contributor" }: StartMessage,
): Promise<void> {
  const { connections, exports, log } = dependencies;
  if (requestedBy !== undefined) {
    // Between the request and now sharing may have ended, or the export may have moved to another connection.
    const present = await exports.get(exportId);
    const connection =
      present === undefined ? undefined : await connections.get(present.connectionId);
    if (present !== undefined && !mayOn({ userId: requestedBy, role }, "startRun", connection)) {
      log.warn("startDropped", { exportId, reason: "notPermitted" });
      return;
    }
  }
  const userId = requestedBy ?? (await connections.get(connectionId))?.exportUser ?? NO_EXPORT_USER;
  try {
    const run = await startRun(dependencies, {
      exportId,
      runId,
      trigger: scheduledFor === undefined ? "onDemand" : "scheduled",
      options: usualRunOptions,
      caller: { userId },
      scheduledFor,
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
