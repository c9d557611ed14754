import * as z from "zod";
import { holdsEmail } from "../../../../domain/profiles/email-like";
import { DomainError } from "../../../../domain/problems/problem";
import type { SegmentFile } from "../../../../domain/segments/segment";
import { requireWithinLimit } from "../../../../domain/segments/segment-limits";
import { VALUE_MAX_DEPTH } from "../../../../domain/profiles/value-depth";
import type { Database } from "../../database";
import { sqlString } from "../../sql-text";
import type { OpenedParquet } from "../opened-file";
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

/** What Iceberg's writers leave in a file's end. */
const ICEBERG = "iceberg.schema";

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
  { path, sizes }: OpenedParquet,
  file: SegmentFile,
): Promise<readonly ParquetColumn[]> {
  return readingParquet(file, async () => {
    // Before DuckDB has seen the file: what it has read of one it keeps, and may take it for the new one.
    const { renamed, names: found } = await renameParquetColumn(path, ROW_NUMBER, [ICEBERG]);
    const footer = await readFooter(database, path);
    const names = namesOf(footer.elements).map((name) => renamed.get(name) ?? name);
    requireWithinLimit(file.segment, "columns", names.length);
    sizes.add(file.segment, "rows", footer.rows);
    refuseLakeTable(file, names, found.has(ICEBERG));
    if (names.some(holdsEmail)) {
      throw new DomainError("headerMissing", { segment: file.segment, file: file.name });
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

/** An element of a schema, before its children. */
interface SchemaElement {
  readonly name: string;
  readonly children: number;
}
const footerSchema = z.object({ name: z.string().nullable(), count: z.number() });

/** The elements of a file's schema and its number of rows, asked for at once: each query opens the file anew. */
async function readFooter(
  database: Database,
  path: string,
): Promise<{ elements: readonly SchemaElement[]; rows: number }> {
  const file = sqlString(path);
  const lines = await database.rows(
    `SELECT name, CAST(coalesce(num_children, 0) AS DOUBLE) AS count FROM parquet_schema(${file})
      UNION ALL SELECT NULL, CAST(num_rows AS DOUBLE) FROM parquet_file_metadata(${file})`,
    footerSchema,
  );
  return {
    elements: lines.flatMap(({ name, count }) =>
      name === null ? [] : [{ name, children: count }],
    ),
    rows: lines.find(({ name }) => name === null)?.count ?? 0,
  };
}

/** The names of the outermost columns. The schema is a tree, written down from its root, children after parents. */
function namesOf([, ...elements]: readonly SchemaElement[]): readonly string[] {
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
function refuseLakeTable(
  { segment }: SegmentFile,
  names: readonly string[],
  iceberg: boolean,
): void {
  if (names.includes("_hoodie_commit_time")) {
    throw new DomainError("lakeTable", { segment, format: "Apache Hudi" });
  }
  if (iceberg) {
    throw new DomainError("lakeTable", { segment, format: "Apache Iceberg" });
  }
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
