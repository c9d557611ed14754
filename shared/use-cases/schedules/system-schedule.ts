import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import { distinctSlots } from "../../domain/schedules/recurrence";
import {
  systemRecurrence,
  type SystemSchedule,
  type SystemScheduleSettings,
} from "../../domain/schedules/schedule";
import { everyPage } from "../../domain/paging/every-page";
import type { Calendar, Clock, ExportStore, Log, SettingsStore } from "../../ports";
import { requireAccess } from "../access/access";
import { keepTimetable, type KeepTimetableDependencies } from "./keep-timetable";

export interface SystemScheduleDependencies extends KeepTimetableDependencies {
  readonly exports: Pick<ExportStore, "list" | "listMended">;
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

/** Rounds of writing when others set it at the same time. */
const WRITE_ATTEMPTS = 5;

export interface SetSystemScheduleInput {
  readonly caller: Caller;
  readonly schedule: SystemScheduleSettings;
  /** The version that the caller has seen; without it, whatever is stored is replaced. */
  readonly version?: number | undefined;
}

/**
 * Sets when the system refresh runs. Throws `notPermitted`, `scheduleChanged`. The schedule holds from the
 * next minute on.
 */
export async function setSystemSchedule(
  dependencies: SystemScheduleDependencies,
  input: SetSystemScheduleInput,
): Promise<SystemScheduleView> {
  const { log } = dependencies;
  const { caller, schedule } = input;
  requireAccess(caller, "updateSchedule");
  const { before, changed } = await write(dependencies, input);
  if (changed.active && changed.onRefresh !== undefined) {
    await findFollowers(dependencies);
  }
  await keepTimetable(
    dependencies,
    distinctSlots([systemRecurrence(before), systemRecurrence(changed)]),
  );
  log.info("systemScheduleSet", { active: schedule.active });
  return view(dependencies, changed);
}

/** So that whoever looks for those who follow the refreshes need not look at all exports. */
async function findFollowers({
  exports,
}: Pick<SystemScheduleDependencies, "exports">): Promise<void> {
  for await (const _mended of everyPage((page) => exports.listMended(page))) {
    // Listing them is all.
  }
}

async function write(
  { settings, clock }: Pick<SystemScheduleDependencies, "settings" | "clock">,
  { caller, schedule, version }: SetSystemScheduleInput,
): Promise<{ before: SystemSchedule; changed: SystemSchedule }> {
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
    const before = await settings.getSystemSchedule();
    if (version !== undefined && version !== before.version) {
      break;
    }
    const changed: SystemSchedule = {
      ...schedule,
      version: before.version + 1,
      updatedAt: clock.now().toISOString(),
      updatedBy: caller.userId,
    };
    if (await settings.putSystemSchedule(changed, before.version)) {
      return { before, changed };
    }
  }
  throw new DomainError("scheduleChanged");
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
