import type { Export } from "../domain/export";
import type { Caller } from "../domain/identity";
import { DomainError } from "../domain/problem";
import { distinctSlots, type Recurrence } from "../domain/recurrence";
import { switchedOff, switchedOn, type ExportSchedule } from "../domain/schedule";
import type { Calendar, Clock, ConnectionStore, ExportStore, Log, SettingsStore } from "../ports";
import { keepTimetable, type KeepTimetableDependencies } from "./keep-timetable";
import { getManagedExport } from "./managed-export";
import { nextRunOf } from "./view-exports";

export interface SetExportSchedulesDependencies extends KeepTimetableDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "get" | "list" | "setSchedule">;
  readonly settings: Pick<SettingsStore, "getSystemSchedule">;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What becomes of the schedules of several exports: one schedule takes the place of all of them, or each
 * keeps its own and is only switched on or off.
 */
export type ScheduleChange =
  | { readonly change: "replace"; readonly schedule: ExportSchedule }
  | { readonly change: "switchOn" }
  | { readonly change: "switchOff" };

export interface ScheduledExport {
  readonly exportId: string;
  readonly schedule: ExportSchedule;
  /** When the export runs next by itself; absent when it does not. */
  readonly nextRun?: Date;
}

/**
 * Changes when exports run by themselves; starts nothing. All of them are checked before any is changed.
 * Throws `exportNotFound` and `notPermitted` with the field of the export at fault.
 */
export async function setExportSchedules(
  dependencies: SetExportSchedulesDependencies,
  {
    caller,
    exportIds,
    change,
    action = "scheduleExports",
    fieldOf,
  }: {
    caller: Caller;
    exportIds: readonly string[];
    change: ScheduleChange;
    action?: "scheduleExport" | "scheduleExports";
    /** Where the request's body names the export at a position; not given when its path does. */
    fieldOf?: (position: number) => string;
  },
): Promise<readonly ScheduledExport[]> {
  const { exports, settings, clock, log } = dependencies;
  const found = await Promise.all(
    exportIds.map((exportId, position) =>
      atField(fieldOf?.(position), () => getManagedExport(dependencies, caller, exportId, action)),
    ),
  );
  const changed = found.map((stored) => ({ stored, schedule: changedSchedule(stored, change) }));
  const by = { updatedAt: clock.now().toISOString(), updatedBy: caller.userId };
  await Promise.all(
    changed.map(async ({ stored: { exportId }, schedule }, position) => {
      if (!(await exports.setSchedule(exportId, schedule, by))) {
        throw new DomainError("exportNotFound", { exportId }, fieldOf?.(position));
      }
    }),
  );
  await keepTimetable(
    dependencies,
    distinctSlots([
      ...found.map(({ schedule }) => ownRecurrence(schedule)),
      ...changed.map(({ schedule }) => ownRecurrence(schedule)),
    ]),
  );
  log.info("exportsScheduled", { exports: exportIds.length, change: change.change });
  const system = await settings.getSystemSchedule();
  return changed.map(({ stored: { exportId, detached }, schedule }) => {
    const nextRun = detached === undefined ? nextRunOf(dependencies, schedule, system) : undefined;
    return { exportId, schedule, ...(nextRun === undefined ? {} : { nextRun }) };
  });
}

function changedSchedule({ schedule }: Export, change: ScheduleChange): ExportSchedule {
  switch (change.change) {
    case "replace":
      return change.schedule;
    case "switchOn":
      return switchedOn(schedule);
    case "switchOff":
      return switchedOff(schedule);
  }
}

/** The recurrence that an export alone answers for; the system's slots are kept with the system's schedule. */
function ownRecurrence(schedule: ExportSchedule): Recurrence | undefined {
  return schedule.mode === "own" ? schedule.recurrence : undefined;
}

async function atField<Value>(
  field: string | undefined,
  find: () => Promise<Value>,
): Promise<Value> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof DomainError) {
      throw new DomainError(error.problem.code, error.problem.params, field);
    }
    throw error;
  }
}
