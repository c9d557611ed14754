import { readBoolean } from "../cells/booleans";
import type { ColumnHabit } from "../cells/column-habit";
import { parseDateFormat } from "../cells/dates/date-format";
import { readDate } from "../cells/dates/dates";
import { readListText } from "../cells/list-text";
import { isAlwaysNull, isNullWord } from "../cells/null-words";
import { readNumber } from "../cells/numbers";
import { unwrapped } from "../cells/wrapping";
import { parseJsonExactly } from "./exact-json";
import { isIpAddress } from "./ip-address";
import type { ValueRule } from "../exports/field-mapping";
import { cleaned, cleanText } from "./clean-value";
import { isTooDeep, textOfValue } from "./value-depth";

/** Why a value is left out of a profile, as a warning says it after the field's name. */
export const dropReasons = {
  notPhone: "holds no valid phone number there",
  phoneAmbiguous:
    "holds a phone number there that may or may not begin with the country's code, and is valid either way",
  notLocale: "holds no language with a country there",
  notUrl: "holds no http or https URL there",
  notCoordinate: "holds no number within the coordinate's range there",
  notTimeZone: "holds no name of a time zone there",
  notIp: "holds no IP address there",
  tooLong: "holds a text there that is too long",
  tooDeep: "holds a value there that is nested too deeply",
  notType: "holds a value there that is not of the property's type",
  numberAmbiguous:
    "holds a number there that is another with the other decimal mark; say which in the mapping, as decimal",
  dateAmbiguous:
    "holds a date there that can be read in more than one way; say which in the mapping, as format",
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

/** A phone number in E.164, or why there is none. */
export type ReadPhone =
  | { readonly kind: "number"; readonly number: string }
  | { readonly kind: "none" }
  /** It is valid with its country's code and without, and a different number each time. */
  | { readonly kind: "ambiguous" };

export type PhoneReader = (
  cell: string,
  column: {
    /** Where numbers are from that don't say it. */
    readonly defaultCountry: string | undefined;
    /** With which country's code most of the column's numbers begin that have no plus. */
    readonly codeWithoutPlus?: string | undefined;
  },
) => ReadPhone;

/** Reads one cell: CSV's text, or what a typed source holds. */
export type ValueReader = (value: unknown) => ReadValue;

const EMPTY: ReadValue = { kind: "empty" };
/** Klaviyo documents no limit; longer ones are what another vendor's client refuses to send. */
const EXTERNAL_ID_MAX_LENGTH = 255;
/** Distinct values whose judgement is kept, and how long they may be. */
const REMEMBERED_VALUES = 10_000;
const REMEMBERED_LENGTH = 100;

const LOCALE = /^([a-z]{2,3})[-_]([a-z]{2})$/i;
const COORDINATE_WITH_COMMA = /^[+-]?\d{1,3},\d+$/;

/**
 * A plain text: printable ASCII without quotes and backslashes, without outer space and without an apostrophe
 * before it. It needs no unwrapping, no cleaning and no escapes. In the common subset of JavaScript's and RE2's
 * syntax.
 */
export const PLAIN_TEXT_PATTERN = "^[!#-&(-\\x5B\\x5D-~](?:[ !#-\\x5B\\x5D-~]*[!#-\\x5B\\x5D-~])?$";

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

/** Makes the reader of one mapped field's cells, which goes by what is known of their column. */
export function createValueReader(
  rule: ValueRule,
  readPhone: PhoneReader,
  habit: ColumnHabit = {},
): ValueReader {
  switch (rule.kind) {
    case "text":
      return anyTextReader(habit, (text) => valueOf(JSON.stringify(text)));
    case "externalId":
      return anyTextReader(habit, (text) =>
        text.length > EXTERNAL_ID_MAX_LENGTH ? dropped("tooLong") : valueOf(JSON.stringify(text)),
      );
    case "phone": {
      const column = { defaultCountry: rule.defaultCountry, codeWithoutPlus: habit.countryCode };
      return textReader((text) => phoneValue(readPhone(text, column)));
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
        isIpAddress(text) ? valueOf(JSON.stringify(text)) : dropped("notIp"),
      );
    case "property":
      return rule.type === "list" ? listReader(rule.separator) : propertyReader(rule, habit);
  }
}

function propertyReader(
  rule: Exclude<Extract<ValueRule, { kind: "property" }>, { type: "list" }>,
  habit: ColumnHabit,
): ValueReader {
  switch (rule.type) {
    case "text":
      return anyTextReader(habit, (text) => valueOf(JSON.stringify(text)));
    case "number":
      return numberReader(rule, habit);
    case "boolean":
      return textReader((text) => {
        const read = readBoolean(text);
        return read === undefined ? dropped("notType") : valueOf(String(read));
      });
    case "date":
      return dateReader(rule, habit);
    case "json":
      return (value) => {
        if (typeof value !== "string") {
          return jsonValue(value);
        }
        const text = withoutMarks(value);
        if (text === "" || isNullWord(text)) {
          return EMPTY;
        }
        try {
          return jsonValue(parseJsonExactly(text));
        } catch {
          return dropped("notType");
        }
      };
    case undefined: {
      const readText = anyTextReader(habit, (text) => valueOf(JSON.stringify(text)));
      return (value) => (typeof value === "string" ? readText(value) : jsonValue(value));
    }
  }
}

function numberReader(
  { decimal }: { readonly decimal?: ColumnHabit["decimal"] },
  habit: ColumnHabit,
): ValueReader {
  const mark = { decimal: decimal ?? habit.decimal, isSet: decimal !== undefined };
  const readText = textReader((text) => {
    const read = readNumber(text, mark);
    return read === "none"
      ? dropped("notType")
      : read === "ambiguous"
        ? dropped("numberAmbiguous")
        : valueOf(JSON.stringify(read));
  });
  return (value) => (typeof value === "number" ? valueOf(JSON.stringify(value)) : readText(value));
}

function dateReader(
  { format }: { readonly format?: string | undefined },
  habit: ColumnHabit,
): ValueReader {
  const column = {
    order: habit.dateOrder,
    format: format === undefined ? undefined : parseDateFormat(format),
  };
  return textReader(
    remembering((text) => {
      const read = readDate(text, column);
      switch (read.kind) {
        case "date":
          return valueOf(`"${read.iso}"`);
        case "ambiguous":
          return dropped("dateAmbiguous");
        case "none":
          return dropped("notType");
      }
    }),
  );
}

function listReader(separator: string): ValueReader {
  const readText = textReader(
    remembering((text) => {
      const items = readListText(text, separator);
      return items === undefined ? dropped("notType") : jsonValue(items);
    }),
  );
  return (value) => {
    if (typeof value === "string") {
      return readText(value);
    }
    return value === null || value === undefined
      ? EMPTY
      : jsonValue(Array.isArray(value) ? value : [value]);
  };
}

/** Reads what any cell is as text, of a kind that no word for nothing is of; a cell of nothing but white space is empty. */
function textReader(read: (text: string) => ReadValue): ValueReader {
  return (value) => {
    const text = textOf(value);
    return text === "" || isNullWord(text) ? EMPTY : read(text);
  };
}

/** The same where any text may stand, so that the column says which words stand for nothing. */
function anyTextReader(
  { empty = [] }: ColumnHabit,
  read: (text: string) => ReadValue,
): ValueReader {
  const nothing = new Set(empty);
  return (value) => {
    const text = textOf(value);
    return text === "" || isAlwaysNull(text) || nothing.has(text) ? EMPTY : read(text);
  };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) {
    return "";
  }
  return withoutMarks(textOfValue(value));
}

function jsonValue(value: unknown): ReadValue {
  if (value === null || value === undefined) {
    return EMPTY;
  }
  return isTooDeep(value) ? dropped("tooDeep") : valueOf(JSON.stringify(cleaned(value)));
}

function phoneValue(read: ReadPhone): ReadValue {
  switch (read.kind) {
    case "number":
      return valueOf(`"${read.number}"`);
    case "ambiguous":
      return dropped("phoneAmbiguous");
    case "none":
      return dropped("notPhone");
  }
}

/** No coordinate has thousands, so that a comma is its decimal mark. */
function coordinate(text: string, most: number): ReadValue {
  const number = readNumber(COORDINATE_WITH_COMMA.test(text) ? text.replace(",", ".") : text, {
    decimal: ".",
    isSet: true,
  });
  return typeof number === "number" && Math.abs(number) <= most && !/[^\d.,e+-]/i.test(text)
    ? valueOf(JSON.stringify(number))
    : dropped("notCoordinate");
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

/** Without what stands around it, NUL characters and halves of characters, none of which are text to Klaviyo. */
function withoutMarks(text: string): string {
  return unwrapped(cleanText(text));
}

function valueOf(json: string): ReadValue {
  return { kind: "value", json };
}

function dropped(reason: DropReason): ReadValue {
  return { kind: "dropped", reason };
}
