import { storageKeys } from "../../domain/storage-keys";
import type { AccountRequest, RunAccounting } from "../../ports";
import { openDatabase, type Database, type DatabaseOptions } from "./database";
import { countFates, settleFates } from "./fates";
import { loadRefusals } from "./refusals";
import { writeRejectionReport } from "./rejection-report";
import { settleRemovals } from "./removal-fates";
import { writeSnapshot } from "./snapshot";
import type { WorkFiles } from "./work-files";

export interface RunAccountingOptions extends DatabaseOptions {
  readonly files: WorkFiles;
}

/** Accounts for runs with DuckDB, one database and one temporary directory for each. */
export function createRunAccounting(options: RunAccountingOptions): RunAccounting {
  return {
    async account(request) {
      const database = await openDatabase(options);
      try {
        return await account(database, options.files, request);
      } finally {
        await database.close();
      }
    },
  };
}

async function account(
  database: Database,
  files: WorkFiles,
  request: AccountRequest,
): ReturnType<RunAccounting["account"]> {
  const { runId, attemptId, exportId, outcomes } = request;
  const membersPath = database.directory.newFile("parquet");
  const setAsidePath = database.directory.newFile("parquet");
  const leaversPath = database.directory.newFile("parquet");
  await Promise.all([
    files.download(storageKeys.members(runId, attemptId), membersPath),
    files.download(storageKeys.setAside(runId, attemptId), setAsidePath),
    files.download(storageKeys.leavers(runId, attemptId), leaversPath),
  ]);
  await loadRefusals(database, files, runId, attemptId);
  await settleFates(database, membersPath, outcomes);
  const removals = await settleRemovals(database, leaversPath, outcomes, request.syncMode);

  const numbers = await countFates(database, setAsidePath);
  const reportPath = await writeRejectionReport(database, setAsidePath, numbers, removals);
  const snapshotPath = await writeSnapshot(database);

  const reportKey = storageKeys.report(runId);
  const snapshotKey = storageKeys.snapshot(exportId, runId);
  await Promise.all([
    files.upload(reportKey, { localPath: reportPath }),
    files.upload(snapshotKey, { localPath: snapshotPath }),
  ]);
  return { numbers, removals, reportKey, snapshotKey };
}
