import type { Export, ExportRequest } from "../../domain/exports/export";
import { defaultExportSchedule } from "../../domain/schedules/schedule";
import type { Caller } from "../../domain/access/identity";
import type { ExportStore, IdGenerator, Log } from "../../ports";
import { requireAccess } from "../access/access";
import { checkExportSettings, type CheckExportSettingsDependencies } from "./check-export-settings";
import { acknowledged } from "./subscription-settings";
import { viewExport, type ExportView, type ViewExportDependencies } from "./view-exports";

export interface CreateExportDependencies
  extends CheckExportSettingsDependencies, ViewExportDependencies {
  readonly connections: CheckExportSettingsDependencies["connections"];
  readonly exports: Pick<ExportStore, "create" | "get" | "listByConnection">;
  readonly ids: IdGenerator;
  readonly log: Log;
}

/**
 * Makes an export; starts nothing. Throws `notPermitted`, and what {@link acknowledged} and {@link checkExportSettings} throw.
 * Whether the segments have the mapped field is found when a run reads them.
 */
export async function createExport(
  dependencies: CreateExportDependencies,
  {
    caller,
    settings,
    exportId: given,
  }: {
    caller: Caller;
    settings: ExportRequest;
    /** Given when the request may be repeated: the export is made once. @default a new id */
    exportId?: string | undefined;
  },
): Promise<ExportView> {
  const { exports, clock, ids, log } = dependencies;
  requireAccess(caller, "createExport");
  const exportId = given ?? ids.next();
  const made = given === undefined ? undefined : await exports.get(exportId);
  if (made !== undefined) {
    return viewExport(dependencies, caller, made);
  }
  const kept = acknowledged(settings, undefined, caller, clock.now());
  const named = await checkExportSettings(dependencies, caller, kept);
  const now = clock.now().toISOString();
  const created: Export = {
    ...kept,
    ...named,
    schedule: defaultExportSchedule,
    exportId,
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
