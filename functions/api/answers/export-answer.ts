import * as z from "zod";
import { connectionSchema } from "../../../shared/domain/connection";
import { exportSchema, exportSettingsSchema, type Export } from "../../../shared/domain/export";
import { exportPermissions } from "../../../shared/use-cases/access";
import type { ExportView } from "../../../shared/use-cases/view-exports";

/** An export as the API shows it; the settings lie at the top, as they are sent to change it. */
export const exportAnswerSchema = z.object({
  ...exportSchema.pick({
    exportId: true,
    version: true,
    lastRunId: true,
    createdAt: true,
    createdBy: true,
    updatedAt: true,
    updatedBy: true,
    detached: true,
  }).shape,
  ...exportSettingsSchema.shape,
  /** Null while the export is detached. */
  connectionId: exportSettingsSchema.shape.connectionId.nullable(),
  /** The connection used; null when there is none, or when it is not shared with the caller. */
  connection: connectionSchema.pick({ displayName: true, type: true }).nullable(),
  currentRunId: z.string().optional(),
  /** What the caller may do with the export. */
  permissions: z.array(z.enum(exportPermissions)),
});
export type ExportAnswer = z.infer<typeof exportAnswerSchema>;

export function presentExport({
  export: shown,
  connection,
  permissions,
}: ExportView): ExportAnswer {
  return exportAnswerSchema.parse({
    ...shown,
    connectionId: shown.detached === undefined ? shown.connectionId : null,
    connection: connection ?? null,
    ...(shown.currentRun === undefined ? {} : { currentRunId: shown.currentRun.runId }),
    permissions,
  });
}

/** An export's configuration as the audit log keeps it. */
export function exportSnapshot(shown: Export): object {
  const { snapshot: _confirmed, currentRun: _running, lastRunId: _last, ...configuration } = shown;
  return configuration;
}
