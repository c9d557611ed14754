import * as z from "zod";
import { holdsEmail } from "../../../domain/profiles/email-like";
import { DomainError } from "../../../domain/problems/problem";
import type { SegmentFile } from "../../../domain/segments/segment";
import { sampleRecords } from "./csv/csv-dialect";
import { dialectOf, namesWithoutHeader, requireShapedHeader } from "./csv/shaped-csv";
import type { Database } from "../database";
import { typeOfColumn, typeOfJsonValues, typeOfTexts, type SampledField } from "./field-types";
import { findField } from "../../../domain/segments/find-field";
import { partitionFieldOf, requireHeader } from "./field-lookup";
import {
  type JsonLayout,
  type JsonRecord,
  jsonCell,
  jsonField,
  parseJsonRecord,
  readJsonRecords,
} from "./json/json-records";
import type { OpenedFile, OpenedParquet } from "./opened-file";
import {
  PARQUET_ROW,
  parquetColumns,
  parquetTableSql,
  type ParquetColumn,
} from "./parquet/parquet-columns";
import { readingParquet } from "./parquet/parquet-failure";
import { columnText } from "./parquet/parquet-values";

const SAMPLE_RECORDS = 1_000;
/** Of a Parquet file; a query for each would take a wide one long, one for all would hold all. */
const COLUMNS_AT_ONCE = 50;

/** What the first records of a file show. */
export interface FileSample {
  /** In the file's order, behind those that its folders give. */
  readonly fields: readonly SampledField[];
  /** What of the fields stands for a column of the same name. */
  readonly hidden: readonly string[];
  readonly records: number;
  /** Whether it has no other fields: of JSON records, later ones may bring more. */
  readonly hasAll: boolean;
}

/** Nothing has been looked at. */
export const NO_SAMPLE: FileSample = { fields: [], hidden: [], records: 0, hasAll: false };

/** Samples a file's first records. Throws `segmentUnreadable`, `headerMissing`, `columnsDiffer`. */
export async function sampleFile(
  database: Database,
  opened: OpenedFile,
  file: SegmentFile,
): Promise<FileSample> {
  const columns = await sampleFields(database, opened, file);
  const records = Math.max(0, ...columns.map(({ cells }) => cells.length));
  const ofFolders = (file.partition ?? []).map(({ name, value }): SampledField => {
    const cells = Array.from({ length: records }, () => value ?? "");
    return { name, type: typeOfTexts(cells), cells };
  });
  const shown = columns.filter(({ name }) => partitionFieldOf(file, name) === undefined);
  const names = columns.map(({ name }) => name);
  return {
    fields: [...ofFolders, ...shown],
    hidden: ofFolders.flatMap(({ name }) => (findField(names, name) === undefined ? [] : [name])),
    records,
    hasAll:
      opened.kind === "csv" ||
      opened.kind === "parquet" ||
      ("complete" in opened && opened.complete && records < SAMPLE_RECORDS),
  };
}

async function sampleFields(
  database: Database,
  opened: OpenedFile,
  file: SegmentFile,
): Promise<readonly SampledField[]> {
  switch (opened.kind) {
    case "empty":
      return [];
    case "parquet":
      return sampleParquet(database, opened, file);
    case "csv":
      return sampleCsv(opened.head, opened.complete, file);
    case "jsonLines":
    case "jsonArray":
    case "jsonValues":
      return sampleJson(opened.kind, opened.head);
  }
}

/** Throws `headerMissing`, `columnsDiffer`, `headerUnlikeModel`. */
function sampleCsv(head: Buffer, complete: boolean, file: SegmentFile): readonly SampledField[] {
  const dialect = dialectOf(file, head, complete);
  if (file.shape === undefined) {
    requireHeader(file, dialect);
  }
  const { records } = sampleRecords(
    head.subarray(dialect.skip),
    complete,
    dialect,
    SAMPLE_RECORDS + 1,
  );
  const named = namesWithoutHeader(file);
  const [header = [], ...data] =
    named === undefined ? records.slice(dialect.linesAbove) : [named, ...records];
  requireShapedHeader(file, header);
  return header.flatMap((name, index) => {
    // A name that is there again hides its second field, and a field without a name can't be mapped.
    if (name === "" || header.indexOf(name) !== index) {
      return [];
    }
    const cells = data.map((record) => record[index] ?? "");
    const told = file.shape?.columns.find((column) => column.name === name)?.type;
    return [{ name, type: told ?? typeOfTexts(cells), cells }];
  });
}

async function sampleJson(kind: JsonLayout, head: Buffer): Promise<readonly SampledField[]> {
  const records: JsonRecord[] = [];
  async function* text(): AsyncGenerator<Buffer, void> {
    yield head;
  }
  try {
    await readJsonRecords(kind, text(), (record) => {
      const fields = parseJsonRecord(record);
      if (fields !== undefined && records.length < SAMPLE_RECORDS) {
        records.push(fields);
      }
    });
  } catch {
    // The sample ends within the array; whether the whole text does is judged when it is read.
  }
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return [...names]
    .filter((name) => !holdsEmail(name))
    .map((name) => {
      const values = records.map((record) => jsonField(record, name));
      return { name, type: typeOfJsonValues(values), cells: values.map(jsonCell) };
    });
}

async function sampleParquet(
  database: Database,
  opened: OpenedParquet,
  file: SegmentFile,
): Promise<readonly SampledField[]> {
  const columns = (await parquetColumns(database, opened, file)).filter(({ name }) => name !== "");
  const fields: SampledField[] = [];
  for (let start = 0; start < columns.length; start += COLUMNS_AT_ONCE) {
    const group = columns.slice(start, start + COLUMNS_AT_ONCE);
    fields.push(
      ...(await sampleColumns(database, opened.path, file, group).catch(async (error: unknown) => {
        // One column that can't be read, and that nobody may want, must not hide the others.
        if (!(error instanceof DomainError)) {
          throw error;
        }
        return Promise.all(
          group.map((column) => sampleColumn(database, opened.path, file, column)),
        );
      })),
    );
  }
  return fields;
}

async function sampleColumn(
  database: Database,
  path: string,
  file: SegmentFile,
  column: ParquetColumn,
): Promise<SampledField> {
  const [field] = await sampleColumns(database, path, file, [column]).catch((error: unknown) => {
    if (error instanceof DomainError) {
      return [];
    }
    throw error;
  });
  return field ?? { name: column.name, type: "text", cells: [] };
}

async function sampleColumns(
  database: Database,
  path: string,
  file: SegmentFile,
  columns: readonly ParquetColumn[],
): Promise<readonly SampledField[]> {
  const cells = columns.map((column) => `coalesce(left(${columnText(column)}, 200), '')`);
  const records = await readingParquet(file, () =>
    database.rows(
      `SELECT [${cells.join()}]::VARCHAR[] AS cells
        FROM ${parquetTableSql(path)} WHERE ${PARQUET_ROW} <= ${SAMPLE_RECORDS}
        ORDER BY ${PARQUET_ROW}`,
      z.object({ cells: z.array(z.string()) }),
    ),
  );
  return columns.map(({ name, type }, index) => {
    const cells = records.map((record) => record.cells[index] ?? "");
    const isDate = type === "VARCHAR" && typeOfTexts(cells) === "date";
    return { name, type: isDate ? "date" : typeOfColumn(type), cells };
  });
}
