import { isIP } from "node:net";
import { readBoolean } from "../../../../domain/cells/booleans";
import { isNullWord } from "../../../../domain/cells/null-words";
import { decimalEvidence } from "../../../../domain/cells/numbers";
import { holdsEmail } from "../../../../domain/profiles/email-like";
import { isEmailName } from "../../../../domain/suggestions/email-field";
import { findField } from "../../../../domain/segments/find-field";

/** How far down a header is looked for. */
const MOST_LINES_ABOVE = 20;
const SHARE_OF_TABLE = 0.8;

/**
 * Which of a file's first records, blank lines left out, is its header. Not the first where titles, notes or
 * comments stand above what is plainly a table; where that is not plain, the first.
 *
 * @param wanted a field that the header should have
 */
export function headerIndex(records: readonly (readonly string[])[], wanted?: string): number {
  const [first] = records;
  if (first === undefined || (wanted !== undefined && findField(first, wanted) !== undefined)) {
    return 0;
  }
  const width = usualWidth(records);
  for (const [at, record] of records.slice(0, MOST_LINES_ABOVE + 1).entries()) {
    if (width === 1 ? isNameOfColumn(record, at, wanted) : !isAboveTable(record, width)) {
      const found = at > 0 && isHeaderOfTable(record, records.slice(at + 1), width) ? at : 0;
      return found > 0 || record.some(isEmailName) ? found : belowOfEmails(records, width);
    }
  }
  return 0;
}

/** Of a table that names its emails' column, and stands below lines of as many cells; else the first line. */
function belowOfEmails(records: readonly (readonly string[])[], width: number): number {
  const header = records.slice(0, MOST_LINES_ABOVE + 1).findIndex((record, at) => {
    const email = record.length === width ? record.findIndex(isEmailName) : -1;
    const data = records.slice(at + 1);
    return (
      email >= 0 && shapeOfColumn(data, email) === "email" && isHeaderOfTable(record, data, width)
    );
  });
  return Math.max(0, header);
}

/**
 * Whether what should be the header is a person's data: it holds an email address, or what has the shape of the
 * values below it, such as a date above dates, or a word for nothing above values.
 */
export function isDataAsHeader(
  header: readonly string[],
  data: readonly (readonly string[])[],
): boolean {
  if (header.some(holdsEmail)) {
    return true;
  }
  let alike = 0;
  let unlike = 0;
  for (const [index, cell] of header.entries()) {
    const shape = shapeOfColumn(data, index);
    const own = shapeOf(cell);
    if (shape === "text" || cell.trim() === "") {
      continue;
    }
    if (own === shape && !namingShapes.has(shape)) {
      return true;
    }
    alike += own === shape || isNullWord(cell.trim()) ? 1 : 0;
    unlike += own === shape || isNullWord(cell.trim()) ? 0 : 1;
  }
  return alike > 0 && unlike === 0;
}

/** The number of cells that most records have. */
function usualWidth(records: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) {
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  const [usual] = [...counts].toSorted(
    ([cells, count], [otherCells, otherCount]) => otherCount - count || otherCells - cells,
  );
  return usual?.[0] ?? 0;
}

/** A title has one cell, a note a few; a comment says that it is one. */
function isAboveTable(record: readonly string[], width: number): boolean {
  const filled = record.filter((cell) => cell.trim() !== "").length;
  const [first = ""] = record;
  return (
    filled <= 1 ||
    /^\s*(?:#\s|\/\/|--)/.test(first) ||
    (record.length < width &&
      (record.length * 2 <= width || /^\s*(?:#|[\p{L} ]{1,30}:(?:\s|$))/u.test(first)))
  );
}

/** Of a file of one column, whose titles look like its header. */
function isNameOfColumn(
  record: readonly string[],
  at: number,
  wanted: string | undefined,
): boolean {
  const [name = ""] = record;
  return wanted !== undefined && at > 0
    ? findField(record, wanted) !== undefined
    : isEmailName(name);
}

function isHeaderOfTable(
  header: readonly string[],
  data: readonly (readonly string[])[],
  width: number,
): boolean {
  const names = header.map((cell) => cell.trim()).filter((cell) => cell !== "");
  return (
    header.length === width &&
    names.length * 2 > width &&
    new Set(names).size === names.length &&
    names.every((name) => shapeOf(name) === "text") &&
    data.length > 0 &&
    data.filter((record) => record.length === width).length >= data.length * SHARE_OF_TABLE &&
    !isDataAsHeader(header, data)
  );
}

type Shape =
  | "text"
  | "email"
  | "number"
  | "money"
  | "boolean"
  | "date"
  | "phone"
  | "id"
  | "url"
  | "address";

/** Fields may be called 2025, or yes, but not like a day or a phone number. */
const namingShapes: ReadonlySet<Shape> = new Set(["number", "boolean"]);

/** No cell of a shape is longer. */
const MAX_SHAPED_LENGTH = 200;

function shapeOf(cell: string): Shape {
  const text = cell.trim();
  if (text === "" || text.length > MAX_SHAPED_LENGTH) {
    return "text";
  }
  if (holdsEmail(text)) {
    return "email";
  }
  if (/^[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:e[+-]?\d+)?$/i.test(text)) {
    return text.startsWith("+") && text.length > 7 ? "phone" : "number";
  }
  if (
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.,]+(?:\s?(?:Z|UTC|AM|PM|[+-][\d:]+))?)?$/i.test(
      text,
    )
  ) {
    return "date";
  }
  if (/^(?:\+|\(?\d)[\d\s()./-]{6,}$/.test(text) && text.replace(/\D/g, "").length >= 7) {
    return "phone";
  }
  if (decimalEvidence(text) !== "none") {
    return "money";
  }
  if (readBoolean(text) !== undefined) {
    return "boolean";
  }
  if (/^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(text)) {
    return "id";
  }
  if (/^https?:\/\//i.test(text)) {
    return "url";
  }
  return isIP(text) === 0 ? "text" : "address";
}

/** The shape that nearly all filled cells of a column have. */
function shapeOfColumn(data: readonly (readonly string[])[], index: number): Shape {
  const counts = new Map<Shape, number>();
  let filled = 0;
  for (const record of data) {
    const cell = record[index] ?? "";
    if (cell.trim() !== "") {
      const shape = shapeOf(cell);
      counts.set(shape, (counts.get(shape) ?? 0) + 1);
      filled += 1;
    }
  }
  const usual = [...counts].find(([, count]) => count >= filled * SHARE_OF_TABLE);
  return usual?.[0] ?? "text";
}
