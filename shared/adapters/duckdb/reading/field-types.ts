import { areBooleans } from "../../../domain/cells/booleans";
import { dateEvidence } from "../../../domain/cells/dates/dates";
import { isBracketedList } from "../../../domain/cells/list-text";
import { isNullWord } from "../../../domain/cells/null-words";
import { decimalEvidence } from "../../../domain/cells/numbers";
import { unwrapped } from "../../../domain/cells/wrapping";
import { judgeEmail } from "../../../domain/profiles/email";
import type { SegmentField } from "../../../domain/segments/segment";
import type { FieldEvidence } from "../../../domain/suggestions/email-field";

export type FieldType = SegmentField["type"];

/** What a sample of records shows of one field. */
export interface SampledField {
  readonly name: string;
  readonly type: FieldType;
  /** Cells of the sample as text; empty where the record has none. */
  readonly cells: readonly string[];
}

/** A leading zero marks a code, such as a postal code or a phone number. */
const LEADING_ZERO = /^[+-]?0\d/;

/**
 * The type that all cells of a text file's field have, by the rules by which they are read; those that are blank,
 * and words for nothing, apart. Text where they differ.
 */
export function typeOfTexts(cells: readonly string[]): FieldType {
  const filled = cells.map(unwrapped).filter((cell) => cell !== "" && !isNullWord(cell));
  const all = (test: (cell: string) => boolean): boolean => filled.length > 0 && filled.every(test);
  if (all((cell) => decimalEvidence(cell) !== "none" && !LEADING_ZERO.test(cell))) {
    return "number";
  }
  if (areBooleans(filled)) {
    return "boolean";
  }
  if (all((cell) => dateEvidence(cell) !== "none" && !/^\d+$/.test(cell))) {
    return "date";
  }
  return all(isBracketedList) ? "list" : "text";
}

/** The type that all values of a JSON field have, nulls apart; text where they differ. */
export function typeOfJsonValues(values: readonly unknown[]): FieldType {
  const filled = values.filter((value) => value !== null && value !== undefined);
  const types = new Set(filled.map(typeOfJsonValue));
  const [only] = types;
  if (types.size !== 1 || only === undefined) {
    return "text";
  }
  const texts = filled.filter((value) => typeof value === "string");
  return only === "text" && typeOfTexts(texts) === "date" ? "date" : only;
}

function typeOfJsonValue(value: unknown): FieldType {
  if (Array.isArray(value)) {
    return "list";
  }
  switch (typeof value) {
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "object":
      return "object";
    default:
      return "text";
  }
}

/** @param type the name of a DuckDB type */
export function typeOfColumn(type: string): FieldType {
  if (type.endsWith("]")) {
    return "list";
  }
  if (/^(STRUCT|MAP|UNION)/.test(type)) {
    return "object";
  }
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/.test(type)) {
    return "number";
  }
  if (type === "BOOLEAN") {
    return "boolean";
  }
  return /^(DATE|TIMESTAMP)/.test(type) ? "date" : "text";
}

/** What the sample's cells say of where the members' email addresses are. */
export function evidenceOf({ name, cells }: SampledField): FieldEvidence {
  const judged = cells.map((cell) => judgeEmail(cell));
  const addresses = judged.flatMap((one) => (one.kind === "valid" ? [one.email] : []));
  return {
    name,
    filled: judged.filter(({ kind }) => kind !== "blank").length,
    valid: addresses.length,
    distinct: new Set(addresses).size,
  };
}
