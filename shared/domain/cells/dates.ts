import {
  exists,
  isoText,
  monthOfName,
  partsOfInstant,
  readTime,
  readZone,
  type DateParts,
  type TimeParts,
} from "./date-parts";
import type { DateFormat } from "./date-format";

/** Which comes first where a date is written in figures with the year at its end. */
export type DateOrder = "dayFirst" | "monthFirst";

/** What a text comes to as a date: ISO 8601; `ambiguous`: it is another day in the other order. */
export type ReadDate =
  { readonly kind: "date"; readonly iso: string } | { readonly kind: "ambiguous" | "none" };

const NONE: ReadDate = { kind: "none" };
const AMBIGUOUS: ReadDate = { kind: "ambiguous" };

/** No date is longer in any of its forms. */
const MAX_LENGTH = 100;

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})$/;
const DAY_AND_NAME =
  /^(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ .-]{1,2}([a-z]{3,9})[ .,-]{1,2}(\d{4})$/i;
const NAME_AND_DAY = /^(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i;
const MONTH_NAME =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;
const BASIC =
  /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const ISO_HOUR = /^(\d{4}-\d{2}-\d{2})T(\d{2})(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const TIME_BEGINS = /^(.*?\d)(?:\s*,)?[T ]\s*(\d{1,2}:\d{2}.*)$/i;

/** Seconds since 1970 have so many digits from 1973 on, until 2286; finer units have three more each. */
const EPOCH = /^(\d{9,10}|\d{12,13}|\d{15,16})(?:\.(\d{1,9}))?$/;
const LATEST_EPOCH_SECONDS = Date.UTC(2100, 0, 1) / 1_000;

/**
 * Reads a date, or a date with a time: ISO 8601 in its forms, years first or last, English names of months,
 * seconds, milliseconds and microseconds since 1970. Where day and month can be either way round, the column's
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

  const [, year, , month, day] = YEAR_FIRST.exec(date) ?? [];
  if (year !== undefined) {
    return withTime(Number(year), Number(month), Number(day));
  }
  const named = readNamed(date);
  if (named !== undefined) {
    return withTime(...named);
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
  const [, one, mark, other, last] = YEAR_LAST.exec(date) ?? [];
  const kind = readDate(text, { order: "dayFirst" }).kind;
  const otherKind = readDate(text, { order: "monthFirst" }).kind;
  if (kind === "none" && otherKind === "none") {
    return "none";
  }
  if (last?.length === 2) {
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
function parted(text: string): { date: string; time: TimeParts | "no" | undefined } {
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
  const finer = digits.length > 13 ? 6 : digits.length > 10 ? 3 : 0;
  const seconds = Number(digits.slice(0, digits.length - finer));
  if (seconds >= LATEST_EPOCH_SECONDS) {
    return undefined;
  }
  const below = digits.slice(digits.length - finer) + fraction;
  const shown = finer === 0 && /^0*$/.test(below) ? "" : below.replace(/^0+$/, "");
  return partsOfInstant(new Date(seconds * 1_000), shown);
}

function readNamed(date: string): [year: number, month: number, day: number] | undefined {
  const [, dayBefore, nameAfter, yearAfter] = DAY_AND_NAME.exec(date) ?? [];
  const [, nameBefore, dayAfter, yearLast] = NAME_AND_DAY.exec(date) ?? [];
  const name = nameAfter ?? nameBefore;
  return name === undefined || !MONTH_NAME.test(name)
    ? undefined
    : [Number(yearAfter ?? yearLast), monthOfName(name), Number(dayBefore ?? dayAfter)];
}

function dateOf(parts: DateParts): ReadDate {
  return exists(parts) ? { kind: "date", iso: isoText(parts) } : NONE;
}
