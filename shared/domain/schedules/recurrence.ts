import * as z from "zod";

/** Times of the wall clock at which something happens again and again. */

export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof weekdays)[number];

/** Most times a day, as the re-created product has it. */
const MOST_TIMES_A_DAY = 4;

const timeSchema = z
  .string()
  .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, "a time is written as HH:MM, from 00:00 to 23:59");
const timesSchema = z
  .array(timeSchema)
  .min(1)
  .max(MOST_TIMES_A_DAY)
  .refine((times) => new Set(times).size === times.length, "a time is named twice");
const daysSchema = z
  .array(z.enum(weekdays))
  .min(1)
  .refine((days) => new Set(days).size === days.length, "a day is named twice");

/**
 * A time zone of the IANA database, such as `Europe/Berlin` or `UTC`. Offsets such as `+02:00` are refused:
 * they know no daylight saving, and EventBridge Scheduler does not take them. Its names have at most 50
 * characters.
 */
const timeZoneSchema = z
  .string()
  .max(50)
  .regex(/^(?:UTC|[A-Z][A-Za-z_-]+(?:\/[A-Z][A-Za-z_-]+){1,2})$/, "not the name of a time zone")
  .refine(isTimeZone, "there is no such time zone; Europe/Berlin is an example of one");

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** When something recurs; every time holds for every day of it. */
export const recurrenceSchema = z.discriminatedUnion("frequency", [
  z.strictObject({ frequency: z.literal("daily"), times: timesSchema, timeZone: timeZoneSchema }),
  z.strictObject({
    frequency: z.literal("weekly"),
    days: daysSchema,
    times: timesSchema,
    timeZone: timeZoneSchema,
  }),
]);
export type Recurrence = z.infer<typeof recurrenceSchema>;

/**
 * One time of a recurrence, on all its days. Recurrences that have a slot in common share its EventBridge
 * schedule, however many exports they belong to.
 */
export const slotSchema = z.strictObject({
  time: timeSchema,
  /** In the week's order, so that equal slots are written alike. */
  days: daysSchema,
  timeZone: timeZoneSchema,
});
export type Slot = z.infer<typeof slotSchema>;

export function slotsOf(recurrence: Recurrence): readonly Slot[] {
  const { times, timeZone } = recurrence;
  const days =
    recurrence.frequency === "daily"
      ? [...weekdays]
      : weekdays.filter((day) => recurrence.days.includes(day));
  return times.map((time) => ({ time, days, timeZone }));
}

/**
 * Names a slot: `1234567-0630-Europe.Berlin` is every day (Monday is 1) at half past six in Berlin. At most
 * 63 characters, all of which may be in a schedule's name.
 */
export function slotName({ time, days, timeZone }: Slot): string {
  return named(days, time.replace(":", ""), timeZone);
}

/** Names what the slots of one recurrence have in common: `1234567--Europe.Berlin` is any time of every day in Berlin. */
export function daysName({ days, timeZone }: Slot): string {
  return named(days, "", timeZone);
}

function named(days: readonly Weekday[], time: string, timeZone: string): string {
  const numbers = days.map((day) => weekdays.indexOf(day) + 1).join("");
  return `${numbers}-${time}-${timeZone.replaceAll("/", ".")}`;
}

export function hasSlot(recurrence: Recurrence | undefined, slot: Slot): boolean {
  const name = slotName(slot);
  return recurrence !== undefined && slotsOf(recurrence).some((own) => slotName(own) === name);
}

/** The slots of several recurrences, each once. */
export function distinctSlots(recurrences: readonly (Recurrence | undefined)[]): readonly Slot[] {
  const slots = recurrences.flatMap((recurrence) =>
    recurrence === undefined ? [] : slotsOf(recurrence),
  );
  return [...new Map(slots.map((slot) => [slotName(slot), slot])).values()];
}
