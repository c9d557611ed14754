import * as z from "zod";
import { exportScheduleSchema, systemScheduleSchema } from "../../../shared/domain/schedule";
import type { ScheduledExport } from "../../../shared/use-cases/set-export-schedules";
import type { SystemScheduleView } from "../../../shared/use-cases/system-schedule";

/** The system schedule as the API shows it. */
export const systemScheduleAnswerSchema = z.object({
  ...systemScheduleSchema.shape,
  /** Instants in UTC, earliest first; none while the schedule is not active. */
  nextRuns: z.array(z.iso.datetime()),
});

export function presentSystemSchedule({
  schedule,
  nextRuns,
}: SystemScheduleView): z.infer<typeof systemScheduleAnswerSchema> {
  return systemScheduleAnswerSchema.parse({
    ...schedule,
    nextRuns: nextRuns.map((instant) => instant.toISOString()),
  });
}

/** An export's schedule as the API shows it. */
export const scheduledExportAnswerSchema = z.object({
  exportId: z.string(),
  schedule: exportScheduleSchema,
  /** Null when the export does not run by itself. */
  nextRun: z.iso.datetime().nullable(),
});

export function presentScheduledExport({
  exportId,
  schedule,
  nextRun,
}: ScheduledExport): z.infer<typeof scheduledExportAnswerSchema> {
  return scheduledExportAnswerSchema.parse({
    exportId,
    schedule,
    nextRun: nextRun?.toISOString() ?? null,
  });
}
