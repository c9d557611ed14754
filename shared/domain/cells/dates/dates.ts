import {
  exists,
  isoText,
  partsOfInstant,
  readTime,
  readZone,
  type DateParts,
  type TimeParts,
} from "./date-parts";
import type { DateFormat } from "./date-format";
import { monthOfName } from "./month-names";

/** Which comes first where a date is written in figures with the year at its end. */
export type DateOrder = "dayFirst" | "monthFirst";

/** What a text comes to as a date: ISO 8601; `ambiguous`: it is another day in the other order. */
export type ReadDate =
  | { readonly kind: "date"; readonly iso: string }
  | { readonly kind: "ambiguous" | "none" };

const NONE: ReadDate = { kind: "none" };
const AMBIGUOUS: ReadDate = { kind: "ambiguous" };

/** No date is longer in any of its forms. */
const MAX_LENGTH = 100;

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?$/;
const DAY_AND_NAME =
  /^(?:\p{L}{2,12}[.,]{0,2} )?(\d{1,2})(?:st|nd|rd|th|er|º|°)?[ .-]{1,2}(?:de |of )?(\p{L}{3,12})[ .,-]{1,2}(?:del? )?(\d{4}|\d{2})$/iu;
const NAME_AND_DAY =
  /^(?:\p{L}{2,12}[.,]{0,2} )?(\p{L}{3,12})\.?[ -]{1,2}(\d{1,2})(?:st|nd|rd|th)?[ ,-]{1,2}(\d{4})$/iu;
const YEAR_AND_NAME = /^(\d{4})[ -](\p{L}{3,12})\.?[ -](\d{1,2})$/iu;
/** As Unix and its heirs print it, with the year behind the time: `Wed Jan 31 10:00:00 UTC 2024`. */
const YEAR_BEHIND_TIME =
  /^(\p{L}{3} \p{L}{3} {1,2}\d{1,2}) (\d{1,2}:\d{2}:\d{2}(?: (?:UTC|GMT|[+-]\d{4}))?) (\d{4})$/iu;
const YEAR_MONTH_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const BASIC =
  /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const ISO_HOUR = /^(\d{4}-\d{2}-\d{2})T(\d{2})(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const TIME_BEGINS = /^(.*?\d\.?)(?:\s*,|\s(?:at|um|à))?[T ]\s*(\d{1,2}[:.]\d{2}(?!\d).*)$/i;

/** Seconds since 1970 have so many digits from 1973 on, until 2286; finer units have three more each. */
const EPOCH = /^(\d{9,10}|\d{12,13}|\d{15,16}|\d{18,19})(?:\.(\d{1,9}))?$/;
/** Earlier years are what programs write for no date (0001-01-01), or misread ones. */
const EARLIEST_YEAR = 1_000;
const LATEST_EPOCH_SECONDS = Date.UTC(2100, 0, 1) / 1_000;

/**
 * Reads a date, or a date with a time: ISO 8601 in its forms, years first or last, months by their names
 * (`month-names.ts`), seconds since 1970 and their thousandths. Where day and month can be either way round, the column's
 * order decides; a year of two digits is nobody's guess.
 *
 * @param format what a person has set; then only that form is read, and beside it dates whose year comes first
 */
export function readDate(
  text: string,
  { order, format }: { order?: DateOrder | undefined; format?: DateFormat | undefined } = {},
): ReadDate {
  if (text.length > MAX_LENGTH) {
    return NONE;
  }
  const formatted = format?.read(text);
  if (formatted !== undefined) {
    return dateOf(formatted);
  }
  if (format !== undefined && !(format.isYearLast && /^\d{4}[-/.]?\d{2}/.test(text))) {
    return NONE;
  }
  const { date, time } = parted(text);
  if (time === undefined) {
    return NONE;
  }
  const parts = time === "no" ? (readBasic(text) ?? readEpoch(text)) : undefined;
  if (parts !== undefined) {
    return dateOf(parts);
  }
  const withTime = (year: number, month: number, day: number): ReadDate =>
    dateOf({ year, month, day, time: time === "no" ? undefined : time });

  const yearFirst = YEAR_FIRST.exec(date);
  if (yearFirst !== null) {
    const [, year, , month, day] = yearFirst.map(Number);
    return withTime(year ?? 0, month ?? 0, day ?? 0);
  }
  const basic = time === "no" ? null : YEAR_MONTH_DAY.exec(date);
  if (basic !== null) {
    const [, year, month, day] = basic.map(Number);
    return withTime(year ?? 0, month ?? 0, day ?? 0);
  }
  const named = readNamed(date);
  if (named !== undefined) {
    const [year, month, day] = named;
    return year.length === 2 ? AMBIGUOUS : withTime(Number(year), month, day);
  }
  const [, one, mark, other, last] = YEAR_LAST.exec(date) ?? [];
  if (one === undefined || other === undefined || last === undefined) {
    return NONE;
  }
  const [first, second] = [Number(one), Number(other)];
  if (first > 31 || second > 31 || (first > 12 && second > 12) || first === 0 || second === 0) {
    return NONE;
  }
  if (last.length === 2) {
    return AMBIGUOUS;
  }
  if (Number(last) < EARLIEST_YEAR) {
    return NONE;
  }
  const own = ownOrder(first, second, mark);
  const decided = own === "either" ? order : own;
  if (own === "same" || decided === "dayFirst") {
    return withTime(Number(last), second, first);
  }
  return decided === "monthFirst" ? withTime(Number(last), first, second) : AMBIGUOUS;
}

/** What a cell shows of its column's order of day and month; `any` if it is a date that has none to show. */
export function dateEvidence(text: string): DateOrder | "either" | "any" | "none" {
  if (text.length > MAX_LENGTH) {
    return "none";
  }
  const { date } = parted(text);
  const [, one, mark, other] = YEAR_LAST.exec(date) ?? [];
  const kind = readDate(text, { order: "dayFirst" }).kind;
  const otherKind = readDate(text, { order: "monthFirst" }).kind;
  if (kind === "none" && otherKind === "none") {
    return "none";
  }
  if (kind === "ambiguous") {
    return "either";
  }
  const own = one === undefined ? "same" : ownOrder(Number(one), Number(other), mark);
  return own === "same" ? "any" : mark === "." ? "any" : own;
}

/** With dots between them the day comes first wherever that is a custom, so long as it can. */
function ownOrder(
  first: number,
  second: number,
  mark: string | undefined,
): DateOrder | "either" | "same" {
  if (first > 12) {
    return "dayFirst";
  }
  if (second > 12) {
    return "monthFirst";
  }
  return first === second ? "same" : mark === "." ? "dayFirst" : "either";
}

/** The date's text and its time; `no` where it has none, nothing where what stands for it is none. */
function parted(written: string): { date: string; time: TimeParts | "no" | undefined } {
  const text = written.replace(YEAR_BEHIND_TIME, "$1 $3 $2").replace(/  +/g, " ");
  const [, day, hour, zone = ""] = ISO_HOUR.exec(text) ?? [];
  if (day !== undefined) {
    const read = readZone(zone);
    const time = { hour: Number(hour), minute: 0, second: 0, fraction: "", zone: read ?? "" };
    return { date: day, time: read === undefined || time.hour > 23 ? undefined : time };
  }
  const [, date, time] = TIME_BEGINS.exec(text) ?? [];
  return date === undefined || time === undefined
    ? { date: text, time: "no" }
    : { date, time: readTime(time) };
}

function readBasic(text: string): DateParts | undefined {
  const [, year, month, day, hour, minute, second = "0", fraction = "", zone = ""] =
    BASIC.exec(text) ?? [];
  const read = readZone(zone);
  if (year === undefined || read === undefined) {
    return undefined;
  }
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const time = {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    fraction,
    zone: read,
  };
  if (!exists(date) || date.year < 1800 || date.year > 2200) {
    return undefined;
  }
  if (hour === undefined) {
    return date;
  }
  const isTime = time.hour <= 23 && time.minute <= 59 && time.second <= 59;
  // Twelve digits alone may also be milliseconds.
  return isTime && !/^\d{12}$/.test(text) ? { ...date, time } : undefined;
}

function readEpoch(text: string): DateParts | undefined {
  const [, digits, fraction = ""] = EPOCH.exec(text) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const finer = digits.length < 12 ? 0 : Math.floor((digits.length - 9) / 3) * 3;
  const seconds = Number(digits.slice(0, digits.length - finer));
  if (seconds >= LATEST_EPOCH_SECONDS) {
    return undefined;
  }
  const below = digits.slice(digits.length - finer) + fraction;
  const shown = finer === 0 && /^0*$/.test(below) ? "" : below.replace(/^0+$/, "");
  return partsOfInstant(new Date(seconds * 1_000), shown);
}

function readNamed(date: string): [year: string, month: number, day: number] | undefined {
  const [, dayBefore, nameAfter, yearAfter] = DAY_AND_NAME.exec(date) ?? [];
  const [, nameBefore, dayAfter, yearLast] = NAME_AND_DAY.exec(date) ?? [];
  const [, yearFirst, nameWithin, dayLast] = YEAR_AND_NAME.exec(date) ?? [];
  const year = yearAfter ?? yearLast ?? yearFirst;
  const month = monthOfName(nameAfter ?? nameBefore ?? nameWithin ?? "");
  return year === undefined || month === 0
    ? undefined
    : [year, month, Number(dayBefore ?? dayAfter ?? dayLast)];
}

function dateOf(parts: DateParts): ReadDate {
  return parts.year >= EARLIEST_YEAR && exists(parts)
    ? { kind: "date", iso: isoText(parts) }
    : NONE;
}
