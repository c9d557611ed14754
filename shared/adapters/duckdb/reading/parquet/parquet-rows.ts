import type { SegmentFile } from "../../../../domain/segments/segment";
import type { Database } from "../../database";
import { findField } from "../../../../domain/segments/find-field";
import { sqlString } from "../../sql-text";
import { fieldMissing, partitionFieldOf } from "../field-lookup";
import { foundFields, type FoundFields } from "../found-fields";
import type { OpenedParquet } from "../opened-file";
import {
  PARQUET_ROW,
  parquetColumns,
  parquetTableSql,
  type ParquetColumn,
} from "./parquet-columns";
import { columnText } from "./parquet-values";
import type { WantedFields } from "../wanted-fields";

/** A column's values as the texts that are judged as email addresses. */
function emailCellSql(column: ParquetColumn | undefined): string {
  return column === undefined ? "NULL" : `left(${columnText(column)}, 2000)`;
}

/** The email's cells: of the column, or what the file's folders say. */
export function emailOfFile(
  file: SegmentFile,
  columns: readonly ParquetColumn[],
  email: string,
): string {
  const inFolder = partitionFieldOf(file, email);
  const names = columns.map(({ name }) => name);
  return inFolder === undefined
    ? emailCellSql(columns[findField(names, email) ?? -1])
    : nullableText(inFolder.value);
}

/** A text in SQL, or NULL. */
export function nullableText(text: string | null): string {
  return text === null ? "NULL" : sqlString(text);
}

/**
 * The rows of a Parquet file, `row`, from 1, and `cell`, and whether it has the field. Throws `segmentUnreadable`,
 * `fieldMissing`.
 */
export async function parquetRowsSql(
  database: Database,
  opened: OpenedParquet,
  file: SegmentFile,
  { email, required }: WantedFields,
): Promise<{ readonly sql: string; readonly fields: FoundFields }> {
  const columns = await parquetColumns(database, opened, file);
  const names = columns.map(({ name }) => name);
  const fields = foundFields(file, names, required ? [email] : []);
  if (fields.absent.length > 0) {
    throw fieldMissing(file, fields.absent, fields.known);
  }
  // Numbers, dates and nested values become texts that are no email addresses.
  const cell = emailOfFile(file, columns, email);
  const sql = `SELECT ${PARQUET_ROW} AS "row", ${cell} AS cell FROM ${parquetTableSql(opened.path)}`;
  return { sql, fields };
}
