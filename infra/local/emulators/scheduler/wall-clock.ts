/** A moment as a clock on the wall of a time zone shows it, to the second. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError when the time zone is not in the IANA database. */
export function wallClockAt(instant: number, timeZone: string): WallClock {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "iso8601",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
    second: read("second"),
  };
}

/** The wall clock's reading as if it were UTC: two readings can be compared and subtracted. */
function asUtc(wall: WallClock): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
}

/**
 * The moment at which the wall clock shows this. The first of the two when it does so twice; when
 * it never does (the hour that summer time leaves out), the moment as far behind the change.
 */
export function instantOf(wall: WallClock, timeZone: string): number {
  const wanted = asUtc(wall);
  const day = 24 * 60 * 60 * 1000;
  const offsetAround = (instant: number): number => asUtc(wallClockAt(instant, timeZone)) - instant;
  const before = wanted - offsetAround(wanted - day);
  if (asUtc(wallClockAt(before, timeZone)) === wanted) return before;
  const after = wanted - offsetAround(wanted + day);
  return asUtc(wallClockAt(after, timeZone)) === wanted ? after : before;
}

/** Whether the wall clock showed the same once before: the second pass after summer time ends. */
export function isSecondPass(instant: number, timeZone: string): boolean {
  return instantOf(wallClockAt(instant, timeZone), timeZone) < instant - (instant % 1000);
}
