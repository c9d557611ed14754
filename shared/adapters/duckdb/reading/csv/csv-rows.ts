import { problem, type Problem } from "../../../../domain/problems/problem";
import { columnsOf, type ColumnReader } from "../../../../domain/profiles/profile-reader";
import { findField } from "../../../../domain/segments/find-field";
import type { SegmentFile } from "../../../../domain/segments/segment";
import { requireWithinLimit } from "../../../../domain/segments/segment-limits";
import { decodeCell, isPlainText } from "../encoding/text-encoding";
import { fieldMissing, partitionFieldOf, requireHeader } from "../field-lookup";
import { foundFields, type FoundFields } from "../found-fields";
import type { RowFileWriter, RowValue } from "../row-file";
import type { RowsRead, TextFile, WantedFields } from "../wanted-fields";
import { readCsvRecords } from "./csv-reading";
import { createCsvScanner, type CsvScanner } from "./csv-records";
import { dialectOf, namesWithoutHeader, requireShapedHeader, requireShapedRow } from "./shaped-csv";
import { createUnevenRowsCounter } from "./uneven-rows";

/** A cell that no record has: it is blank. */
const NO_CELL = Number.MAX_SAFE_INTEGER;

/**
 * Writes one row for each record of a CSV below its header. Where the header stands again, as in files that were put
 * together, it is passed over; where it stands in another order, it holds for what follows.
 */
export async function writeCsvRows(
  opened: TextFile,
  file: SegmentFile,
  { email, required, profile }: WantedFields,
  rows: RowFileWriter,
): Promise<RowsRead> {
  const dialect = dialectOf(file, opened.head, opened.complete, email);
  const { shape } = file;
  const named = namesWithoutHeader(file);
  if (shape === undefined) {
    requireHeader(file, dialect);
  }
  const scanner = createCsvScanner(dialect, dialect.backslash);
  const uneven = createUnevenRowsCounter();
  const warnings: Problem[] = [];
  let above = named === undefined ? dialect.linesAbove : 0;
  if (above > 0) {
    warnings.push(
      problem("linesAboveHeader", { segment: file.segment, file: file.name, lines: above }),
    );
  }
  let header: Header | undefined;
  let found: FoundFields | undefined;
  let emailOf: () => Buffer = () => scanner.cell(NO_CELL);
  let readCells: readonly (() => RowValue)[] = [];
  let row = 0;

  const placeCells = (names: readonly string[]): void => {
    header = headerOf(names);
    scanner.expect(names.length);
    const inFolder = partitionFieldOf(file, email);
    if (inFolder === undefined) {
      const emailCell = findField(names, email) ?? NO_CELL;
      emailOf = () => scanner.cell(emailCell);
    } else {
      const cell = Buffer.from(inFolder.value ?? "");
      emailOf = () => cell;
    }
    readCells = (profile === undefined ? [] : columnsOf(profile)).map((part) => {
      const field = profile?.fields[part.source] ?? "";
      const ofFolder = partitionFieldOf(file, field);
      if (ofFolder !== undefined) {
        const reading = part.read(ofFolder.value ?? "");
        return () => reading;
      }
      const cell = findField(names, field) ?? NO_CELL;
      return () => valueOfCell(part, scanner, cell);
    });
  };
  const readHeader = (names: readonly string[]): void => {
    requireWithinLimit(file.segment, "columns", names.length);
    const wanted = [...(required ? [email] : []), ...(profile?.fields ?? [])];
    const { absent, ...others } = foundFields(file, names, wanted, "firstLine");
    if (required && absent.includes(email)) {
      throw fieldMissing(file, absent, others.known, "firstLine");
    }
    found = { ...others, absent };
    placeCells(names);
    for (const field of new Set([...(email === "" ? [] : [email]), ...wanted])) {
      if (
        partitionFieldOf(file, field) === undefined &&
        names.filter((name) => name === field).length > 1
      ) {
        warnings.push(problem("fieldRepeated", { segment: file.segment, file: file.name, field }));
      }
    }
  };
  if (named !== undefined) {
    readHeader(named);
  }

  await readCsvRecords(withoutStart(opened.chunks, dialect.skip), scanner, () => {
    if (scanner.isBlankLine()) {
      return;
    }
    if (above > 0) {
      above -= 1;
      return;
    }
    if (header === undefined) {
      const names = textsOf(scanner);
      requireShapedHeader(file, names);
      readHeader(names);
      return;
    }
    if (isHeaderAgain(header, scanner)) {
      placeCells(textsOf(scanner));
      return;
    }
    if (shape !== undefined) {
      requireShapedRow(file, shape, scanner.cells, header.names.length);
    }
    row += 1;
    opened.sizes.add(file.segment, "rows", 1);
    if (scanner.cells !== header.names.length) {
      uneven.add(scanner, header, row);
    }
    rows.addBytes(
      row,
      emailOf(),
      readCells.map((read) => read()),
    );
  });
  return { warnings, uneven: uneven.found, fields: found };
}

/** What a header's cells say, and what a line that may be the header again begins with. */
interface Header {
  readonly names: readonly string[];
  readonly sorted: string;
  /** By their first bytes, 0 for the empty one, the names. */
  readonly begins: Uint8Array;
  /** Cells up to the last that has a name. */
  readonly named: number;
}

function headerOf(names: readonly string[]): Header {
  const begins = new Uint8Array(256);
  for (const name of names) {
    begins[Buffer.from(name)[0] ?? 0] = 1;
  }
  return {
    names,
    sorted: JSON.stringify(names.toSorted()),
    begins,
    named: names.findLastIndex((name) => name.trim() !== "") + 1,
  };
}

/** Whether a record has the header's names, in whatever order. */
function isHeaderAgain({ names, sorted, begins }: Header, scanner: CsvScanner): boolean {
  if (scanner.cells !== names.length || begins[scanner.cell(0)[0] ?? 0] !== 1) {
    return false;
  }
  return names.includes(scanner.text(0)) && JSON.stringify(textsOf(scanner).toSorted()) === sorted;
}

function textsOf(scanner: CsvScanner): readonly string[] {
  return Array.from({ length: scanner.cells }, (_, cell) => decodeCell(scanner.cell(cell)));
}

/** Most cells are plain texts that are wanted as they are; those need not be decoded. */
function valueOfCell(part: ColumnReader, scanner: CsvScanner, index: number): RowValue {
  if (part.plainLength === 0) {
    return part.read(scanner.text(index));
  }
  const cell = scanner.cell(index);
  return cell.length <= part.plainLength &&
    isPlainText(cell) &&
    !(part.emptyWords.size > 0 && part.emptyWords.has(cell.toString("latin1")))
    ? cell
    : part.read(decodeCell(cell));
}

/** A text without its first bytes. */
async function* withoutStart(
  chunks: AsyncIterable<Buffer>,
  skip: number,
): AsyncGenerator<Buffer, void> {
  let left = skip;
  for await (const chunk of chunks) {
    const bytes = chunk.subarray(Math.min(left, chunk.length));
    left -= chunk.length - bytes.length;
    if (bytes.length > 0) {
      yield bytes;
    }
  }
}
