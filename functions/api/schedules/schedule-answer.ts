import type {
  scheduledExportAnswerSchema,
  systemScheduleAnswerSchema,
} from "../../../shared/contract/answers/schedule-answer";
import type { GivenAnswer } from "../../../shared/contract/route-contract";
import type { ScheduledExport } from "../../../shared/use-cases/schedules/set-export-schedules";
import type { SystemScheduleView } from "../../../shared/use-cases/schedules/system-schedule";

export function presentSystemSchedule({
  schedule,
  nextRuns,
}: SystemScheduleView): GivenAnswer<typeof systemScheduleAnswerSchema> {
  return {
    ...schedule,
    nextRuns: nextRuns.map((instant) => instant.toISOString()),
  };
}

export function presentScheduledExport({
  exportId,
  version,
  schedule,
  nextRun,
}: ScheduledExport): GivenAnswer<typeof scheduledExportAnswerSchema> {
  return {
    exportId,
    version,
    schedule,
    nextRun: nextRun?.toISOString() ?? null,
  };
}
