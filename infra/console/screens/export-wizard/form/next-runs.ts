import { createCalendar } from "../../../../../shared/adapters/croner-calendar";
import type { Recurrence } from "../../../../../shared/domain/schedules/recurrence";
import { recurrenceSchema } from "../../../../../shared/domain/schedules/recurrence";

const calendar = createCalendar();
/** So many runs to come are shown. */
const SHOWN = 5;

/** When a recurrence is due next, as the scheduler has it; none while it is not valid. */
export function nextRunsOf(recurrence: Recurrence, now: Date): readonly string[] {
  const checked = recurrenceSchema.safeParse(recurrence);
  return checked.success
    ? calendar.nextInstants(checked.data, now, SHOWN).map((instant) => instant.toISOString())
    : [];
}
