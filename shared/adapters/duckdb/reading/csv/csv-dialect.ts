import { createCsvScanner } from "./csv-records";
import { headerIndex, isDataAsHeader } from "./csv-header";
import { findField } from "../field-lookup";
import { decodeCell } from "../encoding/text-encoding";

/** How a CSV text is written. Quotes are always `"`, line ends are told record by record. */
export interface CsvDialect {
  readonly delimiter: number;
  /** Whether backslashes escape quotes, as far as the sample tells. */
  readonly backslash: boolean;
  /** Records above the header, blank lines left out. */
  readonly linesAbove: number;
  /** Whether what should be the header is data. */
  readonly headerMissing: boolean;
  /** Cells that most of the sample's records have. */
  readonly columns: number;
  /** Bytes before the header: the line `sep=;` that Excel writes and understands. */
  readonly skip: number;
}

const COMMA = ",".charCodeAt(0);
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
  const skip = declared?.[0].length ?? 0;
  const text = head.subarray(skip);
  const delimiters = declared?.[1] === undefined ? DELIMITERS : [declared[1].charCodeAt(0)];
  const best = delimiters
    .map((delimiter) => rate(text, complete, delimiter, wantedField))
    .reduce((one, other) => (isBetter(other, one) ? other : one));
  const { delimiter, backslash, records, linesAbove } = best;
  const header = records[linesAbove] ?? [];
  return {
    delimiter,
    backslash,
    skip,
    linesAbove,
    headerMissing: isDataAsHeader(header, records.slice(linesAbove + 1)),
    columns: Math.max(0, ...records.slice(linesAbove).map((cells) => cells.length)),
  };
}

interface Rating {
  delimiter: number;
  backslash: boolean;
  records: readonly (readonly string[])[];
  linesAbove: number;
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
  const { records, backslash } = sampleRecords(head, complete, { delimiter }, SAMPLE_RECORDS);
  const linesAbove = headerIndex(records, wantedField);
  const header = records[linesAbove] ?? [];
  const data = records.slice(linesAbove + 1);
  const even = data.filter((cells) => cells.length === header.length).length;
  return {
    delimiter,
    backslash,
    records,
    linesAbove,
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
    // Commas stand within cells most often.
    one.even > 0 && other.delimiter === COMMA ? 1 : 0,
  ];
  return (order.find((difference) => difference !== 0) ?? 0) > 0;
}

/** The first records of a text with their cells decoded; blank lines are left out. */
export function sampleRecords(
  head: Buffer,
  complete: boolean,
  { delimiter, backslash }: { readonly delimiter: number; readonly backslash?: boolean },
  limit: number,
): { records: readonly (readonly string[])[]; backslash: boolean } {
  const scanner = createCsvScanner(delimiter, backslash);
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
      scanner.expect(scanner.cells);
    }
    offset = next;
  }
  return { records, backslash: scanner.backslash };
}
