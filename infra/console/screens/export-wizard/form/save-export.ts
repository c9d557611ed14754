import { createExportBodySchema } from "../../../../../shared/contract/exports";
import { exportScheduleSchema } from "../../../../../shared/domain/schedules/schedule";
import type { ApiClient } from "../../../../client/client";
import type { ExportAnswer } from "../../../api/queries/exports";
import { bodyOf, scheduleOf, type ExportForm } from "./export-form";

/** What saving has come to. */
export interface SavedExport {
  readonly saved: ExportAnswer;
  /** Why the schedule could not be set, though the rest is saved. */
  readonly scheduleError?: unknown;
}

/**
 * Saves a form that is valid: the settings, then the schedule where it is another. Nothing is started. Throws what the
 * API refuses the settings with.
 *
 * @param before the export as it was read, which must still be so; undefined for a new one
 * @param idempotencyKey by which a repeated creation makes no second export
 */
export async function saveExport(
  api: ApiClient,
  form: ExportForm,
  before: ExportAnswer | undefined,
  idempotencyKey: string,
): Promise<SavedExport> {
  const body = createExportBodySchema.parse(bodyOf(form));
  const saved =
    before === undefined
      ? await api.createExport({ body, idempotencyKey })
      : await api.updateExport({
          path: { exportId: before.exportId },
          body,
          ifMatch: before.version,
        });
  const schedule = exportScheduleSchema.parse(scheduleOf(form, before?.schedule));
  if (JSON.stringify(schedule) === JSON.stringify(saved.schedule)) {
    return { saved };
  }
  const { exportId, version } = saved;
  try {
    await api.scheduleExport({ path: { exportId }, body: schedule, ifMatch: version });
    return { saved };
  } catch (scheduleError) {
    return { saved, scheduleError };
  }
}
