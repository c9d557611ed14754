import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import * as z from "zod";
import { parseJsonExactly } from "../../../domain/exact-json";
import type { PartReader, ProfileReader, Reading } from "../../../domain/profile-reader";
import { PLAIN_TEXT_PATTERN } from "../../../domain/profile-values";
import type { SegmentFile } from "../../../domain/segment";
import type { Database } from "../database";
import { fieldMissing, findField } from "./field-lookup";
import { inParallel } from "../in-parallel";
import { readJsonLines } from "./json-records";
import { emailCellSql, parquetColumns, parquetTableSql, readingParquet } from "./parquet-rows";
import { createRowFiles, rowFileSql, valueColumn } from "./row-file";
import { sqlIdentifier, sqlString } from "../sql-text";

/** DuckDB finds the values of one while those of another are being read. */
const COLUMNS_AT_ONCE = 2;

export interface ParquetFile {
  /** Where it lies on disk. */
  readonly path: string;
  readonly file: SegmentFile;
  /** The file's place among the files that are read. */
  readonly index: number;
}

/**
 * Hands `use` the rows of a Parquet file as SQL: `row`, `cell` and a value column for each part of the
 * profile. Only mapped columns are read. Plain texts never leave DuckDB; of the rest, each distinct value
 * of a column is read once. Throws `segmentUnreadable`, `fieldMissing`.
 */
export async function withParquetProfiles(
  database: Database,
  { path, file, index }: ParquetFile,
  { email, profile }: { readonly email: string; readonly profile: ProfileReader },
  use: (rows: string) => Promise<void>,
): Promise<void> {
  const columns = await parquetColumns(database, path, file);
  const names = columns.map((column) => column.column_name);
  const columnOf = (field: string): (typeof columns)[number] | undefined =>
    columns[findField(names, field) ?? -1];
  const missing = [email, ...profile.fields].filter((field) => columnOf(field) === undefined);
  if (missing.length > 0) {
    throw fieldMissing(file, missing, names);
  }
  const values = profile.parts.map((part, at): PartValue => {
    const column = columnOf(part.mapped.field);
    return {
      ...columnValue(part, column?.column_name ?? "", column?.column_type ?? ""),
      texts: `texts_${index}_${at}`,
      readings: `readings_${index}_${at}`,
    };
  });
  await inParallel(values, COLUMNS_AT_ONCE, async (value) => {
    await readingParquet(file, () => findOtherTexts(database, path, value));
    await readOtherTexts(database, value);
  });
  const cell = emailCellSql(columnOf(email)?.column_name);
  await readingParquet(file, () => use(rowsSql(path, cell, values)));
  for (const { readings } of values) {
    await database.run(`DROP TABLE ${readings}`);
  }
}

/** How one part's value is got from its column. */
interface ColumnValue {
  /** SQL for a column's value as text. */
  readonly text: string;
  /** SQL for whether that text is read as itself in quotes. */
  readonly plain: string;
  /** Reads all other texts. */
  readonly read: (text: string) => Reading;
}

interface PartValue extends ColumnValue {
  /** The table of the other texts, while they are being read. */
  readonly texts: string;
  /** The table of what the other texts come to: `text`, `reading`. */
  readonly readings: string;
}

function columnValue(part: PartReader, name: string, type: string): ColumnValue {
  const column = sqlIdentifier(name);
  if (type !== "VARCHAR") {
    return {
      text: `CAST(to_json(${column}) AS VARCHAR)`,
      plain: "false",
      read: (text) => part.read(parsed(text)),
    };
  }
  const fits = part.plainLength === Infinity ? "" : `strlen(${column}) <= ${part.plainLength} AND `;
  return {
    text: column,
    plain:
      part.plainLength === 0
        ? "false"
        : `(${fits}regexp_full_match(${column}, ${sqlString(PLAIN_TEXT_PATTERN)}))`,
    read: part.read,
  };
}

/** NaN and the infinities are no JSON; a value that holds one counts as empty. */
function parsed(text: string): unknown {
  try {
    return parseJsonExactly(text);
  } catch {
    return undefined;
  }
}

const lineSchema = z.tuple([z.number(), z.string()]);

/** Makes the table `texts(id, text)` of the distinct texts that are not plain. */
async function findOtherTexts(
  database: Database,
  path: string,
  { text, plain, texts }: PartValue,
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
  { read, texts, readings }: PartValue,
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
  const each = (sql: (value: PartValue, at: number) => string): string => values.map(sql).join("");
  return `
    SELECT "row", cell${each(
      ({ readings }, at) => `, coalesce(plain${at}, ${readings}.reading) AS ${valueColumn(at)}`,
    )}
    FROM (
      SELECT file_row_number + 1 AS "row", ${cell} AS cell${each(
        ({ text, plain }, at) =>
          `, ${text} AS text${at}, CASE WHEN ${plain} THEN '"' || ${text} || '"' END AS plain${at}`,
      )}
      FROM ${parquetTableSql(path)}
    )${each(({ readings }, at) => ` LEFT JOIN ${readings} ON ${readings}.text = text${at}`)}`;
}
