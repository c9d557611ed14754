import type { CsvMarks } from "./csv-cells";
import { createCsvScanner } from "./csv-records";
import { headerIndex, isDataAsHeader } from "./csv-header";
import { findField } from "../../../../domain/segments/find-field";
import { decodeCell } from "../encoding/text-encoding";

/** How a CSV text is written; line ends are told record by record. */
export interface CsvDialect extends CsvMarks {
  /** Whether backslashes escape, as far as the sample tells. */
  readonly backslash: boolean;
  /** Records above the header, blank lines left out. */
  readonly linesAbove: number;
  /** Whether what should be the header is data. */
  readonly headerMissing: boolean;
  /** Cells that most of the sample's records have. */
  readonly columns: number;
  /** Whether each line is in quotes as a whole, so that it has one cell which holds the others. */
  readonly linesQuoted: boolean;
  /** Bytes before the header: the line `sep=;` that Excel writes and understands. */
  readonly skip: number;
}

const COMMA = ",".charCodeAt(0);
/** The last is Hive's. */
const DELIMITERS = [",", ";", "\t", "|", "\x01"].map((text) => text.charCodeAt(0));
const DOUBLE_QUOTE = '"'.charCodeAt(0);
const SINGLE_QUOTE = "'".charCodeAt(0);
const SAMPLE_RECORDS = 500;
/** Of the lines of a file whose lines are quoted as a whole. */
const SHARE_OF_LINES = 0.8;

/**
 * Finds a text's delimiter by splitting its first records, quotes minded, with each candidate: the one
 * under which the header has most cells and most records as many. A delimiter that makes the wanted
 * field a header's cell is preferred to any other. Single quotes wrap cells where most cells, or all of a column, are
 * wrapped in them, and the records are no less even for it; else they are text, such as a spreadsheet's mark of one.
 */
export function detectCsvDialect(
  head: Buffer,
  complete: boolean,
  wantedField?: string,
): CsvDialect {
  const declared = /^sep=([,;\t|])[ \t]*(\r\n|\n|\r)/i.exec(head.toString("latin1", 0, 16));
  const skip = declared?.[0].length ?? 0;
  const text = head.subarray(skip);
  const delimiters = declared?.[1] === undefined ? DELIMITERS : [declared[1].charCodeAt(0)];
  const best = delimiters
    .map((delimiter) => rateQuotes(text, complete, delimiter, wantedField))
    .reduce((one, other) => (isBetter(other, one) ? other : one));
  const { marks, backslash, records, linesAbove } = best;
  const header = records[linesAbove] ?? [];
  return {
    ...marks,
    backslash,
    skip,
    linesAbove,
    linesQuoted: areLinesQuoted(best),
    headerMissing: isDataAsHeader(header, records.slice(linesAbove + 1)),
    columns: Math.max(0, ...records.slice(linesAbove).map((cells) => cells.length)),
  };
}

interface Rating {
  marks: CsvMarks;
  backslash: boolean;
  records: readonly (readonly string[])[];
  quoted: readonly (readonly boolean[])[];
  linesAbove: number;
  hasWantedField: boolean;
  /** The header's cells, times the share of records with as many; 0 where the header is not split. */
  even: number;
  /** Records with more than one cell; decides where no candidate splits the header. */
  split: number;
  /** Whether the quotes wrap most cells, or all of a column. */
  wraps: boolean;
}

function rateQuotes(
  head: Buffer,
  complete: boolean,
  delimiter: number,
  wantedField: string | undefined,
): Rating {
  const double = rate(head, complete, { delimiter, quote: DOUBLE_QUOTE }, wantedField);
  if (!head.includes(SINGLE_QUOTE)) {
    return double;
  }
  const single = rate(head, complete, { delimiter, quote: SINGLE_QUOTE }, wantedField);
  return single.wraps && single.even >= double.even ? single : double;
}

function rate(
  head: Buffer,
  complete: boolean,
  marks: CsvMarks,
  wantedField: string | undefined,
): Rating {
  const { records, quoted, backslash } = sampleRecords(head, complete, marks, SAMPLE_RECORDS);
  const linesAbove = headerIndex(records, wantedField);
  const header = records[linesAbove] ?? [];
  const data = records.slice(linesAbove + 1);
  const even = data.filter((cells) => cells.length === header.length).length;
  return {
    marks,
    backslash,
    records,
    quoted,
    linesAbove,
    wraps: wrapsCells(data, quoted.slice(linesAbove + 1)),
    hasWantedField:
      wantedField !== undefined &&
      header.length > 1 &&
      findField(header, wantedField) !== undefined,
    even: header.length > 1 ? (header.length * (even + 1)) / (data.length + 1) : 0,
    split: data.filter((cells) => cells.length > 1).length,
  };
}

/** Whether the only cell of each record is in quotes, and splits into as many cells as that of the header. */
function areLinesQuoted({ records, quoted, hasWantedField }: Rating): boolean {
  const areSingle = records.every(({ length }, row) => length === 1 && quoted[row]?.[0] === true);
  return (
    areSingle &&
    !hasWantedField &&
    records.length > 1 &&
    DELIMITERS.some((delimiter) => {
      const [header = 0, ...data] = records.map(
        ([line = ""]) =>
          sampleRecords(Buffer.from(line), true, { delimiter, quote: DOUBLE_QUOTE }, 1).records[0]
            ?.length ?? 0,
      );
      return (
        header > 1 &&
        data.filter((cells) => cells === header).length >= data.length * SHARE_OF_LINES
      );
    })
  );
}

function wrapsCells(
  data: readonly (readonly string[])[],
  quoted: readonly (readonly boolean[])[],
): boolean {
  const columns = new Map<number, { filled: number; quoted: number }>();
  data.forEach((record, row) => {
    record.forEach((cell, index) => {
      const column = columns.get(index) ?? { filled: 0, quoted: 0 };
      const isQuoted = quoted[row]?.[index] === true;
      column.filled += isQuoted || cell !== "" ? 1 : 0;
      column.quoted += isQuoted ? 1 : 0;
      columns.set(index, column);
    });
  });
  const all = [...columns.values()];
  const sum = (of: "filled" | "quoted"): number => all.reduce((total, each) => total + each[of], 0);
  return (
    sum("quoted") * 2 > sum("filled") ||
    all.some((column) => column.quoted > 1 && column.quoted === column.filled)
  );
}

function isBetter(one: Rating, other: Rating): boolean {
  const order = [
    Number(one.hasWantedField) - Number(other.hasWantedField),
    one.even - other.even,
    one.split - other.split,
    // Commas stand within cells most often.
    one.even > 0 && other.marks.delimiter === COMMA ? 1 : 0,
  ];
  return (order.find((difference) => difference !== 0) ?? 0) > 0;
}

/** The first records of a text with their cells decoded, and which of these are in quotes; blank lines are left out. */
export function sampleRecords(
  head: Buffer,
  complete: boolean,
  { delimiter, quote, backslash }: CsvMarks & { readonly backslash?: boolean },
  limit: number,
): {
  records: readonly (readonly string[])[];
  quoted: readonly (readonly boolean[])[];
  backslash: boolean;
} {
  const scanner = createCsvScanner({ delimiter, quote }, backslash);
  const records: string[][] = [];
  const quoted: boolean[][] = [];
  let offset = 0;
  while (offset < head.length && records.length < limit) {
    const next = scanner.scan(head, offset, head.length, complete);
    if (next < 0) {
      break;
    }
    if (!scanner.isBlankLine()) {
      records.push(
        Array.from({ length: scanner.cells }, (_, cell) => decodeCell(scanner.cell(cell))),
      );
      quoted.push(Array.from({ length: scanner.cells }, (_, cell) => scanner.isQuoted(cell)));
      scanner.expect(scanner.cells);
    }
    offset = next;
  }
  return { records, quoted, backslash: scanner.backslash };
}
