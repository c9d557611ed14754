import { isIP } from "node:net";
import { parseJsonExactly } from "./exact-json";
import { isKeptExactly } from "./exact-number";
import type { PropertyType } from "./klaviyo-fields";
import type { ValueRule } from "./field-mapping";

/** Why a value is left out of a profile, as a warning says it after the field's name. */
export const dropReasons = {
  notPhone: "holds no valid phone number there",
  notLocale: "holds no language with a country there",
  notUrl: "holds no http or https URL there",
  notCoordinate: "holds no number within the coordinate's range there",
  notTimeZone: "holds no name of a time zone there",
  notIp: "holds no IP address there",
  tooLong: "holds a text there that is too long",
  notType: "holds a value there that is not of the property's type",
} as const;
export type DropReason = keyof typeof dropReasons;

export function isDropReason(text: string): text is DropReason {
  return Object.hasOwn(dropReasons, text);
}

/** What one cell comes to: a JSON value to send, nothing because it is empty, or nothing because it is unfit. */
export type ReadValue =
  | { readonly kind: "value"; readonly json: string }
  | { readonly kind: "empty" }
  | { readonly kind: "dropped"; readonly reason: DropReason };

/** A phone number in E.164, or nothing when it is none. */
export type PhoneReader = (text: string, defaultCountry: string | undefined) => string | undefined;

/** Reads one cell: CSV's text, or what a typed source holds. */
export type ValueReader = (value: unknown) => ReadValue;

const EMPTY: ReadValue = { kind: "empty" };
/** Klaviyo documents no limit; longer ones are what another vendor's client refuses to send. */
const EXTERNAL_ID_MAX_LENGTH = 255;
/** Distinct values whose judgement is kept, and how long they may be. */
const REMEMBERED_VALUES = 10_000;
const REMEMBERED_LENGTH = 100;

const LOCALE = /^([a-z]{2,3})[-_]([a-z]{2})$/i;
const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,9})?)?\s?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/i;
const TRUE = new Set(["true", "yes", "1"]);
const FALSE = new Set(["false", "no", "0"]);

/**
 * A plain text: printable ASCII without quotes and backslashes, and without outer space. It needs no
 * trimming, no cleaning and no escapes. In the common subset of JavaScript's and RE2's syntax.
 */
export const PLAIN_TEXT_PATTERN = "^[!#-\\x5B\\x5D-~](?:[ !#-\\x5B\\x5D-~]*[!#-\\x5B\\x5D-~])?$";

/**
 * Up to which length the rule's reader makes plain texts themselves in quotes, so that it need not be
 * asked; 0 where it does something else with them.
 */
export function plainTextLength(rule: ValueRule): number {
  switch (rule.kind) {
    case "text":
      return Infinity;
    case "externalId":
      return EXTERNAL_ID_MAX_LENGTH;
    case "property":
      return rule.type === undefined || rule.type === "text" ? Infinity : 0;
    default:
      return 0;
  }
}

/** Makes the reader of one mapped field's cells. */
export function createValueReader(rule: ValueRule, readPhone: PhoneReader): ValueReader {
  switch (rule.kind) {
    case "text":
      return textReader((text) => valueOf(JSON.stringify(text)));
    case "externalId":
      return textReader((text) =>
        text.length > EXTERNAL_ID_MAX_LENGTH ? dropped("tooLong") : valueOf(JSON.stringify(text)),
      );
    case "phone": {
      const { defaultCountry } = rule;
      return textReader((text) => {
        const number = readPhone(text, defaultCountry);
        return number === undefined ? dropped("notPhone") : valueOf(`"${number}"`);
      });
    }
    case "locale":
      return textReader(
        remembering((text) => {
          const [, language, country] = LOCALE.exec(text) ?? [];
          return language === undefined || country === undefined
            ? dropped("notLocale")
            : valueOf(`"${language.toLowerCase()}-${country.toUpperCase()}"`);
        }),
      );
    case "url":
      return textReader((text) =>
        /^https?:\/\//i.test(text) && URL.canParse(text)
          ? valueOf(JSON.stringify(text))
          : dropped("notUrl"),
      );
    case "latitude":
      return textReader((text) => coordinate(text, 90));
    case "longitude":
      return textReader((text) => coordinate(text, 180));
    case "timeZone":
      return textReader(
        remembering((text) =>
          isTimeZone(text) ? valueOf(JSON.stringify(text)) : dropped("notTimeZone"),
        ),
      );
    case "ip":
      return textReader((text) =>
        isIP(text) === 0 || text.includes("%") ? dropped("notIp") : valueOf(JSON.stringify(text)),
      );
    case "property":
      return rule.type === "list" ? listReader(rule.separator) : propertyReader(rule.type);
  }
}

function propertyReader(type: Exclude<PropertyType, "list"> | undefined): ValueReader {
  switch (type) {
    case "text":
      return textReader((text) => valueOf(JSON.stringify(text)));
    case "number":
      return textReader(numberValue);
    case "boolean":
      return textReader((text) => {
        const plain = text.toLowerCase();
        return TRUE.has(plain)
          ? valueOf("true")
          : FALSE.has(plain)
            ? valueOf("false")
            : dropped("notType");
      });
    case "date":
      return textReader(remembering(dateValue));
    case "json":
      return (value) => {
        if (typeof value !== "string") {
          return jsonValue(value);
        }
        const text = trimmed(value);
        if (text === "") {
          return EMPTY;
        }
        try {
          return jsonValue(parseJsonExactly(text));
        } catch {
          return dropped("notType");
        }
      };
    case undefined:
      return (value) => (typeof value === "string" ? textValue(value) : jsonValue(value));
  }
}

function listReader(separator: string): ValueReader {
  return (value) => {
    if (typeof value !== "string") {
      return value === null || value === undefined
        ? EMPTY
        : jsonValue(Array.isArray(value) ? value : [value]);
    }
    const text = trimmed(value);
    if (text === "") {
      return EMPTY;
    }
    if (text.startsWith("[")) {
      try {
        const parsed = parseJsonExactly(text);
        return Array.isArray(parsed) ? jsonValue(parsed) : dropped("notType");
      } catch {
        return dropped("notType");
      }
    }
    const items = text
      .split(separator)
      .map(trimmed)
      .filter((item) => item !== "");
    return valueOf(JSON.stringify(items));
  };
}

/** Reads what any cell is as text; a cell of nothing but white space is empty. */
function textReader(read: (text: string) => ReadValue): ValueReader {
  return (value) => {
    if (value === null || value === undefined) {
      return EMPTY;
    }
    const text = trimmed(typeof value === "string" ? value : JSON.stringify(value));
    return text === "" ? EMPTY : read(text);
  };
}

function textValue(value: string): ReadValue {
  const text = trimmed(value);
  return text === "" ? EMPTY : valueOf(JSON.stringify(text));
}

function jsonValue(value: unknown): ReadValue {
  return value === null || value === undefined ? EMPTY : valueOf(JSON.stringify(cleaned(value)));
}

function numberValue(text: string): ReadValue {
  return NUMBER.test(text) && isKeptExactly(text)
    ? valueOf(JSON.stringify(Number(text)))
    : dropped("notType");
}

function coordinate(text: string, most: number): ReadValue {
  const number = Number(text);
  return NUMBER.test(text) && Math.abs(number) <= most
    ? valueOf(JSON.stringify(number))
    : dropped("notCoordinate");
}

/** A date that exists, in the extended form of ISO 8601; a zone is neither added nor changed. */
function dateValue(text: string): ReadValue {
  const [, year, month, day, hour, minute, second = "00", fraction = "", zone = ""] =
    DATE.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    return dropped("notType");
  }
  const days = new Date(Date.UTC(2000, Number(month), 0)).getUTCDate();
  const leap = new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() === 1;
  const exists =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= (Number(month) === 2 && !leap ? 28 : days);
  if (!exists) {
    return dropped("notType");
  }
  const date = `${year}-${month}-${day}`;
  return hour === undefined || minute === undefined
    ? valueOf(`"${date}"`)
    : valueOf(`"${date}T${hour}:${minute}:${second}${fraction}${extendedZone(zone)}"`);
}

/** `+02` and `+0200` as `+02:00`. */
function extendedZone(zone: string): string {
  if (zone === "" || zone.length === 6) {
    return zone;
  }
  return zone.length === 1
    ? "Z"
    : `${zone.slice(0, 3)}:${zone.length === 5 ? zone.slice(3) : "00"}`;
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) {
    return false;
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Keeps the judgements of the values that were seen first; few fields have more distinct ones. */
function remembering(read: (text: string) => ReadValue): (text: string) => ReadValue {
  const known = new Map<string, ReadValue>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) {
      return before;
    }
    const found = read(text);
    if (known.size < REMEMBERED_VALUES && text.length <= REMEMBERED_LENGTH) {
      known.set(text, found);
    }
    return found;
  };
}

/** Without outer white space, NUL characters and halves of characters, none of which are text to Klaviyo. */
function trimmed(text: string): string {
  return cleanText(text).trim();
}

function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", "") : whole;
}

function cleaned(value: unknown): unknown {
  if (typeof value === "string") {
    return cleanText(value);
  }
  if (Array.isArray(value)) {
    return value.map(cleaned);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [cleanText(key), cleaned(inner)]),
  );
}

function valueOf(json: string): ReadValue {
  return { kind: "value", json };
}

function dropped(reason: DropReason): ReadValue {
  return { kind: "dropped", reason };
}
