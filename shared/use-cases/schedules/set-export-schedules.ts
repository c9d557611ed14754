import type { Export } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import { distinctSlots, type Recurrence } from "../../domain/schedules/recurrence";
import { switchedOff, switchedOn, type ExportSchedule } from "../../domain/schedules/schedule";
import type {
  Calendar,
  Clock,
  ConnectionStore,
  ExportStore,
  Log,
  SettingsStore,
} from "../../ports";
import { keepTimetable, type KeepTimetableDependencies } from "./keep-timetable";
import { getManagedExport } from "../access/managed-export";
import { nextRunOf } from "./next-run";

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
  /** Of the export. */
  readonly version: number;
  readonly schedule: ExportSchedule;
  /** When the export runs next by itself; absent when it does not. */
  readonly nextRun?: Date | undefined;
}

/**
 * Sets when one export runs by itself. Throws `exportNotFound`, `notPermitted`, `exportChanged`.
 *
 * @param input.version as the caller has seen it; without it, whatever is stored is replaced
 */
export async function setExportSchedule(
  dependencies: SetExportSchedulesDependencies,
  input: {
    caller: Caller;
    exportId: string;
    schedule: ExportSchedule;
    version?: number | undefined;
  },
): Promise<ScheduledExport> {
  const { caller, exportId, schedule, version } = input;
  const [changed] = await setExportSchedules(dependencies, {
    ...{ caller, version, exportIds: [exportId], action: "scheduleExport" },
    change: { change: "replace", schedule },
  });
  if (changed === undefined) {
    throw new DomainError("exportNotFound", { exportId });
  }
  return changed;
}

/**
 * Changes when exports run by themselves; starts nothing. All of them are checked before any is changed.
 * Throws `exportNotFound` and `notPermitted` with the field of the export at fault, and `exportChanged`.
 */
export async function setExportSchedules(
  dependencies: SetExportSchedulesDependencies,
  {
    caller,
    exportIds,
    change,
    action = "scheduleExports",
    fieldOf,
    version,
  }: {
    caller: Caller;
    exportIds: readonly string[];
    change: ScheduleChange;
    action?: "scheduleExport" | "scheduleExports";
    /** Where the request's body names the export at a position; not given when its path does. */
    fieldOf?: (position: number) => string;
    /** The version that the caller has seen, of one export; without it, whatever is stored is replaced. */
    version?: number | undefined;
  },
): Promise<readonly ScheduledExport[]> {
  const { exports, settings, clock, log } = dependencies;
  const found = await Promise.all(
    exportIds.map((exportId, position) =>
      atField(fieldOf?.(position), () => getManagedExport(dependencies, caller, exportId, action)),
    ),
  );
  const by = { updatedAt: clock.now().toISOString(), updatedBy: caller.userId };
  const changed = await Promise.all(
    found.map(async (stored, position) => {
      const { exportId } = stored;
      const schedule = changedSchedule(stored, change);
      const written = await exports.setSchedule(exportId, schedule, by, version);
      if (written === undefined) {
        throw version !== undefined && (await exports.get(exportId)) !== undefined
          ? new DomainError("exportChanged")
          : new DomainError("exportNotFound", { exportId }, fieldOf?.(position));
      }
      return { stored, schedule, version: written };
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
  return changed.map(({ stored: { exportId, detached }, schedule, version: written }) => {
    const nextRun = detached === undefined ? nextRunOf(dependencies, schedule, system) : undefined;
    return { exportId, version: written, schedule, nextRun };
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
