import * as z from "zod";
import { recurrenceSchema, type Recurrence } from "./recurrence";

/** What is said of a schedule that follows the segments' refreshes. */
const onRefreshShape = {
  overdueAfterHours: z
    .number()
    .int()
    .min(1)
    .max(8_760)
    .optional()
    .describe("administrators are told when a segment has not been refreshed for so many hours"),
};

/** When an export runs by itself. */
export const exportScheduleSchema = z.discriminatedUnion("mode", [
  /** With every system refresh. */
  z.strictObject({ mode: z.literal("system") }),
  /** When all of its segments have been refreshed since its last run. */
  z.strictObject({ mode: z.literal("onRefresh"), ...onRefreshShape }),
  /** At times of its own, whatever the system refresh does. */
  z.strictObject({ mode: z.literal("own"), recurrence: recurrenceSchema }),
  /** Never. What it had is kept for when it is switched on again. */
  z.strictObject({
    mode: z.literal("off"),
    recurrence: recurrenceSchema.optional(),
    onRefresh: z.strictObject(onRefreshShape).optional(),
  }),
]);
export type ExportSchedule = z.infer<typeof exportScheduleSchema>;

/** What an export has until somebody chooses otherwise. */
export const defaultExportSchedule: ExportSchedule = { mode: "system" };

/** The refresh that every export follows which has no schedule of its own. Off until it is switched on. */
export const systemScheduleSettingsSchema = z
  .strictObject({
    active: z.boolean(),
    /** Kept while the schedule is not active. */
    recurrence: recurrenceSchema.optional(),
    /** Each export that follows it runs when its segments have been refreshed, in place of the recurrence. */
    onRefresh: z.strictObject(onRefreshShape).optional(),
  })
  .refine(
    ({ active, recurrence, onRefresh }) =>
      !active || recurrence !== undefined || onRefresh !== undefined,
    { path: ["recurrence"], message: "an active schedule needs a recurrence, or onRefresh" },
  );
export type SystemScheduleSettings = z.infer<typeof systemScheduleSettingsSchema>;

export const systemScheduleSchema = z.object({
  ...systemScheduleSettingsSchema.shape,
  /** Counts changes; the first is that nobody has set it. */
  version: z.number().int().positive().default(1),
  /** Absent while nobody has set it. */
  updatedAt: z.iso.datetime().optional(),
  updatedBy: z.string().optional(),
});
export type SystemSchedule = z.infer<typeof systemScheduleSchema>;

export const systemScheduleOff: SystemSchedule = { active: false, version: 1 };

/** The recurrence at which the system refresh runs; undefined while it is off. */
export function systemRecurrence({
  active,
  recurrence,
  onRefresh,
}: SystemSchedule): Recurrence | undefined {
  return active && onRefresh === undefined ? recurrence : undefined;
}

/** How an export follows its segments' refreshes; undefined when it does not. */
export interface FollowedRefreshes {
  readonly overdueAfterHours?: number | undefined;
  /** What was refreshed before is of no account. */
  readonly since: Date;
}

/** Tells how an export follows its segments' refreshes, by its schedule and the system's. */
export function followedRefreshes(
  { schedule, followsSince, createdAt }: FollowingSchedule,
  system: SystemSchedule,
): FollowedRefreshes | undefined {
  switch (schedule.mode) {
    case "onRefresh":
      return {
        overdueAfterHours: schedule.overdueAfterHours,
        since: new Date(followsSince ?? createdAt),
      };
    case "system": {
      const starts = [createdAt, followsSince, system.updatedAt].flatMap((at) =>
        at === undefined ? [] : [Date.parse(at)],
      );
      return system.active && system.onRefresh !== undefined
        ? { ...system.onRefresh, since: new Date(Math.max(...starts)) }
        : undefined;
    }
    case "own":
    case "off":
      return undefined;
  }
}

interface FollowingSchedule {
  readonly schedule: ExportSchedule;
  /** When the schedule was set; absent while it is the one that the export was made with. */
  readonly followsSince?: string | undefined;
  readonly createdAt: string;
}

/** The recurrence at which an export runs by itself; undefined when it does not. */
export function recurrenceOf(
  schedule: ExportSchedule,
  system: SystemSchedule,
): Recurrence | undefined {
  switch (schedule.mode) {
    case "system":
      return systemRecurrence(system);
    case "own":
      return schedule.recurrence;
    case "onRefresh":
    case "off":
      return undefined;
  }
}

/** The same schedule, active. One that was off gets back what it had before. */
export function switchedOn(schedule: ExportSchedule): ExportSchedule {
  if (schedule.mode !== "off") {
    return schedule;
  }
  if (schedule.onRefresh !== undefined) {
    return { mode: "onRefresh", ...schedule.onRefresh };
  }
  return schedule.recurrence === undefined
    ? { mode: "system" }
    : { mode: "own", recurrence: schedule.recurrence };
}

/** The same schedule, off; a schedule of the export's own is kept. */
export function switchedOff(schedule: ExportSchedule): ExportSchedule {
  switch (schedule.mode) {
    case "system":
      return { mode: "off" };
    case "own":
      return { mode: "off", recurrence: schedule.recurrence };
    case "onRefresh": {
      const { mode: _on, ...onRefresh } = schedule;
      return { mode: "off", onRefresh };
    }
    case "off":
      return schedule;
  }
}

/**
 * The id of the run that an export's schedule starts at an instant: the same however often the scheduler
 * tells of it, so that the run is made once.
 */
export function scheduledRunId(exportId: string, instant: Date): string {
  return `${exportId}-${instant.toISOString().slice(0, 16).replace(/\D/g, "")}`;
}

/**
 * The id of the run that a request to run all exports starts: the same however often the request is repeated.
 * The seed is the request's own.
 */
export function requestedRunId(seed: string, exportId: string): string {
  return `${seed}-${exportId}`;
}

const ULID = "[0-7][0-9A-HJKMNP-TV-Z]{25}";

/** A run's id as this system makes it: a ULID, {@link scheduledRunId} or {@link requestedRunId}. */
export const runIdSchema = z.string().regex(new RegExp(`^${ULID}(-(${ULID}|\\d{12}))?$`));
