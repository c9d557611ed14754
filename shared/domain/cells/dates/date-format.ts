import { exists, hourOfHalf, readZone, type DateParts } from "./date-parts";
import { monthOfName } from "./month-names";

/** How dates are written in a column, as a person has set it. */
export interface DateFormat {
  /** Undefined for a text that is not written so. */
  read(text: string): DateParts | undefined;
  /** Dates whose year comes first can't be taken for dates of this form. */
  readonly isYearLast: boolean;
}

/** Parts of a format by their letters, as Java, .NET and spreadsheets name them. */
const tokens = {
  yyyy: "(\\d{4})",
  yy: "(\\d{2})",
  MMMM: "(\\p{L}{3,12})",
  MMM: "(\\p{L}{3,12})\\.?",
  MM: "(\\d{2})",
  M: "(\\d{1,2})",
  dd: "(\\d{2})",
  d: "(\\d{1,2})",
  HH: "(\\d{2})",
  H: "(\\d{1,2})",
  hh: "(\\d{2})",
  h: "(\\d{1,2})",
  mm: "(\\d{2})",
  m: "(\\d{1,2})",
  ss: "(\\d{2})",
  s: "(\\d{1,2})",
  S: "(\\d{1,9})",
  a: "([APap])\\.?[Mm]\\.?",
  X: "(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)",
} as const;
type Token = keyof typeof tokens;
const TOKEN =
  /yyyy|yy|MMMM|MMM|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|S+|a|X{1,3}|'([^']*)'|[A-Za-z]+|[^A-Za-z']+|'/g;

const MAX_FORMAT_LENGTH = 60;
/** POSIX's reading of years of two digits: 69 to 99 are of the 20th century. */
const FIRST_OF_1900S = 69;

/** Why a text is no format of dates, as a sentence for whoever wrote it; undefined when it is one. */
export function faultOfDateFormat(text: string): string | undefined {
  if (text.length > MAX_FORMAT_LENGTH) {
    return `a date's format has at most ${MAX_FORMAT_LENGTH} characters`;
  }
  const { names, unknown } = taken(text);
  if (unknown !== undefined) {
    return `a date's format has no part “${unknown}”; it has yyyy, yy, MM, MMM, dd, HH, hh, mm, ss, SSS, a and X, and other letters in '…'`;
  }
  const families = names.map(familyOf);
  if (new Set(families).size !== families.length) {
    return "a date's format names each part once";
  }
  const has = (family: string): boolean => families.includes(family);
  if (!has("y") || !has("M") || !has("d")) {
    return "a date's format names the year (yyyy), the month (MM) and the day (dd)";
  }
  if ((has("m") || has("s") || has("S") || has("a")) && !has("H")) {
    return "a date's format that names minutes names hours too (HH)";
  }
  return names.some((name) => name.startsWith("h")) !== has("a")
    ? "hours of half a day (hh) go together with AM or PM (a)"
    : undefined;
}

/** Reads a format that `faultOfDateFormat` finds no fault with. */
export function parseDateFormat(text: string): DateFormat {
  const { pattern, names } = taken(text);
  const expression = new RegExp(`^${pattern}$`, "u");
  return {
    isYearLast: names[0] !== "yyyy",
    read(cell) {
      const found = expression.exec(cell.replace(/\s+/g, " "));
      if (found === null) {
        return undefined;
      }
      const value = (family: string): string | undefined =>
        found[names.findIndex((name) => familyOf(name) === family) + 1];
      return partsOf(names, (family) =>
        names.some((name) => familyOf(name) === family) ? value(family) : undefined,
      );
    },
  };
}

function partsOf(
  names: readonly Token[],
  value: (family: string) => string | undefined,
): DateParts | undefined {
  const year = Number(value("y"));
  const month = value("M") ?? "";
  const date = {
    year: names.includes("yy") ? year + (year >= FIRST_OF_1900S ? 1_900 : 2_000) : year,
    month: /^\d/.test(month) ? Number(month) : monthOfName(month),
    day: Number(value("d")),
  };
  const written = value("H");
  if (written === undefined) {
    return exists(date) ? date : undefined;
  }
  const half = value("a");
  const zone = readZone(value("X") ?? "");
  const time = {
    hour: half === undefined ? Number(written) : hourOfHalf(Number(written), half),
    minute: Number(value("m") ?? 0),
    second: Number(value("s") ?? 0),
    fraction: value("S") ?? "",
    zone: zone ?? "",
  };
  const isTime = time.hour >= 0 && time.hour <= 23 && time.minute <= 59 && time.second <= 59;
  return isTime && zone !== undefined && exists(date) ? { ...date, time } : undefined;
}

/** A format as a regular expression with a group for each of its parts. */
function taken(text: string): {
  pattern: string;
  names: readonly Token[];
  unknown: string | undefined;
} {
  const names: Token[] = [];
  let pattern = "";
  let unknown: string | undefined;
  for (const [part, quoted] of text.matchAll(TOKEN)) {
    const name = /^S+$/.test(part) ? "S" : /^X+$/.test(part) ? "X" : part;
    if (isToken(name)) {
      names.push(name);
      pattern += tokens[name];
    } else if (quoted !== undefined || part === "T" || /^[^A-Za-z']+$/.test(part)) {
      pattern += (quoted ?? part).replace(/\s+/g, " ").replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    } else {
      unknown ??= part;
    }
  }
  return { pattern, names, unknown };
}

function isToken(text: string): text is Token {
  return Object.hasOwn(tokens, text);
}

/** Hours of a day and of half a day are one part, as are a month's figures and its name. */
function familyOf(name: Token): string {
  return name.startsWith("h") ? "H" : name.slice(0, 1);
}
