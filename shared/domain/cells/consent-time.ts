import { textOfValue } from "../profiles/value-depth";
import type { ColumnHabit } from "./column-habit";
import { parseDateFormat } from "./dates/date-format";
import { readDate } from "./dates/dates";
import { isNullWord } from "./null-words";
import { unwrapped } from "./wrapping";

/** Nobody agreed by email to being mailed before; a year further back was misread or made up. */
const EARLIEST_CONSENT_YEAR = 1990;

/**
 * Makes the reader of when a member consented: an instant in UTC, as ISO 8601. A time without a zone is one of
 * UTC, a day begins at midnight. Undefined for what is no such time, can be read in two ways, or is implausible.
 */
export function createConsentTimeReader(
  format: string | undefined,
  habit: ColumnHabit,
): (value: unknown) => string | undefined {
  const column = {
    order: habit.dateOrder,
    format: format === undefined ? undefined : parseDateFormat(format),
  };
  return (value) => {
    if (value === null || value === undefined) {
      return undefined;
    }
    const text = unwrapped(textOfValue(value));
    const read = text === "" || isNullWord(text) ? undefined : readDate(text, column);
    if (read?.kind !== "date") {
      return undefined;
    }
    const { iso } = read;
    const time = iso.includes("T") ? iso : `${iso}T00:00:00`;
    const instant = new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(time) ? time : `${time}Z`);
    const isPlausible = instant.getUTCFullYear() >= EARLIEST_CONSENT_YEAR;
    return Number.isNaN(instant.getTime()) || !isPlausible ? undefined : instant.toISOString();
  };
}
