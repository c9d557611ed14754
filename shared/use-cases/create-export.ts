import type { Export, ExportSettings } from "../domain/export";
import { defaultExportSchedule } from "../domain/schedule";
import type { Caller } from "../domain/identity";
import type { ExportStore, IdGenerator, Log } from "../ports";
import { requireAccess } from "./access";
import { checkExportSettings, type CheckExportSettingsDependencies } from "./check-export-settings";
import { viewExport, type ExportView, type ViewExportDependencies } from "./view-exports";

export interface CreateExportDependencies
  extends CheckExportSettingsDependencies, ViewExportDependencies {
  readonly connections: CheckExportSettingsDependencies["connections"];
  readonly exports: Pick<ExportStore, "create" | "listByConnection">;
  readonly ids: IdGenerator;
  readonly log: Log;
}

/**
 * Makes an export; starts nothing. Throws `notPermitted`, and what {@link checkExportSettings} throws.
 * Whether the segments have the mapped field is found when a run reads them.
 */
export async function createExport(
  dependencies: CreateExportDependencies,
  { caller, settings }: { caller: Caller; settings: ExportSettings },
): Promise<ExportView> {
  const { exports, clock, ids, log } = dependencies;
  requireAccess(caller, "createExport");
  await checkExportSettings(dependencies, caller, settings);
  const now = clock.now().toISOString();
  const created: Export = {
    ...settings,
    schedule: defaultExportSchedule,
    exportId: ids.next(),
    version: 1,
    createdAt: now,
    createdBy: caller.userId,
    updatedAt: now,
    updatedBy: caller.userId,
  };
  await exports.create(created);
  log.info("exportCreated", { exportId: created.exportId, connectionId: created.connectionId });
  return viewExport(dependencies, caller, created);
}
