import type { Export } from "../domain/export";
import type { Caller } from "../domain/identity";
import { problem } from "../domain/problem";
import { isTerminal } from "../domain/run";
import type { ConnectionStore, ExportStore, Log, RunStore } from "../ports";
import { getManagedExport } from "./managed-export";

export interface DeleteExportDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "get" | "delete">;
  readonly runs: Pick<RunStore, "stop" | "listByExport">;
  readonly log: Log;
}

/**
 * Deletes an export. A run that is going sends no further chunk and ends as canceled; what it sent stays on
 * the list. Returns what was deleted. Throws `exportNotFound`, `notPermitted`.
 */
export async function deleteExport(
  { connections, exports, runs, log }: DeleteExportDependencies,
  { caller, exportId }: { caller: Caller; exportId: string },
): Promise<Export> {
  const deleted = await getManagedExport(
    { connections, exports },
    caller,
    exportId,
    "deleteExport",
  );
  const { currentRun } = deleted;
  // Stopped first: if this breaks off in between, the export is still there to be deleted again.
  if (currentRun !== undefined) {
    await runs.stop(currentRun.runId, problem("exportDeleted"));
  }
  await exports.delete(exportId);
  // A run that was started between the two is found now; none can start any more.
  const newest = await runs.listByExport(exportId, { limit: 1 });
  for (const { runId, status } of newest.items) {
    if (!isTerminal(status) && runId !== currentRun?.runId) {
      await runs.stop(runId, problem("exportDeleted"));
    }
  }
  log.info("exportDeleted", { exportId });
  return deleted;
}
