import type { Caller } from "../domain/identity";
import { distinctSlots } from "../domain/recurrence";
import {
  systemRecurrence,
  type SystemSchedule,
  type SystemScheduleSettings,
} from "../domain/schedule";
import type { Calendar, Clock, Log, SettingsStore } from "../ports";
import { requireAccess } from "./access";
import { keepTimetable, type KeepTimetableDependencies } from "./keep-timetable";

export interface SystemScheduleDependencies extends KeepTimetableDependencies {
  readonly settings: SettingsStore;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly log: Log;
}

export interface SystemScheduleView {
  readonly schedule: SystemSchedule;
  /** The next instants of the refresh, earliest first; none while it is off. */
  readonly nextRuns: readonly Date[];
}

/** Next runs that are shown: a day's worth and one more, so that the following day is seen too. */
const NEXT_RUNS_SHOWN = 5;

/** Every role may see the system schedule. */
export async function getSystemSchedule(
  dependencies: Pick<SystemScheduleDependencies, "settings" | "calendar" | "clock">,
  { caller }: { caller: Caller },
): Promise<SystemScheduleView> {
  requireAccess(caller, "viewSchedule");
  return view(dependencies, await dependencies.settings.getSystemSchedule());
}

/** Sets when the system refresh runs. Throws `notPermitted`. The schedule holds from the next minute on. */
export async function setSystemSchedule(
  dependencies: SystemScheduleDependencies,
  { caller, schedule }: { caller: Caller; schedule: SystemScheduleSettings },
): Promise<SystemScheduleView> {
  const { settings, clock, log } = dependencies;
  requireAccess(caller, "updateSchedule");
  const before = await settings.getSystemSchedule();
  const changed: SystemSchedule = {
    ...schedule,
    updatedAt: clock.now().toISOString(),
    updatedBy: caller.userId,
  };
  await settings.putSystemSchedule(changed);
  await keepTimetable(
    dependencies,
    distinctSlots([systemRecurrence(before), systemRecurrence(changed)]),
  );
  log.info("systemScheduleSet", { active: schedule.active });
  return view(dependencies, changed);
}

function view(
  { calendar, clock }: Pick<SystemScheduleDependencies, "calendar" | "clock">,
  schedule: SystemSchedule,
): SystemScheduleView {
  const recurrence = systemRecurrence(schedule);
  return {
    schedule,
    nextRuns:
      recurrence === undefined
        ? []
        : calendar.nextInstants(recurrence, clock.now(), NEXT_RUNS_SHOWN),
  };
}
