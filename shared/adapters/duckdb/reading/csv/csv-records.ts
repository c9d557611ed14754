import { holdsEmail } from "../../../../domain/profiles/email-like";
import { hasText, type CsvMarks } from "./csv-cells";
import { cellOf, emptyRecord, isBlankRecord, isQuotedCell, textOf } from "./csv-record";
import { createCsvSplitter } from "./csv-splitter";

/**
 * Splits CSV text into records and cells, byte by byte, as leniently as spreadsheets do and without ever
 * merging two rows silently. Every byte of a file has to be looked at with quotes in mind before one can
 * know that another reader would split it right, and then it is split already.
 *
 * - A record ends at LF, CR or CRLF outside of quotes, and at the end of the file.
 * - A cell is quoted when its first character, after spaces, is a quote; a quote elsewhere is text.
 * - Inside, a doubled quote is one quote. Text after the closing quote belongs to the cell.
 * - Where a file escapes by backslashes, as Spark and MySQL do, `\\"` is a quote, and a delimiter or a line end behind a
 *   backslash belongs to the cell. Each record in which a backslash stands before one of these tells: it is read in the
 *   way in which its quotes enclose whole cells and its cells are as many as the header's, and the file in the way of
 *   the last record that told. There `\\\\` is one backslash too, in a cell that has none before ordinary characters.
 * - An opening quote that swallows a line break and is then closed in the middle of other text, or not
 *   within 4 MB, was no opening quote: it is text, and its line ends where the line ends. So is one that
 *   is never closed, unless nothing but its own cell follows. What is looked at in vain is a few times the text at most.
 */
export interface CsvScanner {
  /**
   * Reads the record that begins at `start`. Returns the offset of the next one, or -1 when the record
   * may go on after `end`; `final` says that nothing follows.
   */
  scan(bytes: Buffer, start: number, end: number, final: boolean): number;
  /** How many cells a record is expected to have: the header's. */
  expect(cells: number): void;
  /** Whether backslashes escape, by the records that were read. */
  readonly backslash: boolean;
  /** Cells of the record that was read last; an empty line has one. */
  readonly cells: number;
  /** The content of a cell of the record that was read last. */
  cell(index: number): Buffer;
  /** The same as text, whatever its encoding. */
  text(index: number): string;
  /** Whether a cell of the record that was read last is in quotes, with nothing beside them. */
  isQuoted(index: number): boolean;
  /** Whether the record that was read last is a line of nothing but white space. */
  isBlankLine(): boolean;
}

/** A record that may go on for longer is not read in the other way. */
const MAX_DOUBTFUL_BYTES = 64_000;

/** How well a record looks that is as it should be. */
const WELL = 3;

/** @param backslash whether backslashes escape, until the records tell otherwise */
export function createCsvScanner(marks: CsvMarks, backslash = false): CsvScanner {
  const record = emptyRecord();
  const splitter = createCsvSplitter(marks, record);
  let escaping = backslash;
  let expected: number | undefined;

  /** How well the record that was read last looks. */
  const fitness = (): number =>
    (splitter.torn ? 0 : 2) + (expected === undefined || record.cells === expected ? 1 : 0);

  /** Reads a record in which it is not clear whether backslashes escape, in the way in which it looks better. */
  const splitDoubtful = (
    bytes: Buffer,
    start: number,
    end: number,
    final: boolean,
    next: number,
  ): number => {
    const before = fitness();
    const { brokenAtBackslash } = splitter;
    escaping = !escaping;
    const most = Math.min(end, start + MAX_DOUBTFUL_BYTES);
    const other = splitter.split(bytes, start, most, final && most === end, escaping);
    if (other < 0 && !final && most === end) {
      escaping = !escaping;
      return -1;
    }
    splitter.count(0, (other < 0 ? most : other) - start);
    if (other >= 0) {
      // A line behind which the rest of a cell stands alone is as wide as the record that both make up.
      const isCellOverLines =
        brokenAtBackslash && expected !== 1 && other > next && hasText(bytes, next, other);
      const isBetter = fitness() > before || (fitness() === WELL && isCellOverLines);
      if (isBetter && !(other > next && areTwoPeople(bytes, start, next, other))) {
        return other;
      }
    }
    escaping = !escaping;
    splitter.split(bytes, start, end, final, escaping);
    return next;
  };

  return {
    get cells() {
      return record.cells;
    },

    get backslash() {
      return escaping;
    },

    expect(cells) {
      expected = cells;
    },

    scan(bytes, start, end, final) {
      let next = splitter.split(bytes, start, end, final, escaping);
      if (
        next >= 0 &&
        splitter.doubtful &&
        (fitness() < WELL || (splitter.brokenAtBackslash && expected !== undefined)) &&
        splitter.mayTry()
      ) {
        next = splitDoubtful(bytes, start, end, final, next);
      }
      splitter.count(next < 0 ? 0 : next - start, 0);
      return next;
    },

    cell: (index) => cellOf(record, index, marks),
    text: (index) => textOf(record, index, marks),
    isQuoted: (index) => !splitter.torn && isQuotedCell(record, index),
    isBlankLine: () => isBlankRecord(record),
  };
}

/** Whether two lines that may be one record hold an address each: then they are not one. */
function areTwoPeople(bytes: Buffer, start: number, next: number, end: number): boolean {
  return [bytes.subarray(start, next), bytes.subarray(next, end)].every((line) =>
    line
      .toString("latin1")
      .split(/[\s,;|]/)
      .some(holdsEmail),
  );
}
