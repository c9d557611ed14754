import { storageKeys } from "../../../domain/runs/storage-keys";
import type { RemovalNumbers } from "../../../domain/runs/run";
import type { AccountingRequest } from "../../../ports";
import type { Database } from "../database";
import { settleFates } from "./fates";
import { loadRefusals } from "./refusals";
import { settleRemovals } from "./removal-fates";
import type { WorkFiles } from "../work-files";

/** The tables that {@link settleStagedFates} makes. */
export const fateTables = [
  ...["refusals", "outcomes", "refused", "fates", "unmatched", "removed_chunks", "leaver_fates"],
] as const;

/**
 * Settles what became of a run's members and leavers, from its staged files and outcomes; its refusals count if they
 * are wanted. Returns the numbers of the leavers, and where the rows lie that were set aside. Throws
 * `WorkFileNotFound` when the staged files are gone.
 */
export async function settleStagedFates(
  database: Database,
  files: WorkFiles,
  { runId, attemptId, outcomes, syncMode }: AccountingRequest,
  reading: { refusals: boolean },
): Promise<{ removals: RemovalNumbers; setAsidePath: string }> {
  const membersPath = database.directory.newFile("parquet");
  const setAsidePath = database.directory.newFile("parquet");
  const leaversPath = database.directory.newFile("parquet");
  await Promise.all([
    files.download(storageKeys.members(runId, attemptId), membersPath),
    files.download(storageKeys.setAside(runId, attemptId), setAsidePath),
    files.download(storageKeys.leavers(runId, attemptId), leaversPath),
  ]);
  await loadRefusals(database, files, reading.refusals ? { runId, attemptId } : undefined);
  await settleFates(database, membersPath, outcomes);
  return {
    removals: await settleRemovals(database, leaversPath, outcomes, syncMode),
    setAsidePath,
  };
}
