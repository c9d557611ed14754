import type { Database } from "../database";
import { sqlString } from "../sql-text";

/**
 * Writes a report for people: RFC 4180, in UTF-8 with a byte-order mark, without which Excel takes it for the local
 * code page. Every cell is quoted, so that Excel does not split it at the local list separator. Returns the report's
 * local path.
 *
 * @param columns the header's names
 * @param cells SQL for each column's text, already quoted ({@link textCell}) or a bare number
 * @param rows SQL of a table with `ordinal`, by which the lines are sorted, NULL last, and what the cells are made of
 */
export async function writeCsvReport(
  database: Database,
  columns: readonly string[],
  cells: readonly string[],
  rows: string,
): Promise<string> {
  const path = database.directory.newFile("csv");
  // The line is made here and written as it is: DuckDB's own CSV has other line ends and quotes less.
  await database.run(
    `COPY (
      SELECT line || chr(13) FROM (
        SELECT -1 AS ordinal, chr(65279) || ${sqlString(columns.join(","))} AS line
        UNION ALL
        SELECT ordinal, ${cells.join(" || ',' || ")} FROM ${rows}
      )
      ORDER BY ordinal NULLS LAST, line
    ) TO ${sqlString(path)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u0001')`,
  );
  return path;
}

/**
 * A cell that starts no formula in a spreadsheet: one that begins, after white space, with a character
 * that could (also in its full-width form) gets an apostrophe before it. Control characters are removed.
 */
export function textCell(expression: string): string {
  const clean = `regexp_replace(coalesce(${expression}, ''), '[\\x00-\\x1F\\x7F-\\x{9F}]', '', 'g')`;
  const safe = `regexp_replace(${clean}, '^([\\s\\x{A0}\\x{FEFF}]*[=+@＝＋－＠-])', '''\\1')`;
  return `'"' || replace(${safe}, '"', '""') || '"'`;
}
