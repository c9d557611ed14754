import type { Problem } from "../../../domain/problems/problem";
import {
  columnsOf,
  type ColumnReader,
  type ProfileReader,
} from "../../../domain/profiles/profile-reader";
import { problem } from "../../../domain/problems/problem";
import { requireWithinLimit } from "../../../domain/segments/segment-limits";
import type { SegmentFile } from "../../../domain/segments/segment";
import { readCsvRecords } from "./csv/csv-reading";
import { createCsvScanner, type CsvScanner } from "./csv/csv-records";
import {
  dialectOf,
  namesWithoutHeader,
  requireShapedHeader,
  requireShapedRow,
} from "./csv/shaped-csv";
import { findField } from "../../../domain/segments/find-field";
import { fieldMissing, partitionFieldOf, requireHeader } from "./field-lookup";
import { foundFields, type FoundFields } from "./found-fields";
import {
  JsonArrayBroken,
  jsonCell,
  jsonField,
  parseJsonRecord,
  readJsonArray,
  readJsonLines,
  type JsonRecord,
} from "./json/json-records";
import { segmentUnreadable, type OpenedFile } from "./opened-file";
import { createNameFinder } from "./json/json-names";
import { RecordTooLong } from "./record-limit";
import type { RowFileWriter, RowValue } from "./row-file";
import { decodeCell, isPlainText } from "./encoding/text-encoding";

/** What to take from each record. */
export interface WantedFields {
  readonly email: string;
  /** Whether a file without the email's field is an error; otherwise its cells are blank. */
  readonly required: boolean;
  /** Reads what the rest of the profile is composed of; without it nothing but the email is read. */
  readonly profile?: ProfileReader | undefined;
}

export interface RowsRead {
  readonly warnings: readonly Problem[];
  /** What it has of the profile's fields; undefined when the file has no record to tell by. */
  readonly fields: FoundFields | undefined;
}

type TextFile = Extract<OpenedFile, { kind: "csv" | "jsonLines" | "jsonArray" }>;

/**
 * Writes one row for each record of a text file, with the email's cell and the profile's values. Throws
 * `segmentUnreadable`, `fieldMissing`.
 */
export async function writeTextRows(
  opened: TextFile,
  file: SegmentFile,
  fields: WantedFields,
  rows: RowFileWriter,
): Promise<RowsRead> {
  try {
    switch (opened.kind) {
      case "csv": {
        const read = await writeCsvRows(opened, file, fields, rows);
        return { ...read, warnings: [...read.warnings, ...encodingWarnings(opened, file)] };
      }
      case "jsonLines":
      case "jsonArray": {
        const found = await writeJsonRows(opened, file, fields, rows);
        return { warnings: encodingWarnings(opened, file), fields: found };
      }
    }
  } catch (error) {
    if (error instanceof RecordTooLong) {
      throw segmentUnreadable(file, error.message);
    }
    if (error instanceof JsonArrayBroken) {
      throw segmentUnreadable(file, `it is a JSON array, but ${error.message}`);
    }
    throw error;
  }
}

function encodingWarnings(
  { legacyEncoding, hasLostCharacters }: TextFile,
  { segment, name: file }: SegmentFile,
): readonly Problem[] {
  const legacy = legacyEncoding();
  return [
    ...(legacy === undefined
      ? []
      : [
          problem(legacy.sure ? "encodingTold" : "encodingUnsure", {
            segment,
            file,
            encoding: legacy.label,
          }),
        ]),
    ...(hasLostCharacters() ? [problem("charactersLost", { segment, file })] : []),
  ];
}

/** A cell that no record has: it is blank. */
const NO_CELL = Number.MAX_SAFE_INTEGER;

async function writeCsvRows(
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
  const warnings: Problem[] = [];
  let above = named === undefined ? dialect.linesAbove : 0;
  if (above > 0) {
    warnings.push(
      problem("linesAboveHeader", { segment: file.segment, file: file.name, lines: above }),
    );
  }
  let header: readonly Buffer[] | undefined;
  let found: FoundFields | undefined;
  let emailOf: () => Buffer = () => scanner.cell(NO_CELL);
  let readCells: readonly (() => RowValue)[] = [];
  let row = 0;

  const readHeader = (names: readonly string[]): void => {
    header = names.map((name) => Buffer.from(name));
    scanner.expect(names.length);
    requireWithinLimit(file.segment, "columns", names.length);
    const wanted = [...(required ? [email] : []), ...(profile?.fields ?? [])];
    const { absent, ...others } = foundFields(file, names, wanted, "firstLine");
    if (required && absent.includes(email)) {
      throw fieldMissing(file, absent, others.known, "firstLine");
    }
    found = { ...others, absent };
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
    for (const field of new Set([...(email === "" ? [] : [email]), ...wanted])) {
      if (
        partitionFieldOf(file, field) === undefined &&
        names.filter((name) => name === field).length > 1
      ) {
        warnings.push(problem("fieldRepeated", { segment: file.segment, file: file.name, field }));
      }
    }
  };
  const repeatsHeader = (names: readonly Buffer[]): boolean =>
    names.length === scanner.cells && names.every((name, cell) => name.equals(scanner.cell(cell)));
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
      const names = Array.from({ length: scanner.cells }, (_, cell) =>
        decodeCell(scanner.cell(cell)),
      );
      requireShapedHeader(file, names);
      readHeader(names);
      return;
    }
    if (repeatsHeader(header)) {
      return;
    }
    if (shape !== undefined) {
      requireShapedRow(file, shape, scanner.cells, header.length);
    }
    row += 1;
    opened.sizes.add(file.segment, "rows", 1);
    rows.addBytes(
      row,
      emailOf(),
      readCells.map((read) => read()),
    );
  });
  return { warnings, fields: found };
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

/** What stands for a record that is no JSON object. Never an email address, so the row is invalid. */
const MALFORMED_RECORD = "(malformed JSON)";
/** So many records decide whether a file is JSON records at all. */
const JUDGED_RECORDS = 1_000;

async function writeJsonRows(
  opened: TextFile,
  file: SegmentFile,
  { email, required, profile }: WantedFields,
  rows: RowFileWriter,
): Promise<RowsRead["fields"]> {
  const wanted = [email, ...(profile?.fields ?? [])];
  const ofFolders = wanted.map((field) => partitionFieldOf(file, field));
  const parts = profile === undefined ? [] : columnsOf(profile);
  const noValues = parts.map(() => "");
  const names = createNameFinder(wanted);
  /** Cells of the first records: what they are called is known only when they have been looked at. */
  let waiting: (JsonRecord | undefined)[] = [];
  let judged = false;
  let malformed = 0;
  let row = 0;

  const add = (record: JsonRecord | undefined): void => {
    row += 1;
    opened.sizes.add(file.segment, "rows", 1);
    if (record === undefined) {
      rows.addText(row, MALFORMED_RECORD, noValues);
      return;
    }
    names.learn(record);
    const valueOf = (field: number): unknown => {
      const ofFolder = ofFolders[field + 1];
      if (ofFolder !== undefined) {
        return ofFolder.value;
      }
      const key = names.keys[field + 1];
      return key === undefined ? undefined : jsonField(record, key);
    };
    rows.addText(
      row,
      jsonCell(valueOf(-1)),
      parts.map((part) => part.read(valueOf(part.source))),
    );
  };
  const judge = (): void => {
    judged = true;
    if (malformed > 0 && malformed * 2 >= waiting.length) {
      throw segmentUnreadable(file, "most of its records are not JSON objects, one a line");
    }
    for (const record of waiting) {
      if (record !== undefined) {
        names.learn(record);
      }
    }
    waiting.forEach(add);
    waiting = [];
  };

  const read = opened.kind === "jsonArray" ? readJsonArray : readJsonLines;
  await read(opened.chunks, (text) => {
    const record = parseJsonRecord(text);
    if (judged) {
      add(record);
      return;
    }
    malformed += record === undefined ? 1 : 0;
    waiting.push(record);
    if (waiting.length === JUDGED_RECORDS) {
      judge();
    }
  });
  if (row === 0) {
    judge();
  }
  if (row === 0) {
    return undefined;
  }
  // Of names that are kept no longer, the finder still knows those that are wanted.
  const columns = wanted.filter((_, index) => names.keys[index] !== undefined);
  const ofFile = (file.partition ?? []).map(({ name }) => name);
  const found = { ...foundFields(file, columns, wanted), known: [...ofFile, ...names.known] };
  if (required && found.absent.includes(email)) {
    throw fieldMissing(file, found.absent, found.known);
  }
  return { ...found, absent: found.absent.filter((field) => field !== email) };
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
