import type { Problem } from "../../../domain/problems/problem";
import { columnsOf } from "../../../domain/profiles/profile-reader";
import { problem } from "../../../domain/problems/problem";
import type { SegmentFile } from "../../../domain/segments/segment";
import { writeCsvRows } from "./csv/csv-rows";
import { fieldMissing, partitionFieldOf } from "./field-lookup";
import { foundFields } from "./found-fields";
import {
  JsonBroken,
  jsonCell,
  jsonField,
  parseJsonRecord,
  readJsonRecords,
  type JsonLayout,
  type JsonRecord,
} from "./json/json-records";
import { segmentUnreadable } from "./opened-file";
import { createNameFinder } from "./json/json-names";
import { createPlainRecordReader } from "./json/plain-records";
import { RecordTooLong } from "./record-limit";
import type { RowFileWriter } from "./row-file";
import type { RowsRead, TextFile, WantedFields } from "./wanted-fields";

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
      case "jsonArray":
      case "jsonValues": {
        const found = await writeJsonRows(opened, opened.kind, file, fields, rows);
        return { warnings: encodingWarnings(opened, file), fields: found };
      }
    }
  } catch (error) {
    if (error instanceof RecordTooLong || error instanceof JsonBroken) {
      throw segmentUnreadable(file, error.message);
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

/** What stands for a record that is no JSON object. Never an email address, so the row is invalid. */
const MALFORMED_RECORD = "(malformed JSON)";
/** So many records decide whether a file is JSON records at all. */
const JUDGED_RECORDS = 1_000;

async function writeJsonRows(
  opened: TextFile,
  layout: JsonLayout,
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

  const count = (): void => {
    row += 1;
    opened.sizes.add(file.segment, "rows", 1);
  };
  const add = (record: JsonRecord | undefined): void => {
    count();
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
  const plain = createPlainRecordReader(wanted);
  /** Adds a line of which the wanted fields can be had without parsing it, as most can once names are settled. */
  const addPlain = (bytes: Buffer, start: number, end: number): boolean => {
    if (!judged || !names.settled || !plain.read(bytes, start, end)) {
      return false;
    }
    count();
    const valueOf = (field: number): unknown => {
      const ofFolder = ofFolders[field + 1];
      return ofFolder === undefined ? plain.value(field + 1) : ofFolder.value;
    };
    const values = parts.map((part) => part.read(valueOf(part.source)));
    const cell = ofFolders[0] === undefined ? plain.ascii(0) : undefined;
    if (cell === undefined) {
      rows.addText(row, jsonCell(valueOf(-1)), values);
    } else {
      rows.addBytes(row, cell, values);
    }
    return true;
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

  const onRecord = (text: string): void => {
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
  };
  await readJsonRecords(layout, opened.chunks, onRecord, addPlain);
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
