import { decodeCell } from "../encoding/text-encoding";
import { hasText, withoutEscapes, withoutQuotes, type CsvMarks } from "./csv-cells";

/** Cells beyond are ignored, as all cells are that have no name in the header. */
const MAX_CELLS = 65_536;

/** How a cell's content stands in the text. */
export const PLAIN = 0;
/** Quoted, and its content needs no rewriting. */
export const QUOTED = 1;
/** Quoted, with escaped quotes or with text after the closing quote; bounds include the quotes. */
export const COMPOSED = 2;
/** Without quotes, with backslashes that may escape. */
export const ESCAPED = 3;

/**
 * One record: where its cells stand in the text, and how each is to be read. Fields and not calls, since a cell is
 * kept for every few bytes of a file.
 */
export interface CsvRecord {
  bytes: Buffer;
  /** Whether backslashes escape. */
  escaping: boolean;
  starts: Int32Array;
  ends: Int32Array;
  kinds: Uint8Array;
  cells: number;
}

export function emptyRecord(): CsvRecord {
  return {
    bytes: Buffer.alloc(0),
    escaping: false,
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    kinds: new Uint8Array(64),
    cells: 0,
  };
}

export function keepCell(record: CsvRecord, start: number, end: number, kind: number): void {
  const at = record.cells;
  if (at === MAX_CELLS) {
    return;
  }
  if (at === record.starts.length) {
    makeRoom(record);
  }
  record.starts[at] = start;
  record.ends[at] = end;
  record.kinds[at] = kind;
  record.cells = at + 1;
}

function makeRoom(record: CsvRecord): void {
  const cells = record.starts.length * 2;
  record.starts = grown(record.starts, new Int32Array(cells));
  record.ends = grown(record.ends, new Int32Array(cells));
  record.kinds = grown(record.kinds, new Uint8Array(cells));
}

/** A cell's content; nothing for a cell that the record lacks. */
export function cellOf(record: CsvRecord, index: number, marks: CsvMarks): Buffer {
  if (index >= record.cells) {
    return Buffer.alloc(0);
  }
  const content = record.bytes.subarray(record.starts[index], record.ends[index]);
  switch (record.kinds[index]) {
    case COMPOSED:
      return withoutQuotes(content, marks, record.escaping);
    case ESCAPED:
      return withoutEscapes(content, marks);
    default:
      return content;
  }
}

/** The same as text. */
export function textOf(record: CsvRecord, index: number, marks: CsvMarks): string {
  const start = record.starts[index] ?? 0;
  const end = record.ends[index] ?? 0;
  // Most cells are ASCII, which needs no view of its bytes and no decoder to find out its encoding.
  const isPlain =
    index < record.cells &&
    (record.kinds[index] ?? 0) <= QUOTED &&
    isAscii(record.bytes, start, end);
  return isPlain
    ? record.bytes.toString("latin1", start, end)
    : decodeCell(cellOf(record, index, marks));
}

export function isQuotedCell(record: CsvRecord, index: number): boolean {
  const kind = record.kinds[index];
  return index < record.cells && (kind === QUOTED || kind === COMPOSED);
}

export function isBlankRecord({ bytes, starts, ends, kinds, cells }: CsvRecord): boolean {
  return cells === 1 && kinds[0] === PLAIN && !hasText(bytes, starts[0] ?? 0, ends[0] ?? 0);
}

function grown<Values extends Int32Array | Uint8Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  let bits = 0;
  for (let at = start; at < end; at += 1) {
    bits |= bytes[at] ?? 0;
  }
  return bits < 0x80;
}
