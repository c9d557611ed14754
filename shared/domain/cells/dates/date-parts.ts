/** A point in time as a cell says it: a zone is neither added nor changed. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time?: TimeParts | undefined;
}

export interface TimeParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Digits after the second's point. */
  readonly fraction: string;
  /** `Z`, `+01:00`, or nothing. */
  readonly zone: string;
}

/** Klaviyo's published forms of a time have at most so many digits of a second's fraction. */
const MOST_FRACTION_DIGITS = 6;

const TIME =
  /^(\d{1,2})([:.])(\d{2})(?:\2(\d{2})(?:[.,](\d{1,9}))?)?(?:\s?([ap])\.?\s?m\.?)?\s?((?:UTC|GMT|Z)?(?:[+-]\d{2}(?::?\d{2})?)?)$/i;
/** What programs put behind an offset and call the zone besides: `(CET)`, `[Europe/Berlin]`, ` UTC`. */
const ZONE_NAME = /(?<=Z|\d)(?:\s?\([^()]{1,60}\)|\[[\w/+-]{1,40}\]|\s[A-Z]{3,4})$/;
const ENDS_IN_OFFSET = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;
const ZONE = /^(?:UTC|GMT|Z)?(?:([+-])(\d{2}):?(\d{2})?)?$/i;
const FURTHEST_ZONE_HOURS = 14;

/** Reads a time of day with or without seconds, a fraction, `AM` or `PM`, and a zone. */
export function readTime(text: string): TimeParts | undefined {
  const bare = text.replace(ZONE_NAME, "");
  const [, hour, , minute, second = "0", fraction = "", half, zone = ""] =
    TIME.exec(bare !== text && ENDS_IN_OFFSET.test(bare) ? bare : text) ?? [];
  const read = readZone(zone);
  if (hour === undefined || read === undefined) {
    return undefined;
  }
  const hours = half === undefined ? Number(hour) : hourOfHalf(Number(hour), half);
  const time = {
    hour: hours,
    minute: Number(minute),
    second: Number(second),
    fraction,
    zone: read,
  };
  return time.hour <= 23 && time.hour >= 0 && time.minute <= 59 && time.second <= 59
    ? time
    : undefined;
}

/** `+02` and `+0200` as `+02:00`, and UTC's names as `Z`; undefined for what is no zone. */
export function readZone(text: string): string | undefined {
  if (text === "") {
    return "";
  }
  const [whole, sign, hours, minutes = "00"] = ZONE.exec(text) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  if (sign === undefined || hours === undefined) {
    return "Z";
  }
  const exists = Number(hours) <= FURTHEST_ZONE_HOURS && Number(minutes) <= 59;
  return exists ? `${sign}${hours}:${minutes}` : undefined;
}

/** The hour of a day from that of a half day; -1 where there is none such. */
export function hourOfHalf(hour: number, half: string): number {
  if (hour < 1 || hour > 12) {
    return -1;
  }
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

/** Whether there is such a day. */
export function exists({ year, month, day }: DateParts): boolean {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const days = new Date(Date.UTC(2000, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 && !leap ? 28 : days);
}

/** The extended form of ISO 8601, with seconds where there is a time. */
export function isoText({ year, month, day, time }: DateParts): string {
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  if (time === undefined) {
    return date;
  }
  const { hour, minute, second, zone } = time;
  const fraction = time.fraction.slice(0, MOST_FRACTION_DIGITS);
  return (
    `${date}T${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}` +
    `${fraction === "" ? "" : `.${fraction}`}${zone}`
  );
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}

/** The day and time of an instant, in UTC. */
export function partsOfInstant(instant: Date, fraction: string): DateParts {
  return {
    year: instant.getUTCFullYear(),
    month: instant.getUTCMonth() + 1,
    day: instant.getUTCDate(),
    time: {
      hour: instant.getUTCHours(),
      minute: instant.getUTCMinutes(),
      second: instant.getUTCSeconds(),
      fraction,
      zone: "Z",
    },
  };
}
