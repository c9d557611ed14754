import * as z from "zod";
import { connectionSchema } from "../../../shared/domain/connection";
import { exportSchema, exportSettingsSchema } from "../../../shared/domain/export";
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
  }).shape,
  ...exportSettingsSchema.shape,
  /** The connection used; null when it is gone. */
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
    connection: connection ?? null,
    ...(shown.currentRun === undefined ? {} : { currentRunId: shown.currentRun.runId }),
    permissions,
  });
}
