import * as z from "zod";
import { isDamage } from "./reading/damaged-file";
import type { Database } from "./database";
import { sqlString } from "./sql-text";
import { WorkFileNotFound, type WorkFiles } from "./work-files";

/** `unreadable`: there should be one, but it is lost or damaged. */
export type SnapshotState = "loaded" | "none" | "unreadable";

/**
 * Makes the view `snapshot(email, hash)` of who is, or may be, on the list because of the export; `hash` is
 * NULL where it is not known what content Klaviyo has. Without a key it is empty; so it is when the file is
 * lost or damaged, and then the answer is `unreadable`. Throws when the file can't be fetched or read just now:
 * a mirror whose snapshot is lost takes off the list whomever it does not know, so no passing fault may look
 * like a loss.
 */
export async function loadSnapshot(
  database: Database,
  files: WorkFiles,
  key: string | undefined,
): Promise<SnapshotState> {
  if (key === undefined) {
    await emptySnapshot(database);
    return "none";
  }
  const path = database.directory.newFile("parquet");
  try {
    await files.download(key, path);
  } catch (error) {
    if (!(error instanceof WorkFileNotFound)) {
      throw error;
    }
    await emptySnapshot(database);
    return "unreadable";
  }
  try {
    await database.run(
      `CREATE VIEW snapshot AS
        SELECT CAST(email AS VARCHAR) AS email, CAST(hash AS UBIGINT) AS hash
        FROM read_parquet(${sqlString(path)})`,
    );
    // Damage within the file shows only when all of it is read.
    await database.rows(
      "SELECT CAST(count(*) AS DOUBLE) AS entries, max(email) AS email, max(hash) AS hash FROM snapshot",
      z.object({ entries: z.number() }),
    );
    return "loaded";
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
    await database.run("DROP VIEW IF EXISTS snapshot");
    await emptySnapshot(database);
    return "unreadable";
  }
}

async function emptySnapshot(database: Database): Promise<void> {
  await database.run(
    "CREATE VIEW snapshot AS SELECT NULL::VARCHAR AS email, NULL::UBIGINT AS hash WHERE false",
  );
}

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
