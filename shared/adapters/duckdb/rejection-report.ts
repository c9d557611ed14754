import * as z from "zod";
import { REJECTION_COLUMNS, rowRejections, type RowRejectionCode } from "../../domain/rejection";
import type { RemovalNumbers, RunNumbers } from "../../domain/run";
import type { Database } from "./database";
import { sqlString } from "./sql-text";

const codesOfCategories = {
  blank: "emailBlank",
  invalid: "emailInvalid",
  duplicate: "emailDuplicate",
  unsent: "profileUnsent",
  unremoved: "profileUnremoved",
} as const satisfies Record<string, RowRejectionCode>;

/**
 * Writes the rejection report from `set-aside.parquet` and the tables `fates`, `unmatched` and
 * `leaver_fates`: a line for every row that is neither unchanged nor imported, in row order; then the
 * refusals that could not be matched to a row, and those who left and were not taken off the list. RFC 4180, in UTF-8 with a byte-order mark, without which Excel takes it for the local
 * code page. Every cell is quoted, so that Excel does not split it at the local list separator. Returns
 * the report's local path.
 */
export async function writeRejectionReport(
  database: Database,
  setAsidePath: string,
  numbers: RunNumbers,
  { unremoved }: Pick<RemovalNumbers, "unremoved">,
): Promise<string> {
  await database.run(
    `CREATE TABLE rejections AS
      SELECT ordinal, segment, file, "row", email, category, NULL::VARCHAR AS code, NULL::VARCHAR AS detail
      FROM read_parquet(${sqlString(setAsidePath)})
      UNION ALL
      SELECT ordinal, segment, file, "row", email, fate, code, detail FROM fates
      WHERE fate IN ('refused', 'unsent')
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, NULL, 'refused', 'refusalUnmatched',
        ${sqlString(rowRejections.refusalUnmatched.text)}
      FROM unmatched, range(refusals)
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, email, 'unremoved', NULL, NULL
      FROM leaver_fates WHERE fate = 'unremoved'`,
  );
  const { blank, invalid, duplicates, refused, unsent } = numbers;
  const lines = await database.row(
    "SELECT CAST(count(*) AS DOUBLE) AS count FROM rejections",
    z.object({ count: z.number() }),
  );
  if (lines.count !== blank + invalid + duplicates + refused + unsent + unremoved) {
    throw new Error("the rejection report does not hold what the run's numbers say");
  }
  const path = database.directory.newFile("csv");
  const columns = [
    textCell("segment"),
    textCell("file"),
    `coalesce(CAST("row" AS VARCHAR), '')`,
    textCell("email"),
    textCell("category"),
    textCell(byCategory("refusedBy", REFUSED_BY)),
    textCell(byCategory("code", "code")),
    textCell(byCategory("text", "detail")),
  ];
  // The line is made here and written as it is: DuckDB's own CSV has other line ends and quotes less.
  await database.run(
    `COPY (
      SELECT line || chr(13) FROM (
        SELECT -1 AS ordinal, chr(65279) || ${sqlString(REJECTION_COLUMNS.join(","))} AS line
        UNION ALL
        SELECT ordinal, ${columns.join(" || ',' || ")} FROM rejections
      )
      ORDER BY ordinal NULLS LAST, line
    ) TO ${sqlString(path)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u0001')`,
  );
  return path;
}

/** A refusal is Klaviyo's, but for a profile's size. Klaviyo's own codes are none of ours. */
const REFUSED_BY = `CASE code WHEN 'profileTooLarge'
  THEN ${sqlString(rowRejections.profileTooLarge.refusedBy)} ELSE 'klaviyo' END`;

/** What the catalogue of rejections says for a row's category, in SQL. */
function byCategory(column: "refusedBy" | "code" | "text", otherwise: string): string {
  const cases = Object.entries(codesOfCategories).map(([category, code]) => {
    const said = column === "code" ? code : rowRejections[code][column];
    return `WHEN ${sqlString(category)} THEN ${sqlString(said)}`;
  });
  return `CASE category ${cases.join(" ")} ELSE ${otherwise} END`;
}

/**
 * A cell that starts no formula in a spreadsheet: one that begins, after white space, with a character
 * that could (also in its full-width form) gets an apostrophe before it. Control characters are removed.
 */
function textCell(expression: string): string {
  const clean = `regexp_replace(coalesce(${expression}, ''), '[\\x00-\\x1F\\x7F-\\x{9F}]', '', 'g')`;
  const safe = `regexp_replace(${clean}, '^([\\s\\x{A0}\\x{FEFF}]*[=+@＝＋－＠-])', '''\\1')`;
  return `'"' || replace(${safe}, '"', '""') || '"'`;
}
