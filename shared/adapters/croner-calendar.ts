import { Cron } from "croner";
import { slotsOf, weekdays, type Slot } from "../domain/schedules/recurrence";
import type { Calendar } from "../ports/schedules";

/**
 * Finds the instants of recurrences as EventBridge Scheduler does: on a day on which daylight saving leaves a
 * time out, that time is skipped; a time that comes twice counts once, the first time (Scheduler's user
 * guide, "Daylight savings time").
 */
export function createCalendar(): Calendar {
  return {
    nextInstants(recurrence, after, count) {
      return slotsOf(recurrence)
        .flatMap((slot) => instantsOf(slot, after, count))
        .sort((one, other) => one.getTime() - other.getTime())
        .slice(0, count);
    },
  };
}

function instantsOf({ time, days, timeZone }: Slot, after: Date, count: number): readonly Date[] {
  const [hour = "", minute = ""] = time.split(":").map(Number).map(String);
  // Cron's weekdays begin with Sunday as 0.
  const cronDays = days.map((day) => (weekdays.indexOf(day) + 1) % 7).join(",");
  const cron = new Cron(`0 ${minute} ${hour} * * ${cronDays}`, {
    timezone: timeZone,
    paused: true,
  });
  const localTime = wallClock(timeZone);
  const found: Date[] = [];
  // From a day before, so that a second pass is known for what it is.
  let previousDate = "";
  let next = cron.nextRun(new Date(after.getTime() - DAY_MILLISECONDS));
  while (next !== null && found.length < count) {
    // The library moves a time that is left out behind the gap, where the clock shows another.
    const local = localTime(next);
    if (local.time === time && local.date !== previousDate) {
      previousDate = local.date;
      if (next.getTime() > after.getTime()) {
        found.push(next);
      }
    }
    next = cron.nextRun(next);
  }
  return found;
}

const DAY_MILLISECONDS = 86_400_000;

function wallClock(timeZone: string): (instant: Date) => { date: string; time: string } {
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return (instant) => {
    const [date = "", time = ""] = format.format(instant).split(" ");
    return { date, time };
  };
}
