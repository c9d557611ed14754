import type { Export } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import { problem } from "../../domain/problems/problem";
import { isTerminal } from "../../domain/runs/run";
import type {
  ConnectionStore,
  ExportStore,
  Log,
  PreviewStore,
  RunData,
  RunStore,
} from "../../ports";
import { getManagedExport } from "../access/managed-export";
import { stopRun, type StopRunDependencies } from "../runs/stop-run";

export interface DeleteExportDependencies extends StopRunDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "get" | "delete" | "releaseRun" | "forgetSnapshot">;
  readonly data: Pick<RunData, "listSnapshots" | "deleteSnapshots">;
  readonly runs: StopRunDependencies["runs"] & Pick<RunStore, "listByExport">;
  readonly previews: Pick<PreviewStore, "deleteAll">;
  readonly log: Log;
}

/**
 * Deletes an export. A run that is going sends no further chunk and ends as canceled; what it sent stays on
 * the list. Returns what was deleted. Throws `exportNotFound`, `notPermitted`.
 */
export async function deleteExport(
  dependencies: DeleteExportDependencies,
  { caller, exportId }: { caller: Caller; exportId: string },
): Promise<Export> {
  const { connections, exports, runs, log } = dependencies;
  const deleted = await getManagedExport(
    { connections, exports },
    caller,
    exportId,
    "deleteExport",
  );
  const { currentRun } = deleted;
  // Stopped first: if this breaks off in between, the export is still there to be deleted again.
  if (currentRun !== undefined) {
    await stopRun(dependencies, currentRun.runId, problem("exportDeleted"));
  }
  // The reference goes before the files, which would count as lost; and the files before the export, so that a
  // deletion that breaks off can be repeated.
  if (deleted.snapshot !== undefined) {
    await exports.forgetSnapshot(exportId, deleted.snapshot.runId);
  }
  await deleteSnapshots(dependencies, exportId);
  await exports.delete(exportId);
  // A run may have ended meanwhile; one that ends from here on finds the export gone.
  await deleteSnapshots(dependencies, exportId);
  await dependencies.previews.deleteAll(exportId);
  // A run that was started between the two is found now; none can start any more.
  const newest = await runs.listByExport(exportId, { limit: 1 });
  for (const { runId, status } of newest.items) {
    if (!isTerminal(status) && runId !== currentRun?.runId) {
      await stopRun(dependencies, runId, problem("exportDeleted"));
    }
  }
  log.info("exportDeleted", { exportId });
  return deleted;
}

async function deleteSnapshots(
  { data }: Pick<DeleteExportDependencies, "data">,
  exportId: string,
): Promise<void> {
  await data.deleteSnapshots(await data.listSnapshots(exportId));
}
