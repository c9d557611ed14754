import { daysName, hasSlot, slotName, slotsOf, type Slot } from "./recurrence";
import { systemRecurrence, type ExportSchedule, type SystemSchedule } from "./schedule";

/**
 * Under what an export is found that runs by itself: whether it follows refreshes or the system's schedule, or else the
 * time of its own. Those that have several times a day are found under their days.
 */
export type ScheduleKey = "refreshes" | "system" | `own ${string}`;

/** The key of an export with this schedule; undefined when it does not run by itself. */
export function scheduleKeyOf(schedule: ExportSchedule): ScheduleKey | undefined {
  switch (schedule.mode) {
    case "system":
      return "system";
    case "onRefresh":
      return "refreshes";
    case "own": {
      const [slot, another] = slotsOf(schedule.recurrence);
      if (slot === undefined) {
        return undefined;
      }
      return another === undefined ? atTime(slot) : onDays(slot);
    }
    case "off":
      return undefined;
  }
}

/** The keys of all exports that may be due at a slot. */
export function keysDueAt(slot: Slot, system: SystemSchedule): readonly ScheduleKey[] {
  return [
    ...(hasSlot(systemRecurrence(system), slot) ? (["system"] as const) : []),
    atTime(slot),
    onDays(slot),
  ];
}

const atTime = (slot: Slot): ScheduleKey => `own ${slotName(slot)}`;

const onDays = (slot: Slot): ScheduleKey => `own ${daysName(slot)}`;
