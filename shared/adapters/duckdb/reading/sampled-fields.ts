import * as z from "zod";
import type { SegmentFile } from "../../../domain/segment";
import { detectCsvDialect, sampleRecords } from "./csv-dialect";
import type { Database } from "../database";
import { typeOfColumn, typeOfJsonValues, typeOfTexts, type SampledField } from "./field-types";
import {
  type JsonRecord,
  jsonCell,
  jsonField,
  parseJsonRecord,
  readJsonArray,
  readJsonLines,
} from "./json-records";
import type { OpenedFile } from "./opened-file";
import { parquetColumns, readingParquet } from "./parquet-rows";
import { sqlIdentifier, sqlString } from "../sql-text";

const SAMPLE_RECORDS = 1_000;

/** The fields of a file's first records, in the file's order. Throws `segmentUnreadable`. */
export async function sampleFields(
  database: Database,
  opened: OpenedFile,
  file: SegmentFile,
): Promise<readonly SampledField[]> {
  switch (opened.kind) {
    case "empty":
      return [];
    case "parquet":
      return sampleParquet(database, opened.path, file);
    case "csv":
      return sampleCsv(opened.head, opened.complete);
    case "jsonLines":
    case "jsonArray":
      return sampleJson(opened.kind, opened.head);
  }
}

function sampleCsv(head: Buffer, complete: boolean): readonly SampledField[] {
  const dialect = detectCsvDialect(head, complete);
  const records = sampleRecords(
    head.subarray(dialect.skip),
    complete,
    dialect.delimiter,
    SAMPLE_RECORDS + 1,
  );
  const [header = [], ...data] = records;
  return header.flatMap((name, index) => {
    // A name that is there again hides its second field, and a field without a name can't be mapped.
    if (name === "" || header.indexOf(name) !== index) {
      return [];
    }
    const cells = data.map((record) => record[index] ?? "");
    return [{ name, type: typeOfTexts(cells), cells }];
  });
}

async function sampleJson(
  kind: "jsonLines" | "jsonArray",
  head: Buffer,
): Promise<readonly SampledField[]> {
  const records: JsonRecord[] = [];
  async function* text(): AsyncGenerator<Buffer, void> {
    yield head;
  }
  try {
    await (kind === "jsonArray" ? readJsonArray : readJsonLines)(text(), (record) => {
      const fields = parseJsonRecord(record);
      if (fields !== undefined && records.length < SAMPLE_RECORDS) {
        records.push(fields);
      }
    });
  } catch {
    // The sample ends within the array; whether the whole text does is judged when it is read.
  }
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return [...names].map((name) => {
    const values = records.map((record) => jsonField(record, name));
    return { name, type: typeOfJsonValues(values), cells: values.map(jsonCell) };
  });
}

async function sampleParquet(
  database: Database,
  path: string,
  file: SegmentFile,
): Promise<readonly SampledField[]> {
  const columns = await parquetColumns(database, path, file);
  const fields: SampledField[] = [];
  for (const { column_name: name, column_type: type } of columns) {
    const records = await readingParquet(file, () =>
      database.rows(
        `SELECT coalesce(left(CAST(${sqlIdentifier(name)} AS VARCHAR), 200), '') AS cell
          FROM read_parquet(${sqlString(path)}, binary_as_string = true) LIMIT ${SAMPLE_RECORDS}`,
        z.object({ cell: z.string() }),
      ),
    );
    fields.push({ name, type: typeOfColumn(type), cells: records.map(({ cell }) => cell) });
  }
  return fields;
}
