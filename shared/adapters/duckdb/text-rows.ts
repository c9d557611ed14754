import type { Problem } from "../../domain/problem";
import { problem } from "../../domain/problem";
import type { SegmentFile } from "../../domain/segment";
import { detectCsvDialect } from "./csv-dialect";
import { createCsvScanner, readCsvRecords } from "./csv-records";
import { fieldMissing, findField } from "./field-lookup";
import {
  JsonArrayBroken,
  jsonCell,
  jsonField,
  parseJsonRecord,
  readJsonArray,
  readJsonLines,
  type JsonRecord,
} from "./json-records";
import { segmentUnreadable, type OpenedFile } from "./opened-file";
import { RecordTooLong } from "./record-limit";
import type { RowFileWriter } from "./row-file";
import { decodeCell } from "./text-encoding";

/** The field to take from each record. */
export interface WantedField {
  readonly name: string;
  /** Whether a file without the field is an error; otherwise its cells are blank. */
  readonly required: boolean;
}

type TextFile = Extract<OpenedFile, { kind: "csv" | "jsonLines" | "jsonArray" }>;

/**
 * Writes one row for each record of a text file, with the wanted field's cell. Returns warnings.
 * Throws `segmentUnreadable`, `fieldMissing`.
 */
export async function writeTextRows(
  opened: TextFile,
  file: SegmentFile,
  field: WantedField,
  rows: RowFileWriter,
): Promise<readonly Problem[]> {
  try {
    switch (opened.kind) {
      case "csv":
        return await writeCsvRows(opened, file, field, rows);
      case "jsonLines":
      case "jsonArray":
        await writeJsonRows(opened, file, field, rows);
        return [];
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

async function writeCsvRows(
  opened: TextFile,
  file: SegmentFile,
  field: WantedField,
  rows: RowFileWriter,
): Promise<readonly Problem[]> {
  const dialect = detectCsvDialect(opened.head, opened.complete, field.name);
  const scanner = createCsvScanner(dialect.delimiter);
  const warnings: Problem[] = [];
  let header: readonly Buffer[] | undefined;
  let wanted: number | undefined;
  let row = 0;

  const readHeader = (): void => {
    header = Array.from({ length: scanner.cells }, (_, cell) => Buffer.from(scanner.cell(cell)));
    const names = header.map(decodeCell);
    wanted = findField(names, field.name);
    if (wanted === undefined && field.required) {
      throw fieldMissing(file, field.name, names);
    }
    if (names.filter((name) => name === field.name).length > 1) {
      warnings.push(
        problem("fieldRepeated", { segment: file.segment, file: file.name, field: field.name }),
      );
    }
  };
  const repeatsHeader = (names: readonly Buffer[]): boolean =>
    names.length === scanner.cells && names.every((name, cell) => name.equals(scanner.cell(cell)));

  await readCsvRecords(withoutStart(opened.chunks, dialect.skip), scanner, () => {
    if (scanner.isBlankLine()) {
      return;
    }
    if (header === undefined) {
      readHeader();
      return;
    }
    if (repeatsHeader(header)) {
      return;
    }
    row += 1;
    rows.addBytes(row, scanner.cell(wanted ?? Number.MAX_SAFE_INTEGER));
  });
  return warnings;
}

/** What stands for a record that is no JSON object. Never an email address, so the row is invalid. */
export const MALFORMED_RECORD = "(malformed JSON)";
/** So many records decide whether a file is JSON records at all. */
const JUDGED_RECORDS = 1_000;

async function writeJsonRows(
  opened: TextFile,
  file: SegmentFile,
  field: WantedField,
  rows: RowFileWriter,
): Promise<void> {
  const known = new Set<string>();
  /** Records lack fields that are empty, so the field is looked for until a record has it. */
  let key: string | undefined;
  /** Cells of the first records: what they are called is known only when they have been looked at. */
  let waiting: (JsonRecord | undefined)[] = [];
  let judged = false;
  let malformed = 0;
  let row = 0;

  const add = (record: JsonRecord | undefined): void => {
    row += 1;
    if (record === undefined) {
      rows.addText(row, MALFORMED_RECORD);
      return;
    }
    if (key === undefined) {
      learn(record);
    }
    rows.addText(row, key === undefined ? "" : jsonCell(jsonField(record, key)));
  };
  const learn = (record: JsonRecord): void => {
    if (Object.keys(record).every((name) => known.has(name))) {
      return;
    }
    for (const name of Object.keys(record)) {
      known.add(name);
    }
    const names = [...known];
    key = names[findField(names, field.name) ?? -1];
  };
  const judge = (): void => {
    judged = true;
    if (malformed > 0 && malformed * 2 >= waiting.length) {
      throw segmentUnreadable(file, "most of its records are not JSON objects, one a line");
    }
    for (const record of waiting) {
      if (record !== undefined) {
        learn(record);
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
  if (row > 0 && key === undefined && field.required) {
    throw fieldMissing(file, field.name, [...known]);
  }
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
