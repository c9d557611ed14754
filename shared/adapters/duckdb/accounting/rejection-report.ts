import * as z from "zod";
import {
  MOST_KEPT_CODES,
  REJECTION_COLUMNS,
  rejectionCountsSchema,
  rowRejections,
  type RejectionCounts,
  type RowRejectionCode,
} from "../../../domain/runs/rejection";
import type { RemovalNumbers, RunNumbers } from "../../../domain/runs/run";
import { textCell, writeCsvReport } from "./csv-report";
import type { Database } from "../database";
import { sqlString } from "../sql-text";

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
 * refusals that could not be matched to a row, and those who left and were not taken off the list. Returns the
 * report's local path.
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
  const cells = [
    textCell("segment"),
    textCell("file"),
    `coalesce(CAST("row" AS VARCHAR), '')`,
    textCell("email"),
    textCell("category"),
    textCell(byCategory("refusedBy", REFUSED_BY)),
    textCell(byCategory("code", "code")),
    textCell(byCategory("text", "detail")),
  ];
  return writeCsvReport(database, REJECTION_COLUMNS, cells, "rejections");
}

/** How many rows of `rejections` have which code; undefined when there are too many codes for a run to keep. */
export async function countCodes(database: Database): Promise<RejectionCounts | undefined> {
  const counts = await database.rows(
    `SELECT left(coalesce(${byCategory("code", "code")}, ''), ${LONGEST_CODE}) AS code,
      CAST(count(*) AS DOUBLE) AS "rows"
      FROM rejections GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_KEPT_CODES + 1}`,
    rejectionCountsSchema.element,
  );
  return counts.length > MOST_KEPT_CODES ? undefined : [...counts];
}

/** Klaviyo's codes are words; a longer text is not kept whole. */
const LONGEST_CODE = 100;

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
