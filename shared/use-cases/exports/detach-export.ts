import { NO_CONNECTION, type Export } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import { DomainError, problem } from "../../domain/problems/problem";
import type { ExportStore, Log, PreviewStore, RunStore } from "../../ports";
import { requireAccess } from "../access/access";
import { existingConnection } from "../connections/existing-connection";
import { stopRun, type StopRunDependencies } from "../runs/stop-run";
import type { ExportChange } from "./update-export";
import { viewExport, type ExportView, type ViewExportDependencies } from "./view-exports";

export interface DetachExportDependencies
  extends
    Omit<ViewExportDependencies, "runs">,
    Omit<StopRunDependencies, "runs" | "exports" | "clock"> {
  readonly exports: StopRunDependencies["exports"] &
    Pick<ExportStore, "get" | "listByConnection" | "updateSettings">;
  readonly runs: Pick<RunStore, "stop" | "end" | "get" | "getMany">;
  readonly previews: Pick<PreviewStore, "deleteAll">;
  readonly log: Log;
}

/** Rounds of writing when others change the export at the same time: an end of the flow must not lose. */
const WRITE_ATTEMPTS = 10;

/**
 * Takes an export off its connection: it keeps its configuration and does not run until it is attached
 * again. A run that is going sends nothing further and ends as canceled. Detaching twice changes nothing.
 * Throws `notPermitted`, `exportNotFound`.
 */
export async function detachExport(
  dependencies: DetachExportDependencies,
  { caller, exportId }: { caller: Caller; exportId: string },
): Promise<ExportChange> {
  requireAccess(caller, "detachExport");
  const { before, after } = await detach(dependencies, caller, exportId);
  return { before, view: await viewExport(dependencies, caller, after) };
}

/**
 * Detaches every export of a connection; afterwards it can be removed. Throws `notPermitted`,
 * `connectionNotFound`.
 */
export async function detachConnectionExports(
  dependencies: DetachExportDependencies,
  { caller, connectionId }: { caller: Caller; connectionId: string },
): Promise<readonly ExportView[]> {
  requireAccess(caller, "detachConnectionExports");
  await existingConnection(dependencies.connections, connectionId);
  const views: ExportView[] = [];
  const { items } = await dependencies.exports.listByConnection(connectionId);
  for (const { exportId } of items) {
    const { after } = await detach(dependencies, caller, exportId, connectionId);
    views.push(await viewExport(dependencies, caller, after));
  }
  return views;
}

/** With `only`, an export that has moved to another connection meanwhile is left there. */
async function detach(
  dependencies: DetachExportDependencies,
  caller: Caller,
  exportId: string,
  only?: string,
): Promise<{ before: Export; after: Export }> {
  const { exports, clock, log } = dependencies;
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
    const before = await exports.get(exportId);
    if (before === undefined) {
      throw new DomainError("exportNotFound", { exportId });
    }
    if (before.detached !== undefined || (only !== undefined && before.connectionId !== only)) {
      return { before, after: before };
    }
    const now = clock.now().toISOString();
    const after: Export = {
      ...before,
      connectionId: NO_CONNECTION,
      detached: { at: now, by: caller.userId },
      version: before.version + 1,
      updatedAt: now,
      updatedBy: caller.userId,
    };
    if (await exports.updateSettings(after, before.version)) {
      // Asked for after the write: a run that starts from here on finds the export detached.
      const run = (await exports.get(exportId))?.currentRun;
      if (run !== undefined) {
        await stopRun(dependencies, run.runId, problem("connectionDetached"));
      }
      await dependencies.previews.deleteAll(exportId);
      log.info("exportDetached", { exportId, connectionId: before.connectionId });
      return { before, after };
    }
  }
  throw new DomainError("exportChanged");
}
