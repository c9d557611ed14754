import { createCsvScanner } from "./csv-records";
import { findField } from "./field-lookup";
import { decodeCell } from "./text-encoding";

/** How a CSV text is written. Quotes are always `"`, line ends are told record by record. */
export interface CsvDialect {
  readonly delimiter: number;
  /** Bytes before the header: the line `sep=;` that Excel writes and understands. */
  readonly skip: number;
}

const DELIMITERS = [",", ";", "\t", "|"].map((text) => text.charCodeAt(0));
const SAMPLE_RECORDS = 500;

/**
 * Finds a text's delimiter by splitting its first records, quotes minded, with each candidate: the one
 * under which the header has most cells and most records as many. A delimiter that makes the wanted
 * field a header's cell is preferred to any other.
 */
export function detectCsvDialect(
  head: Buffer,
  complete: boolean,
  wantedField?: string,
): CsvDialect {
  const declared = /^sep=([,;\t|])[ \t]*(\r\n|\n|\r)/i.exec(head.toString("latin1", 0, 16));
  if (declared?.[1] !== undefined) {
    return { delimiter: declared[1].charCodeAt(0), skip: declared[0].length };
  }
  const candidates = DELIMITERS.map((delimiter) => rate(head, complete, delimiter, wantedField));
  const best = candidates.reduce((one, other) => (isBetter(other, one) ? other : one));
  return { delimiter: best.delimiter, skip: 0 };
}

interface Rating {
  delimiter: number;
  hasWantedField: boolean;
  /** The header's cells, times the share of records with as many; 0 where the header is not split. */
  even: number;
  /** Records with more than one cell; decides where no candidate splits the header. */
  split: number;
}

function rate(
  head: Buffer,
  complete: boolean,
  delimiter: number,
  wantedField: string | undefined,
): Rating {
  const records = sampleRecords(head, complete, delimiter, SAMPLE_RECORDS);
  const header = records[0] ?? [];
  const data = records.slice(1);
  const even = data.filter((cells) => cells.length === header.length).length;
  return {
    delimiter,
    hasWantedField:
      wantedField !== undefined &&
      header.length > 1 &&
      findField(header, wantedField) !== undefined,
    even: header.length > 1 ? (header.length * (even + 1)) / (data.length + 1) : 0,
    split: data.filter((cells) => cells.length > 1).length,
  };
}

function isBetter(one: Rating, other: Rating): boolean {
  const order = [
    Number(one.hasWantedField) - Number(other.hasWantedField),
    one.even - other.even,
    one.split - other.split,
  ];
  return (order.find((difference) => difference !== 0) ?? 0) > 0;
}

/** The first records of a text with their cells decoded; blank lines are left out. */
export function sampleRecords(
  head: Buffer,
  complete: boolean,
  delimiter: number,
  limit: number,
): string[][] {
  const scanner = createCsvScanner(delimiter);
  const records: string[][] = [];
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
    }
    offset = next;
  }
  return records;
}
