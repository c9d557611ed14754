import { mappedFields, type FieldMapping, type MappedField } from "./field-mapping";
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
}

/** Reads what one mapped field is filled from. */
export interface PartReader {
  readonly mapped: MappedField;
  /** The segment field's place among the reader's `fields`. */
  readonly source: number;
  /** Plain texts up to this length are read as themselves in quotes; 0 where the rule is another. */
  readonly plainLength: number;
  /** @param value the record's value of the field: text, or what a typed source holds */
  read(value: unknown): Reading;
}

/**
 * What a value comes to, as one text without control characters: a JSON value; nothing when the value is
 * empty; or `DROPPED`, the reason for which it is left out, a colon, and what it looks like.
 */
export type Reading = string;

/** No JSON value begins with it. */
export const DROPPED = "!";

/** Makes the reader of all that a mapping maps besides the email. */
export function createProfileReader(mapping: FieldMapping, readPhone: PhoneReader): ProfileReader {
  const fields = [...new Set(mappedFields(mapping).map(({ field }) => field))];
  return {
    fields,
    parts: mappedFields(mapping).map((mapped) => {
      const read = createValueReader(mapped.rule, readPhone);
      return {
        mapped,
        source: fields.indexOf(mapped.field),
        plainLength: plainTextLength(mapped.rule),
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
