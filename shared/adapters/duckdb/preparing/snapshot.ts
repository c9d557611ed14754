import * as z from "zod";
import type { Preparation, PreparationRequest } from "../../../ports";
import { isDamage } from "../reading/damaged-file";
import type { Database } from "../database";
import { rebuildSnapshot } from "../accounting/rebuilt-snapshot";
import { sqlString } from "../sql-text";
import { WorkFileNotFound, type WorkFiles } from "../work-files";

/**
 * Makes the view `snapshot(email, hash)` of who is, or may be, on the list because of the export; `hash` is
 * NULL where it is not known what content Klaviyo has. Without a key it is empty; so it is when the file is
 * lost or damaged and can't be rebuilt, and then the answer is `unreadable`. Throws when a file can't be fetched or
 * read just now: whoever left and is in no snapshot stays on the list, so no passing fault may look like a loss.
 */
export async function loadSnapshot(
  database: Database,
  files: WorkFiles,
  key: string | undefined,
  rebuildFrom?: PreparationRequest["rebuildFrom"],
): Promise<Preparation["snapshot"]> {
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
    return rebuilt(database, files, rebuildFrom);
  }
  return (await viewSnapshot(database, path)) ? "loaded" : rebuilt(database, files, rebuildFrom);
}

/** Makes the snapshot anew from what the run has staged that it was written by; empty if that is gone too. */
async function rebuilt(
  database: Database,
  files: WorkFiles,
  rebuildFrom: PreparationRequest["rebuildFrom"],
): Promise<"rebuilt" | "unreadable"> {
  const request = await rebuildFrom?.();
  if (request !== undefined) {
    try {
      const path = await rebuildSnapshot(database, files, request);
      if (await viewSnapshot(database, path)) {
        return "rebuilt";
      }
    } catch (error) {
      if (!(error instanceof WorkFileNotFound) && !isDamage(error)) {
        throw error;
      }
    }
  }
  await emptySnapshot(database);
  return "unreadable";
}

/** Makes the view of a file; false, and no view, if the file is damaged. */
async function viewSnapshot(database: Database, path: string): Promise<boolean> {
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
    return true;
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
    await database.run("DROP VIEW IF EXISTS snapshot");
    return false;
  }
}

async function emptySnapshot(database: Database): Promise<void> {
  await database.run(
    "CREATE VIEW snapshot AS SELECT NULL::VARCHAR AS email, NULL::UBIGINT AS hash WHERE false",
  );
}
