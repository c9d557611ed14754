import * as z from "zod";
import type { SegmentFile } from "../../../domain/segment";
import type { Database } from "../database";
import { fieldMissing, findField } from "./field-lookup";
import { segmentUnreadable } from "./opened-file";
import { sqlIdentifier, sqlString } from "../sql-text";
import type { WantedFields } from "./text-rows";

const columnSchema = z.object({ column_name: z.string(), column_type: z.string() });
type ParquetColumn = z.infer<typeof columnSchema>;

// Text without its mark, as older writers leave it, is read as text.
export function parquetTableSql(path: string): string {
  return `read_parquet(${sqlString(path)}, binary_as_string = true, file_row_number = true)`;
}

/** The file's own columns, in order. Throws `segmentUnreadable`. */
export async function parquetColumns(
  database: Database,
  path: string,
  file: SegmentFile,
): Promise<readonly ParquetColumn[]> {
  return readingParquet(file, () =>
    database.rows(
      `DESCRIBE SELECT * FROM read_parquet(${sqlString(path)}, binary_as_string = true)`,
      columnSchema,
    ),
  );
}

/** Runs a query over a Parquet file; what DuckDB can't decode becomes `segmentUnreadable`. */
export async function readingParquet<Result>(
  file: SegmentFile,
  query: () => Promise<Result>,
): Promise<Result> {
  try {
    return await query();
  } catch (error) {
    // DuckDB's own message may quote what it read.
    throw isDamage(error)
      ? segmentUnreadable(file, "its Parquet data is damaged or cut off")
      : error;
  }
}

/** Too little memory or disk is no fault of the file. */
function isDamage(error: unknown): boolean {
  return !/Out of Memory|No space left/i.test(String(error));
}

/** A column's values as the texts that are judged as email addresses. */
export function emailCellSql(column: string | undefined): string {
  return column === undefined ? "NULL" : `left(CAST(${sqlIdentifier(column)} AS VARCHAR), 2000)`;
}

/** The rows of a Parquet file: `row`, from 1, and `cell`. Throws `segmentUnreadable`, `fieldMissing`. */
export async function parquetRowsSql(
  database: Database,
  path: string,
  file: SegmentFile,
  { email, required }: WantedFields,
): Promise<string> {
  const names = (await parquetColumns(database, path, file)).map((column) => column.column_name);
  const column = names[findField(names, email) ?? -1];
  if (column === undefined && required) {
    throw fieldMissing(file, [email], names);
  }
  // Numbers, dates and nested values become texts that are no email addresses.
  return `SELECT file_row_number + 1 AS "row", ${emailCellSql(column)} AS cell FROM ${parquetTableSql(path)}`;
}
