import {
  recurrenceOf,
  type ExportSchedule,
  type SystemSchedule,
} from "../../domain/schedules/schedule";
import type { Calendar, Clock } from "../../ports";

/** When an export of this schedule runs next by itself. */
export function nextRunOf(
  { calendar, clock }: { calendar: Calendar; clock: Pick<Clock, "now"> },
  schedule: ExportSchedule,
  system: SystemSchedule,
): Date | undefined {
  const recurrence = recurrenceOf(schedule, system);
  return recurrence === undefined
    ? undefined
    : calendar.nextInstants(recurrence, clock.now(), 1)[0];
}
