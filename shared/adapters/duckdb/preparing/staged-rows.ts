import type { FieldMapping } from "../../../domain/exports/field-mapping";
import type { AsideReader } from "../../../domain/profiles/profile-reader";
import type { SegmentFile } from "../../../domain/segments/segment";
import type { Database } from "../database";
import { ROW_BITS } from "../reading/judged-rows";
import { droppedValuesSql } from "../accounting/dropped-values";
import { sqlString } from "../sql-text";

/**
 * Writes `members.parquet`: `ordinal`, `segment`, `file`, `row`, `email`, `hash`, `known`, `unchanged`,
 * `too_large` (not sent for its size), `consented_at` (in UTC, if it is wanted and usable), `consent` (one of
 * `consentCodes`, if it is wanted), and `chunk` and
 * `position` of those that are sent (NULL of others), beside what else the database does; needs `source_files`. Returns its local path.
 */
export async function writeMembers(
  database: Database,
  {
    placed,
    asides,
  }: {
    placed: boolean;
    /** What was read beside the profiles. */
    asides: readonly AsideReader["name"][];
  },
): Promise<string> {
  const columns = [
    "ordinal, email, hash, known, unchanged",
    asides.includes("consented_at") ? "consented_at" : "NULL::TIMESTAMP AS consented_at",
    asides.includes("consent") ? "consent" : "NULL::TINYINT AS consent",
  ].join(", ");
  const unplaced = "NULL::INTEGER AS chunk, NULL::INTEGER AS position";
  return writeRows(
    database,
    placed
      ? `SELECT ${columns}, false AS too_large, chunk, position FROM places
          UNION ALL
          SELECT ${columns}, NOT unchanged, ${unplaced} FROM members
          WHERE unchanged OR ordinal IN (SELECT ordinal FROM too_large)`
      : `SELECT ${columns}, false AS too_large, ${unplaced} FROM members`,
  );
}

/**
 * Writes `set-aside.parquet`: `ordinal`, `segment`, `file`, `row`, `email` (as in the source, without outer
 * padding; NULL if blank) and `category`, beside what else the database does; needs `source_files`. Returns its
 * local path.
 */
export async function writeSetAside(database: Database): Promise<string> {
  return writeRows(database, "SELECT ordinal, email, category FROM set_aside");
}

/** Writes `dropped.parquet`: the values left out of members' profiles ({@link droppedValuesSql}), each with its row. */
export async function writeDroppedValues(
  database: Database,
  mapping: FieldMapping,
): Promise<string> {
  return writeRows(database, droppedValuesSql(mapping));
}

async function writeRows(database: Database, rows: string): Promise<string> {
  const path = database.directory.newFile("parquet");
  await database.runBeside(
    `COPY (
      SELECT source_files.segment, source_files.file,
        rows.ordinal & ((1::BIGINT << ${ROW_BITS}) - 1) AS "row", rows.*
      FROM (${rows}) AS rows
      JOIN source_files ON source_files.index = rows.ordinal >> ${ROW_BITS}
    ) TO ${sqlString(path)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  return path;
}

/** Makes the table `source_files`, from which staged rows have their segments' and files' names. */
export async function nameFiles(database: Database, files: readonly SegmentFile[]): Promise<void> {
  await database.run(
    "CREATE OR REPLACE TABLE source_files (index BIGINT, segment VARCHAR, file VARCHAR)",
  );
  for (const [index, file] of files.entries()) {
    await database.run("INSERT INTO source_files VALUES ($1, $2, $3)", [
      index,
      file.segment,
      file.name,
    ]);
  }
}
