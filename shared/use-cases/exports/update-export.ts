import type { Action } from "../../domain/access/access-table";
import { savedAs, type Export, type ExportRequest } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { ExportStore, Log } from "../../ports";
import { checkExportSettings, type CheckExportSettingsDependencies } from "./check-export-settings";
import { getManagedExport } from "../access/managed-export";
import { acknowledged } from "./subscription-settings";
import { viewExport, type ExportView, type ViewExportDependencies } from "./view-exports";

export interface UpdateExportDependencies
  extends CheckExportSettingsDependencies, ViewExportDependencies {
  readonly connections: CheckExportSettingsDependencies["connections"];
  readonly exports: Pick<ExportStore, "get" | "updateSettings" | "listByConnection">;
  readonly log: Log;
}

export interface UpdateExportInput {
  readonly caller: Caller;
  readonly exportId: string;
  readonly settings: ExportRequest;
  /** The version that the caller has seen; without it, whatever is stored is replaced. */
  readonly version?: number | undefined;
  readonly action?: Extract<Action, "updateExport" | "attachExport">;
}

/** An export as it was, and as the caller now sees it. */
export interface ExportChange {
  readonly before: Export;
  readonly view: ExportView;
}

/**
 * Replaces an export's settings; starts nothing, and a run that is going keeps the settings that it began
 * with. Throws `exportNotFound`, `notPermitted`, `exportChanged`, and what {@link acknowledged} and
 * {@link checkExportSettings} throw.
 */
export async function updateExport(
  dependencies: UpdateExportDependencies,
  { caller, exportId, settings, version, action = "updateExport" }: UpdateExportInput,
): Promise<ExportChange> {
  const { exports, clock, log } = dependencies;
  const stored = await getManagedExport(dependencies, caller, exportId, action);
  if (version !== undefined && version !== stored.version) {
    throw new DomainError("exportChanged", {}, "/version");
  }
  const wanted = acknowledged(settings, stored, caller, clock.now());
  const named = await checkExportSettings(dependencies, caller, wanted, stored);
  // Saving with a connection attaches the export, if it was detached.
  const changed = savedAs(stored, {
    ...wanted,
    ...named,
    version: stored.version + 1,
    updatedAt: clock.now().toISOString(),
    updatedBy: caller.userId,
  });
  if (!(await exports.updateSettings(changed, stored.version))) {
    throw (await exports.get(exportId)) === undefined
      ? new DomainError("exportNotFound", { exportId })
      : new DomainError("exportChanged");
  }
  log.info("exportUpdated", { exportId, version: changed.version });
  return { before: stored, view: await viewExport(dependencies, caller, changed) };
}
