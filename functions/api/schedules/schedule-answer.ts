import type * as z from "zod";
import {
  scheduledExportAnswerSchema,
  systemScheduleAnswerSchema,
} from "../../../shared/contract/answers/schedule-answer";
import type { ScheduledExport } from "../../../shared/use-cases/schedules/set-export-schedules";
import type { SystemScheduleView } from "../../../shared/use-cases/schedules/system-schedule";

export function presentSystemSchedule({
  schedule,
  nextRuns,
}: SystemScheduleView): z.infer<typeof systemScheduleAnswerSchema> {
  return systemScheduleAnswerSchema.parse({
    ...schedule,
    nextRuns: nextRuns.map((instant) => instant.toISOString()),
  });
}

export function presentScheduledExport({
  exportId,
  version,
  schedule,
  nextRun,
}: ScheduledExport): z.infer<typeof scheduledExportAnswerSchema> {
  return scheduledExportAnswerSchema.parse({
    exportId,
    version,
    schedule,
    nextRun: nextRun?.toISOString() ?? null,
  });
}
