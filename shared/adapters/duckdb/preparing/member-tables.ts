import * as z from "zod";
import { mapsOnlyEmail, type FieldMapping } from "../../../domain/exports/field-mapping";
import { consentCodes, type AsideReader } from "../../../domain/profiles/profile-reader";
import type { RunNumbers } from "../../../domain/runs/run";
import type { Database } from "../database";
import { contentHashSql } from "./profile-sql";

export type PreparedNumbers = Pick<
  RunNumbers,
  "rows" | "blank" | "invalid" | "duplicates" | "members" | "unchanged"
>;

/** What of the asides is kept of members, from the readings. */
const asideColumns: Readonly<Record<AsideReader["name"], string>> = {
  consent: "TRY_CAST(consent AS TINYINT)",
  consented_at: "TRY_CAST(rtrim(consented_at[2:-2], 'Z') AS TIMESTAMP)",
};

/**
 * Divides `judged` into `members(ordinal, email, hash, known, unchanged)`, each email's first row, compared
 * with `snapshot`, and `set_aside(ordinal, email, category)`, all other rows; then drops it. `known` tells
 * that the snapshot has the email, `unchanged` that it has the same content too. With `ignoreHashes` nobody
 * counts as unchanged. `consent`, if it was read, is the least of all rows with the email: who refuses in one of
 * them refuses. `consented_at` is of the first. Where more than the email is mapped, members keep `attributes` and `dropped` of their
 * row.
 */
export async function divideRows(
  database: Database,
  mapping: FieldMapping,
  {
    ignoreHashes = false,
    asides = [],
  }: {
    ignoreHashes?: boolean | undefined;
    /** What was read beside the profiles. */
    asides?: readonly AsideReader["name"][] | undefined;
  } = {},
): Promise<PreparedNumbers> {
  const emailsOnly = mapsOnlyEmail(mapping);
  // Taking the rest of the profile along through the grouping would hold every profile in memory twice; it is joined again instead.
  const consents = asides.includes("consent");
  const profiles = emailsOnly
    ? "FROM firsts"
    : `SELECT judged.* ${consents ? "REPLACE (firsts.consent AS consent)" : ""}
        FROM judged JOIN firsts USING (ordinal)`;
  const beside = asides.map((name) => `, ${asideColumns[name]} AS ${name}`).join("");
  // Whom Klaviyo took by nothing but the email can't have changed.
  const same = emailsOnly
    ? "snapshot.hash IS NOT NULL"
    : "coalesce(snapshot.hash = candidate.hash, false)";
  const unchanged = ignoreHashes ? "false" : same;
  await database.run(
    `CREATE TABLE firsts AS
      SELECT email, min(ordinal) AS ordinal, count(*) > 1 AS repeated
        ${consents ? `, min(coalesce(consent, '${consentCodes.unclear}')) AS consent` : ""}
      FROM judged WHERE email IS NOT NULL GROUP BY email`,
  );
  await database.run(
    `CREATE TABLE members AS
      SELECT candidate.*, snapshot.email IS NOT NULL AS known, ${unchanged} AS unchanged
      FROM (
        SELECT ordinal, email, ${contentHashSql(mapping)} AS hash${beside}${emailsOnly ? "" : ", attributes, dropped"}
        FROM (${profiles})
      ) AS candidate
      LEFT JOIN snapshot ON snapshot.email = candidate.email`,
  );
  await database.run(
    `CREATE TABLE set_aside AS
      SELECT ordinal, cell AS email, CASE WHEN cell IS NULL THEN 'blank' ELSE 'invalid' END AS category
      FROM judged WHERE email IS NULL`,
  );
  await database.run(
    `INSERT INTO set_aside
      SELECT judged.ordinal, judged.email, 'duplicate' FROM judged
      JOIN (SELECT email, ordinal FROM firsts WHERE repeated) AS first
        ON first.email = judged.email AND first.ordinal <> judged.ordinal`,
  );
  await database.run("DROP TABLE firsts");
  const numbers = await database.row(
    `SELECT
      CAST((SELECT count(*) FROM judged) AS DOUBLE) AS "rows",
      CAST((SELECT count(*) FROM set_aside WHERE category = 'blank') AS DOUBLE) AS blank,
      CAST((SELECT count(*) FROM set_aside WHERE category = 'invalid') AS DOUBLE) AS invalid,
      CAST((SELECT count(*) FROM set_aside WHERE category = 'duplicate') AS DOUBLE) AS duplicates,
      CAST((SELECT count(*) FROM members) AS DOUBLE) AS members,
      CAST((SELECT count(*) FROM members WHERE unchanged) AS DOUBLE) AS unchanged`,
    preparedNumbersSchema,
  );
  if (numbers.rows !== numbers.blank + numbers.invalid + numbers.duplicates + numbers.members) {
    throw new Error("the rows set aside and the members are not all rows");
  }
  await database.run("DROP TABLE judged");
  return numbers;
}

const preparedNumbersSchema = z.object({
  rows: z.number(),
  blank: z.number(),
  invalid: z.number(),
  duplicates: z.number(),
  members: z.number(),
  unchanged: z.number(),
});
