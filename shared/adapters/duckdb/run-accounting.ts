import { storageKeys } from "../../domain/storage-keys";
import type { AccountRequest, RunAccounting } from "../../ports";
import { openDatabase, type Database, type DatabaseOptions } from "./database";
import { countFates, settleFates } from "./fates";
import { countLeftOut, loadLeftOut } from "./left-out-values";
import { loadRefusals } from "./refusals";
import { adoptRehearsal, keepRehearsal, type AccountKeys, type Accounted } from "./rehearsal";
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
      const { runId, exportId } = request;
      const keys = {
        reportKey: storageKeys.report(runId),
        snapshotKey: storageKeys.snapshot(exportId, runId),
      };
      const rehearsed = await adoptRehearsal(options.files, request, keys);
      if (rehearsed !== undefined) {
        return { ...rehearsed, ...keys };
      }
      return { ...(await account(options, request, keys, { refusals: true })), ...keys };
    },

    async rehearse(request) {
      const { report: reportKey, snapshot: snapshotKey } = storageKeys.rehearsal(
        request.runId,
        request.attemptId,
      );
      const keys = { reportKey, snapshotKey };
      // Refusals that have come in belong to outcomes other than those expected.
      const accounted = await account(options, request, keys, { refusals: false });
      await keepRehearsal(options.files, request, accounted);
    },
  };
}

async function account(
  options: RunAccountingOptions,
  request: AccountRequest,
  keys: AccountKeys,
  reading: { refusals: boolean },
): Promise<Accounted> {
  const database = await openDatabase(options);
  try {
    return await accountFor(database, options.files, request, keys, reading);
  } finally {
    await database.close();
  }
}

async function accountFor(
  database: Database,
  files: WorkFiles,
  request: AccountRequest,
  { reportKey, snapshotKey }: AccountKeys,
  reading: { refusals: boolean },
): Promise<Accounted> {
  const { runId, attemptId, outcomes } = request;
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
  await loadLeftOut(database, files, request);
  const removals = await settleRemovals(database, leaversPath, outcomes, request.syncMode);

  const numbers = await countFates(database, setAsidePath);
  const reportPath = await writeRejectionReport(database, setAsidePath, numbers, removals);
  const snapshotPath = await writeSnapshot(database);

  await Promise.all([
    files.upload(reportKey, { localPath: reportPath }),
    files.upload(snapshotKey, { localPath: snapshotPath }),
  ]);
  return { numbers, removals, leftOut: await countLeftOut(database) };
}
