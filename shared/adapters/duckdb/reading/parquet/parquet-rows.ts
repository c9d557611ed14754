import type { SegmentFile } from "../../../../domain/segments/segment";
import type { Database } from "../../database";
import { findField } from "../../../../domain/segments/find-field";
import { fieldMissing } from "../field-lookup";
import type { OpenedParquet } from "../opened-file";
import {
  PARQUET_ROW,
  parquetColumns,
  parquetTableSql,
  type ParquetColumn,
} from "./parquet-columns";
import { columnText } from "./parquet-values";
import type { WantedFields } from "../text-rows";

/** A column's values as the texts that are judged as email addresses. */
export function emailCellSql(column: ParquetColumn | undefined): string {
  return column === undefined ? "NULL" : `left(${columnText(column)}, 2000)`;
}

/** The rows of a Parquet file: `row`, from 1, and `cell`. Throws `segmentUnreadable`, `fieldMissing`. */
export async function parquetRowsSql(
  database: Database,
  opened: OpenedParquet,
  file: SegmentFile,
  { email, required }: WantedFields,
): Promise<string> {
  const columns = await parquetColumns(database, opened, file);
  const names = columns.map(({ name }) => name);
  const column = columns[findField(names, email) ?? -1];
  if (column === undefined && required) {
    throw fieldMissing(file, [email], names);
  }
  // Numbers, dates and nested values become texts that are no email addresses.
  return `SELECT ${PARQUET_ROW} AS "row", ${emailCellSql(column)} AS cell FROM ${parquetTableSql(opened.path)}`;
}
