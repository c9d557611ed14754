import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import * as z from "zod";
import { parseJsonExactly } from "../../domain/exact-json";
import type { SegmentFile } from "../../domain/segment";
import type { Database } from "./database";
import { fieldMissing, findField } from "./field-lookup";
import { readJsonLines } from "./json-records";
import { emailCellSql, parquetColumns, parquetTableSql, readingParquet } from "./parquet-rows";
import { createRowFiles } from "./row-file";
import { sqlIdentifier, sqlString } from "./sql-text";
import type { WantedFields } from "./text-rows";

const lineSchema = z.array(z.string().nullable());

/**
 * Writes the rows of a Parquet file whose profiles are more than the email into row files, and returns their
 * paths; undefined when nothing but the email is wanted. Only mapped columns are read. Throws
 * `segmentUnreadable`, `fieldMissing`.
 */
export async function writeParquetProfiles(
  database: Database,
  path: string,
  file: SegmentFile,
  { email, composer }: WantedFields,
): Promise<readonly string[] | undefined> {
  if (composer === undefined) {
    return undefined;
  }
  const names = (await parquetColumns(database, path, file)).map((column) => column.column_name);
  const columnOf = (field: string): string | undefined => names[findField(names, field) ?? -1];
  const missing = [email, ...composer.fields].filter((field) => columnOf(field) === undefined);
  if (missing.length > 0) {
    throw fieldMissing(file, missing, names);
  }
  const values = composer.fields.map((field) => jsonTextSql(columnOf(field)));
  const lines = database.directory.newFile("ndjson");
  await readingParquet(file, () =>
    database.run(
      `COPY (
        SELECT to_json([CAST(file_row_number + 1 AS VARCHAR)${[
          emailCellSql(columnOf(email)),
          ...values,
        ]
          .map((value) => `, ${value}`)
          .join("")}])
        FROM ${parquetTableSql(path)}
      ) TO ${sqlString(lines)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u0001')`,
    ),
  );
  const paths: string[] = [];
  const rows = createRowFiles(
    () => database.directory.newFile("rows"),
    (path) => paths.push(path),
  );
  try {
    await readJsonLines(createReadStream(lines), (line) => {
      const [row, cell, ...texts] = lineSchema.parse(JSON.parse(line));
      rows.addText(
        Number(row),
        cell ?? "",
        composer.compose((field) => parsed(texts[field])),
      );
    });
  } finally {
    rows.close();
    await rm(lines);
  }
  return paths;
}

/** NaN and the infinities are no JSON; a value that holds one counts as empty. */
function parsed(text: string | null | undefined): unknown {
  if (text === null || text === undefined) {
    return undefined;
  }
  try {
    return parseJsonExactly(text);
  } catch {
    return undefined;
  }
}

/** A column's values as JSON text. */
function jsonTextSql(column: string | undefined): string {
  return column === undefined ? "NULL" : `CAST(to_json(${sqlIdentifier(column)}) AS VARCHAR)`;
}
