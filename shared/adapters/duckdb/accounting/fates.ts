import * as z from "zod";
import type { ChunkOutcome } from "../../../domain/runs/chunk";
import { rowRejections } from "../../../domain/runs/rejection";
import type { RunNumbers } from "../../../domain/runs/run";
import type { Database } from "../database";
import { sqlString } from "../sql-text";

/**
 * Settles what became of every member, from `members.parquet`, the table `refusals` and the outcomes:
 *
 * - `fates`: every member with `fate` (unchanged, imported, refused, unsent), and `code` and `detail` of
 *   its refusal;
 * - `unmatched(chunk, refusals)`: refusals of a chunk of which it is not known whom they concern. Its
 *   members count as imported less these; in the report they have lines of their own.
 */
export async function settleFates(
  database: Database,
  membersPath: string,
  outcomes: ReadonlyMap<number, ChunkOutcome>,
): Promise<void> {
  await loadOutcomes(database, outcomes);
  // What was refused at once was not sent again, so the first refusal of a position is the one.
  await database.run(
    `CREATE TABLE refused AS
      SELECT refusals.chunk, refusals.position,
        arg_min(code, (step, code, detail)) AS code, arg_min(detail, (step, code, detail)) AS detail
      FROM refusals
      JOIN (
        SELECT chunk, count(*) AS profiles FROM read_parquet(${sqlString(membersPath)}) GROUP BY chunk
      ) AS sizes ON sizes.chunk = refusals.chunk AND refusals.position < sizes.profiles
      GROUP BY refusals.chunk, refusals.position`,
  );
  await database.run(
    `CREATE TABLE fates AS
      SELECT members.*,
        CASE WHEN members.too_large THEN 'profileTooLarge' ELSE refused.code END AS code,
        CASE WHEN members.too_large THEN ${sqlString(rowRejections.profileTooLarge.text)}
          ELSE refused.detail END AS detail,
        CASE
          WHEN members.unchanged THEN 'unchanged'
          WHEN members.too_large THEN 'refused'
          WHEN refused.position IS NOT NULL THEN 'refused'
          WHEN outcomes.chunk IS NULL
            OR (outcomes.unsent > 0 AND members.position >= outcomes.sent_up_to) THEN 'unsent'
          ELSE 'imported'
        END AS fate
      FROM read_parquet(${sqlString(membersPath)}) AS members
      LEFT JOIN outcomes ON outcomes.chunk = members.chunk
      LEFT JOIN refused ON refused.chunk = members.chunk AND refused.position = members.position`,
  );
  await database.run(
    `CREATE TABLE unmatched AS
      SELECT chunk, refusals FROM (
        SELECT counts.chunk,
          least(
            counts.imported,
            greatest(outcomes.refused - counts.refused, coalesce(nameless.refusals, 0))
          ) AS refusals
        FROM (
          SELECT chunk, count(*) FILTER (fate = 'imported') AS imported,
            count(*) FILTER (fate = 'refused') AS refused
          FROM fates GROUP BY chunk
        ) AS counts
        JOIN outcomes ON outcomes.chunk = counts.chunk
        LEFT JOIN (
          SELECT chunk, count(*) AS refusals FROM refusals
          WHERE NOT EXISTS (
            SELECT 1 FROM refused
            WHERE refused.chunk = refusals.chunk AND refused.position = refusals.position
          )
          GROUP BY chunk
        ) AS nameless ON nameless.chunk = counts.chunk
      ) WHERE refusals > 0`,
  );
}

async function loadOutcomes(
  database: Database,
  outcomes: ReadonlyMap<number, ChunkOutcome>,
): Promise<void> {
  await database.run(
    "CREATE TABLE outcomes (chunk INTEGER, refused BIGINT, unsent BIGINT, sent_up_to INTEGER)",
  );
  if (outcomes.size > 0) {
    const rows = [...outcomes].map(
      ([chunk, { refused, unsent, sentUpTo = 0 }]) =>
        `(${chunk}, ${refused}, ${unsent}, ${sentUpTo})`,
    );
    await database.run(`INSERT INTO outcomes VALUES ${rows.join(", ")}`);
  }
}

const count = z.number();
const countedSchema = z.object({
  blank: count,
  invalid: count,
  duplicates: count,
  members: count,
  unchanged: count,
  imported: count,
  refused: count,
  unsent: count,
});

/** Counts the run's numbers from the rows set aside and the members' fates. */
export async function countFates(database: Database, setAsidePath: string): Promise<RunNumbers> {
  const setAside = `read_parquet(${sqlString(setAsidePath)})`;
  const counting = (rows: string, condition: string): string =>
    `CAST((SELECT count(*) FROM ${rows} WHERE ${condition}) AS DOUBLE)`;
  const counted = await database.row(
    `SELECT
      ${counting(setAside, "category = 'blank'")} AS blank,
      ${counting(setAside, "category = 'invalid'")} AS invalid,
      ${counting(setAside, "category = 'duplicate'")} AS duplicates,
      ${counting("fates", "true")} AS members,
      ${counting("fates", "fate = 'unchanged'")} AS unchanged,
      ${counting("fates", "fate = 'imported'")} - nameless AS imported,
      ${counting("fates", "fate = 'refused'")} + nameless AS refused,
      ${counting("fates", "fate = 'unsent'")} AS unsent
    FROM (SELECT CAST(coalesce(sum(refusals), 0) AS DOUBLE) AS nameless FROM unmatched)`,
    countedSchema,
  );
  if (counted.members !== counted.unchanged + counted.imported + counted.refused + counted.unsent) {
    throw new Error("the members' fates do not add up");
  }
  const { blank, invalid, duplicates, members } = counted;
  return { rows: blank + invalid + duplicates + members, ...counted };
}
