import type { Recurrence, Slot } from "../domain/schedules/recurrence";
import type { SystemSchedule } from "../domain/schedules/schedule";

/** What is set for the whole system. */
export interface SettingsStore {
  /** Off when nobody has set it. */
  getSystemSchedule(): Promise<SystemSchedule>;
  /** Replaces the schedule if the stored version is still `expectedVersion`; returns whether it was. */
  putSystemSchedule(schedule: SystemSchedule, expectedVersion: number): Promise<boolean>;
  /** When all exports were last looked through and each was in its place in the index; undefined if never. */
  indexFoundWhole(): Promise<Date | undefined>;
  noteIndexFoundWhole(at: Date): Promise<void>;
}

/** The alarm clock: tells the start queue when a slot is due. */
export interface Timetable {
  /** Makes the slot's schedule, or makes it as it should be. */
  ensure(slot: Slot): Promise<void>;
  /** Removing what is not there succeeds. */
  remove(slot: Slot): Promise<void>;
}

/** Calendar arithmetic. */
export interface Calendar {
  /** The next instants of a recurrence after one, earliest first. */
  nextInstants(recurrence: Recurrence, after: Date, count: number): readonly Date[];
}
