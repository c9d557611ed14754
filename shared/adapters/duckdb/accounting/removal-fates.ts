import * as z from "zod";
import type { ChunkOutcome } from "../../../domain/runs/chunk";
import type { SyncMode } from "../../../domain/exports/export";
import { noRemovals, type RemovalNumbers } from "../../../domain/runs/run";
import type { Database } from "../database";
import { sqlString } from "../sql-text";

/**
 * Settles what became of those who left, from `leavers.parquet` and the outcomes of the removal chunks:
 * `leaver_fates(email, fate, ours)`, where `gone` are no longer on the list, `unremoved` were to be taken off it
 * and may still be there, and `kept` (in sync mode `upsert`) were left alone. Returns the run's numbers of
 * them.
 */
export async function settleRemovals(
  database: Database,
  leaversPath: string,
  outcomes: ReadonlyMap<number, ChunkOutcome>,
  syncMode: SyncMode,
): Promise<RemovalNumbers> {
  const settled = [...outcomes].flatMap(([chunk, { removals }]) =>
    removals?.unremoved === 0 ? [{ chunk, ...removals }] : [],
  );
  await database.run("CREATE TABLE removed_chunks (chunk INTEGER)");
  if (settled.length > 0) {
    const rows = settled.map(({ chunk }) => `(${chunk})`);
    await database.run(`INSERT INTO removed_chunks VALUES ${rows.join(", ")}`);
  }
  const otherwise = syncMode === "mirror" ? "unremoved" : "kept";
  await database.run(
    `CREATE TABLE leaver_fates AS
      SELECT email, coalesce(ours, true) AS ours,
        CASE WHEN chunk IN (SELECT chunk FROM removed_chunks) THEN 'gone' ELSE '${otherwise}' END AS fate
      FROM (
        SELECT * FROM read_parquet(${sqlString(leaversPath)})
        UNION ALL BY NAME
        -- Files that were staged before any leaver was not ours do not say so.
        SELECT NULL::VARCHAR AS email, NULL::INTEGER AS chunk, NULL::BOOLEAN AS ours WHERE false
      )`,
  );
  if (syncMode === "upsert") {
    return noRemovals;
  }
  const { leaving, gone } = await database.row(
    `SELECT CAST(count(*) AS DOUBLE) AS leaving, CAST(count(*) FILTER (fate = 'gone') AS DOUBLE) AS gone
      FROM leaver_fates`,
    z.object({ leaving: z.number(), gone: z.number() }),
  );
  const removed = settled.reduce((sum, chunk) => sum + chunk.removed, 0);
  const notFound = settled.reduce((sum, chunk) => sum + chunk.notFound, 0);
  if (removed + notFound !== gone) {
    throw new Error("the leavers' fates do not add up");
  }
  return { leaving, removed, notFound, unremoved: leaving - gone };
}
