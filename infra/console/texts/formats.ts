import type { Language } from "./plural";

/** How numbers and times are written for a viewer. */
export interface Formats {
  readonly language: Language;
  /** The viewer's time zone, as IANA calls it. */
  readonly timeZone: string;
  readonly number: (value: number) => string;
  /** @param share from 0 to 1 */
  readonly percent: (share: number) => string;
  readonly bytes: (bytes: number) => string;
  /** Two units at most: `2 min 5 s`. Parts of a second are dropped. */
  readonly duration: (seconds: number) => string;
  /** Date and time of day. @param zone the viewer's unless another is named, which is then written out */
  readonly instant: (instant: string, zone?: string) => string;
  /** A day without a time, such as `2027-03-01`. */
  readonly day: (day: string) => string;
  /** How long ago, or in how long, in the largest unit that fits. */
  readonly distance: (instant: string, now: Date) => string;
  readonly list: (items: readonly string[]) => string;
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const durationUnits = [
  { unit: "day", seconds: DAY },
  { unit: "hour", seconds: HOUR },
  { unit: "minute", seconds: MINUTE },
  { unit: "second", seconds: 1 },
] as const;
const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Makes the formats of a language for a viewer in a time zone. */
export function formatsIn(language: Language, timeZone: string): Formats {
  const numbers = new Intl.NumberFormat(language);
  const percents = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const distances = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const lists = new Intl.ListFormat(language, { type: "conjunction" });
  const days = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const instantsIn = (zone: string, named: boolean) =>
    new Intl.DateTimeFormat(language, {
      timeZone: zone,
      year: "numeric",
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      ...(language === "en" ? { hourCycle: "h23" as const } : {}),
      ...(named ? { timeZoneName: "short" as const } : {}),
    });
  const own = instantsIn(timeZone, false);
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(language, {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: name === "byte" || value >= 100 ? 0 : 1,
    }).format(value);

  return {
    language,
    timeZone,
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    bytes: (bytes) => {
      const step = bytes < 1_000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
      return unit(bytes / 1_000 ** step, byteUnits[step] ?? "byte");
    },
    duration: (seconds) => {
      const whole = Math.max(0, Math.floor(seconds));
      const first = durationUnits.findIndex((candidate) => whole >= candidate.seconds);
      if (first === -1) {
        return unit(0, "second");
      }
      let rest = whole;
      const parts: string[] = [];
      for (const { unit: name, seconds: size } of durationUnits.slice(first, first + 2)) {
        const value = Math.floor(rest / size);
        rest -= value * size;
        if (value > 0) {
          parts.push(unit(value, name));
        }
      }
      return parts.join(" ");
    },
    instant: (instant, zone) =>
      (zone === undefined || zone === timeZone ? own : instantsIn(zone, true)).format(
        new Date(instant),
      ),
    day: (day) => days.format(new Date(day)),
    distance: (instant, now) => {
      const seconds = (Date.parse(instant) - now.getTime()) / 1_000;
      const size = Math.abs(seconds);
      if (size < MINUTE) {
        return distances.format(Math.trunc(seconds), "second");
      }
      if (size < HOUR) {
        return distances.format(Math.trunc(seconds / MINUTE), "minute");
      }
      return size < DAY
        ? distances.format(Math.trunc(seconds / HOUR), "hour")
        : distances.format(Math.trunc(seconds / DAY), "day");
    },
    list: (items) => lists.format(items),
  };
}
