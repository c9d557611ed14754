import * as z from "zod";
import type { Database } from "./database";
import { sqlString } from "./sql-text";
import { WorkFileNotFound, type WorkFiles } from "./work-files";

/**
 * Makes the view `snapshot(email, hash)` of what Klaviyo has confirmed. Without a key it is empty; so it
 * is when the file is lost or can't be read, and then the answer is `unreadable`. Throws when the file
 * can't be fetched just now.
 */
export async function loadSnapshot(
  database: Database,
  files: WorkFiles,
  key: string | undefined,
): Promise<"loaded" | "none" | "unreadable"> {
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
  } catch {
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
