import type { Database } from "../database";
import { sqlString } from "../sql-text";

/**
 * Writes who is, or may be, on the list now, sorted by email, from the tables of fates. A member that Klaviyo
 * confirmed has its hash. The others have none: those of whom it is not known what became of them, since they
 * were not sent, or sent without an answer, or in a chunk with unmatched refusals, any of which may be theirs;
 * those whose new content was refused after they had been taken before; and those who left and are still
 * there, if the export put them there: whom only a reconciliation was to take off is nobody's leaver again. A leaver who comes back is sent again for want of a hash: somebody may have removed or changed them
 * meanwhile. Who was refused and never taken has no row, and neither has who was taken off the list. Returns
 * the snapshot's local path.
 */
export async function writeSnapshot(database: Database): Promise<string> {
  const path = database.directory.newFile("parquet");
  await database.run(
    `COPY (
      SELECT email,
        CASE
          WHEN fate = 'unchanged' OR (fate = 'imported' AND chunk NOT IN (SELECT chunk FROM unmatched))
          THEN hash
        END AS hash
      FROM fates WHERE fate <> 'refused' OR known
      UNION ALL
      SELECT email, NULL FROM leaver_fates WHERE fate <> 'gone' AND ours
      ORDER BY email
    ) TO ${sqlString(path)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  return path;
}
