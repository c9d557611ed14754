import type { AccountingRequest } from "../../../ports";
import type { Database } from "../database";
import { fateTables, settleStagedFates } from "./settled-fates";
import type { WorkFiles } from "../work-files";
import { writeSnapshot } from "./written-snapshot";

/**
 * Makes a run's snapshot again, as its settlement writes it, from the rows that the run staged, the outcomes of its
 * chunks and its refusals. Returns the local path, and leaves nothing else in the database. Throws
 * `WorkFileNotFound` when the staged files are gone.
 */
export async function rebuildSnapshot(
  database: Database,
  files: WorkFiles,
  request: AccountingRequest,
): Promise<string> {
  try {
    await settleStagedFates(database, files, request, { refusals: true });
    return await writeSnapshot(database);
  } finally {
    for (const table of fateTables) {
      await database.run(`DROP TABLE IF EXISTS ${table}`);
    }
  }
}
