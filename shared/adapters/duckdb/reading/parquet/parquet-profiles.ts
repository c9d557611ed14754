import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import * as z from "zod";
import {
  columnsOf,
  type ProfileReader,
  type Reading,
} from "../../../../domain/profiles/profile-reader";
import type { SegmentFile } from "../../../../domain/segments/segment";
import type { Database } from "../../database";
import { findField } from "../../../../domain/segments/find-field";
import { fieldMissing, partitionFieldOf } from "../field-lookup";
import { foundFields, type FoundFields } from "../found-fields";
import { inParallel } from "../../in-parallel";
import { readJsonLines } from "../json/json-records";
import type { OpenedParquet } from "../opened-file";
import {
  PARQUET_ROW,
  parquetColumns,
  parquetTableSql,
  type ParquetColumn,
} from "./parquet-columns";
import { readingParquet } from "./parquet-failure";
import { emailOfFile, nullableText } from "./parquet-rows";
import { columnValue, type ColumnValue } from "./parquet-values";
import { createRowFiles, rowFileSql, valueColumn } from "../row-file";
import { sqlString } from "../../sql-text";

/** DuckDB finds the values of one while those of another are being read. */
const COLUMNS_AT_ONCE = 2;

export interface ParquetFile {
  readonly opened: OpenedParquet;
  readonly file: SegmentFile;
  /** The file's place among the files that are read. */
  readonly index: number;
}

/**
 * Hands `use` the rows of a Parquet file as SQL: `row`, `cell` and a value column for each part of the
 * profile. Only mapped columns are read. Plain texts never leave DuckDB; of the rest, each distinct value
 * of a column is read once. What it lacks is empty, and returned. Throws `segmentUnreadable`, `fieldMissing`.
 */
export async function withParquetProfiles(
  database: Database,
  { opened, file, index }: ParquetFile,
  { email, profile }: { readonly email: string; readonly profile: ProfileReader },
  use: (rows: string) => Promise<void>,
): Promise<FoundFields> {
  const { path } = opened;
  const columns = await parquetColumns(database, opened, file);
  const names = columns.map(({ name }) => name);
  const columnOf = (field: string): ParquetColumn | undefined =>
    columns[findField(names, field) ?? -1];
  const fields = foundFields(file, names, [email, ...profile.fields]);
  if (fields.absent.includes(email)) {
    throw fieldMissing(file, fields.absent, fields.known);
  }
  const values = columnsOf(profile).map((part, at): PartValue => {
    const field = profile.fields[part.source] ?? "";
    const ofFolder = partitionFieldOf(file, field);
    const column = columnOf(field);
    return ofFolder !== undefined || column === undefined
      ? { kind: "constant", reading: part.read(ofFolder?.value ?? "") }
      : {
          kind: "column",
          ...columnValue(part, column),
          texts: `texts_${index}_${at}`,
          readings: `readings_${index}_${at}`,
        };
  });
  const ofColumns = values.filter((value) => value.kind === "column");
  await inParallel(ofColumns, COLUMNS_AT_ONCE, async (value) => {
    await readingParquet(file, () => findOtherTexts(database, path, value));
    await readOtherTexts(database, value);
  });
  const cell = emailOfFile(file, columns, email);
  await readingParquet(file, () => use(rowsSql(path, cell, values)));
  for (const { readings } of ofColumns) {
    await database.run(`DROP TABLE ${readings}`);
  }
  return fields;
}

type PartValue = ColumnPart | ConstantPart;

/** Of a field that a folder gives, or that the file lacks. */
interface ConstantPart {
  readonly kind: "constant";
  readonly reading: Reading;
}

interface ColumnPart extends ColumnValue {
  readonly kind: "column";
  /** The table of the other texts, while they are being read. */
  readonly texts: string;
  /** The table of what the other texts come to: `text`, `reading`. */
  readonly readings: string;
}

const lineSchema = z.tuple([z.number(), z.string()]);

/** Makes the table `texts(id, text)` of the distinct texts that are not plain. */
async function findOtherTexts(
  database: Database,
  path: string,
  { text, plain, texts }: ColumnPart,
): Promise<void> {
  await database.run(
    `CREATE TABLE ${texts} AS
      SELECT row_number() OVER () AS id, text FROM (
        SELECT DISTINCT ${text} AS text FROM ${parquetTableSql(path)} WHERE NOT ${plain}
      ) WHERE text IS NOT NULL`,
  );
}

/** Makes the table of readings from that of texts. */
async function readOtherTexts(
  database: Database,
  { read, texts, readings }: ColumnPart,
): Promise<void> {
  const lines = database.directory.newFile("ndjson");
  await database.run(
    `COPY (SELECT '[' || id || ',' || to_json(text) || ']' FROM ${texts})
      TO ${sqlString(lines)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u0001')`,
  );
  const paths: string[] = [];
  const rows = createRowFiles(
    () => database.directory.newFile("rows"),
    (written) => paths.push(written),
  );
  try {
    await readJsonLines(createReadStream(lines), (line) => {
      const [id, value] = lineSchema.parse(JSON.parse(line));
      rows.addText(id, "", [read(value)]);
    });
  } finally {
    rows.close();
    await rm(lines);
  }
  await database.run(`CREATE TABLE ${readings} (text VARCHAR, reading VARCHAR)`);
  for (const written of paths) {
    await database.run(
      `INSERT INTO ${readings}
        SELECT text, ${valueColumn(0)} FROM ${texts} JOIN (${rowFileSql(written, 1)}) ON "row" = id`,
    );
    await rm(written);
  }
  await database.run(`DROP TABLE ${texts}`);
}

function rowsSql(path: string, cell: string, values: readonly PartValue[]): string {
  const named = values.map((value, at) => ({
    value,
    at,
    column: valueColumn(at),
  }));
  const ofColumns = named.flatMap(({ value, at }) =>
    value.kind === "column" ? [{ ...value, at }] : [],
  );
  const results = named.map(({ value, at, column }) =>
    value.kind === "column"
      ? `, coalesce(plain${at}, ${value.readings}.reading) AS ${column}`
      : `, CAST(${nullableText(value.reading === "" ? null : value.reading)} AS VARCHAR) AS ${column}`,
  );
  const texts = ofColumns.map(
    ({ text, plain, at }) =>
      `, ${text} AS text${at}, CASE WHEN ${plain} THEN '"' || ${text} || '"' END AS plain${at}`,
  );
  const joins = ofColumns.map(
    ({ readings, at }) => ` LEFT JOIN ${readings} ON ${readings}.text = text${at}`,
  );
  return `
    SELECT "row", cell${results.join("")}
    FROM (
      SELECT ${PARQUET_ROW} AS "row", ${cell} AS cell${texts.join("")}
      FROM ${parquetTableSql(path)}
    )${joins.join("")}`;
}
