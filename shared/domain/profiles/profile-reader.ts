import type { ColumnHabit } from "../cells/column-habit";
import { readConsent, type Consent } from "../cells/consent";
import { createConsentTimeReader } from "../cells/consent-time";
import type { ConsentTimeField } from "./consent-time";
import {
  mappedFields,
  type ConsentField,
  type FieldMapping,
  type MappedField,
} from "../exports/field-mapping";
import {
  createValueReader,
  isDropReason,
  plainTextLength,
  type DropReason,
  type PhoneReader,
} from "./profile-values";
import { valueShape } from "./value-shape";

/** Reads the fields of a record that a mapping maps besides the email. */
export interface ProfileReader {
  /** The segment fields that are read, each once. */
  readonly fields: readonly string[];
  /** One for each mapped field, in the order of `mappedFields`. */
  readonly parts: readonly PartReader[];
  /** What is read beside the profile and not sent with it. */
  readonly asides: readonly AsideReader[];
}

/** Reads one column of the segment for one purpose. */
export interface ColumnReader {
  /** The segment field's place among the reader's `fields`. */
  readonly source: number;
  /** Plain texts up to this length are read as themselves in quotes; 0 where the rule is another. */
  readonly plainLength: number;
  /** Plain texts that stand for nothing all the same. */
  readonly emptyWords: ReadonlySet<string>;
  /** @param value the record's value of the field: text, or what a typed source holds */
  read(value: unknown): Reading;
}

/** Reads what one mapped field is filled from. */
interface PartReader extends ColumnReader {
  readonly mapped: MappedField;
}

/**
 * Reads what is known of a member besides the profile: `consent`, one of `consentCodes`; `consented_at`, an instant
 * in UTC as a JSON text, nothing where there is none that is usable.
 */
export interface AsideReader extends ColumnReader {
  readonly name: "consent" | "consented_at";
}

/** A member's consent as a number: of several rows' with one email, the least counts. */
export const consentCodes = { refused: 0, unclear: 1, agreed: 2 } as const satisfies Record<
  Consent,
  number
>;

export interface ProfileReaderOptions {
  /** How columns are written, by their fields. */
  readonly habits?: ReadonlyMap<string, ColumnHabit> | undefined;
  readonly consent?: ConsentField | undefined;
  readonly consentTime?: ConsentTimeField | undefined;
}

/**
 * What a value comes to, as one text without control characters: a JSON value; nothing when the value is
 * empty; or `DROPPED`, the reason for which it is left out, a colon, and what it looks like.
 */
export type Reading = string;

/** No JSON value begins with it. */
export const DROPPED = "!";

/** Makes the reader of all that a mapping maps besides the email, and of what is wanted beside it. */
export function createProfileReader(
  mapping: FieldMapping,
  readPhone: PhoneReader,
  { habits = new Map<string, ColumnHabit>(), consent, consentTime }: ProfileReaderOptions = {},
): ProfileReader {
  const fields = [
    ...new Set([
      ...mappedFields(mapping).map(({ field }) => field),
      ...(consent === undefined ? [] : [consent.field]),
      ...(consentTime === undefined ? [] : [consentTime.field]),
    ]),
  ];
  const columnOf = (field: string) => ({
    source: fields.indexOf(field),
    plainLength: 0,
    emptyWords: NO_WORDS,
  });
  const asides: AsideReader[] = [];
  if (consent !== undefined) {
    const { field, meaning } = consent;
    asides.push({
      ...columnOf(field),
      name: "consent",
      read: (value) => String(consentCodes[readConsent(value, meaning)]),
    });
  }
  if (consentTime !== undefined) {
    const { field, format } = consentTime;
    const read = createConsentTimeReader(format, habits.get(field) ?? {});
    asides.push({
      ...columnOf(field),
      name: "consented_at",
      read(value) {
        const instant = read(value);
        return instant === undefined ? "" : `"${instant}"`;
      },
    });
  }
  return {
    fields,
    asides,
    parts: mappedFields(mapping).map((mapped) => {
      const habit = habits.get(mapped.field) ?? {};
      const read = createValueReader(mapped.rule, readPhone, habit);
      return {
        ...columnOf(mapped.field),
        mapped,
        plainLength: plainTextLength(mapped.rule),
        emptyWords: habit.empty === undefined ? NO_WORDS : new Set(habit.empty),
        read(value) {
          const found = read(value);
          switch (found.kind) {
            case "value":
              return found.json;
            case "empty":
              return "";
            case "dropped":
              return `${DROPPED}${found.reason}:${valueShape(value)}`;
          }
        },
      };
    }),
  };
}

const NO_WORDS: ReadonlySet<string> = new Set();

/** All columns that are read, in the order in which their values follow each other. */
export function columnsOf({ parts, asides }: ProfileReader): readonly ColumnReader[] {
  return [...parts, ...asides];
}

/** A value that was left out of a profile. */
export interface Drop {
  /** The field's place among the mapped fields. */
  readonly index: number;
  readonly field: MappedField;
  readonly reason: DropReason;
}

const DROP = /^(\d+):(\w+)$/;

/** Reads `index:reason`, of a field by its place among the mapped fields. */
export function readDrop(mapping: FieldMapping, dropped: string): Drop {
  const [, index, reason = ""] = DROP.exec(dropped) ?? [];
  const field = mappedFields(mapping)[Number(index)];
  if (field === undefined || !isDropReason(reason)) {
    throw new Error("a value was left out in a way that this mapping can't have");
  }
  return { index: Number(index), field, reason };
}
