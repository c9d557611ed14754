import * as z from "zod";
import { connectionSchema } from "../../../shared/domain/connection";
import { exportSchema, exportSettingsSchema, type Export } from "../../../shared/domain/export";
import { exportPermissions } from "../../../shared/use-cases/access";
import { runSchema } from "../../../shared/domain/run";
import { exportScheduleSchema } from "../../../shared/domain/schedule";
import type { ExportView } from "../../../shared/use-cases/view-exports";

/** The run that was last attempted or is going, in short; `/runs/{runId}` shows it whole. */
export const lastRunAnswerSchema = runSchema.pick({
  runId: true,
  trigger: true,
  status: true,
  phase: true,
  requestedAt: true,
  startedAt: true,
  endedAt: true,
  problem: true,
});

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
  schedule: exportScheduleSchema,
  /** When the export runs next by itself; null when it does not. */
  nextRun: z.iso.datetime().nullable(),
  /** Whichever way it was started; null when there is none, or none that is kept. */
  lastRun: lastRunAnswerSchema.nullable(),
  /** What the caller may do with the export. */
  permissions: z.array(z.enum(exportPermissions)),
});
export type ExportAnswer = z.infer<typeof exportAnswerSchema>;

export function presentExport({
  export: shown,
  connection,
  permissions,
  nextRun,
  lastRun,
}: ExportView): ExportAnswer {
  return exportAnswerSchema.parse({
    ...shown,
    connectionId: shown.detached === undefined ? shown.connectionId : null,
    connection: connection ?? null,
    ...(shown.currentRun === undefined ? {} : { currentRunId: shown.currentRun.runId }),
    permissions,
    nextRun: nextRun?.toISOString() ?? null,
    lastRun: lastRun ?? null,
  });
}

/** An export's configuration as the audit log keeps it. */
export function exportSnapshot(shown: Export): object {
  const { snapshot: _confirmed, currentRun: _running, lastRunId: _last, ...configuration } = shown;
  return configuration;
}
