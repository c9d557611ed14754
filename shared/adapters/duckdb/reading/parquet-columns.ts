import * as z from "zod";
import { holdsEmail } from "../../../domain/email-like";
import { DomainError } from "../../../domain/problem";
import type { SegmentFile } from "../../../domain/segment";
import { requireWithinLimit } from "../../../domain/segment-limits";
import { VALUE_MAX_DEPTH } from "../../../domain/value-depth";
import type { Database } from "../database";
import { sqlString } from "../sql-text";
import { readingParquet } from "./parquet-failure";
import { renameParquetColumn } from "./parquet-footer";

/** A column of a Parquet file. */
export interface ParquetColumn {
  /** As the file calls it. */
  readonly name: string;
  /** As DuckDB does, to whom `Email` and `email` are the same: the second is `email_1`. */
  readonly known: string;
  /** The name of a DuckDB type. */
  readonly type: string;
  readonly tooDeep: boolean;
}

/** The column that DuckDB adds to tell rows by; it does not bear that a file has one of that name. */
const ROW_NUMBER = "file_row_number";

export function parquetTableSql(path: string): string {
  return `read_parquet(${sqlString(path)}, ${ROW_NUMBER} = true)`;
}

/** A row's number, from 1. */
export const PARQUET_ROW = `${ROW_NUMBER} + 1`;

/**
 * The file's own columns, in order. What would be in DuckDB's way is renamed in the file, which is a copy of the
 * segment's. Throws `segmentUnreadable`, `lakeTable`, `headerMissing`.
 */
export async function parquetColumns(
  database: Database,
  path: string,
  file: SegmentFile,
): Promise<readonly ParquetColumn[]> {
  return readingParquet(file, async () => {
    const names = await columnNames(database, path);
    requireWithinLimit(file.segment, "columns", names.length);
    const { rows } = await database.row(
      `SELECT CAST(coalesce(sum(num_rows), 0) AS DOUBLE) AS rows FROM parquet_file_metadata(${sqlString(path)})`,
      z.object({ rows: z.number() }),
    );
    requireWithinLimit(file.segment, "rows", rows);
    await refuseLakeTable(database, path, file, names);
    if (names.some(holdsEmail)) {
      throw new DomainError("headerMissing", { segment: file.segment, file: file.name });
    }
    for (const name of names.filter((one) => one.toLowerCase() === ROW_NUMBER)) {
      await renameParquetColumn(path, name, unusedName(names));
    }
    const described = await database.rows(
      `DESCRIBE SELECT * EXCLUDE (${ROW_NUMBER}) FROM ${parquetTableSql(path)}`,
      z.object({ column_name: z.string(), column_type: z.string() }),
    );
    return described.map(({ column_name: known, column_type: type }, index) => ({
      name: names[index] ?? known,
      known,
      type,
      tooDeep: depthOf(type) > VALUE_MAX_DEPTH,
    }));
  });
}

const elementSchema = z.object({ name: z.string(), children: z.number() });

/** The names of the outermost columns. The schema is a tree, written down from its root, children after parents. */
async function columnNames(database: Database, path: string): Promise<readonly string[]> {
  const [, ...elements] = await database.rows(
    `SELECT name, CAST(coalesce(num_children, 0) AS DOUBLE) AS children
      FROM parquet_schema(${sqlString(path)})`,
    elementSchema,
  );
  const names: string[] = [];
  let within = 0;
  for (const { name, children } of elements) {
    if (within === 0) {
      names.push(name);
    } else {
      within -= 1;
    }
    within += children;
  }
  return names;
}

/** A file that was taken out of a lake table's folder may hold rows that the table has deleted. */
async function refuseLakeTable(
  database: Database,
  path: string,
  { segment }: SegmentFile,
  names: readonly string[],
): Promise<void> {
  if (names.includes("_hoodie_commit_time")) {
    throw new DomainError("lakeTable", { segment, format: "Apache Hudi" });
  }
  const keys = await database.rows(
    `SELECT 1 AS found FROM parquet_kv_metadata(${sqlString(path)}) WHERE decode(key) = 'iceberg.schema'`,
    z.object({ found: z.number() }),
  );
  if (keys.length > 0) {
    throw new DomainError("lakeTable", { segment, format: "Apache Iceberg" });
  }
}

/** As long as the name that it stands for. */
function unusedName(names: readonly string[]): string {
  const used = new Set(names.map((name) => name.toLowerCase()));
  let number = 0;
  let name: string;
  do {
    number += 1;
    name = `row_${String(number).padStart(ROW_NUMBER.length - "row_".length, "0")}`;
  } while (used.has(name));
  return name;
}

/** How many lists, structs and maps lie around the innermost values of a type. */
function depthOf(type: string): number {
  const outsideOfNames = type.replace(/"(?:[^"]|"")*"/g, "");
  let open = 0;
  let deepest = 0;
  for (const character of outsideOfNames) {
    if (character === "(") {
      open += 1;
    } else if (character === ")") {
      open -= 1;
    }
    deepest = Math.max(deepest, open);
  }
  // Lists stand behind what they hold: `INTEGER[][]`.
  return deepest + (outsideOfNames.match(/\[\d*\]/g)?.length ?? 0);
}
