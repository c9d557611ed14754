import { storageKeys } from "../../domain/storage-keys";
import type { AccountRequest, RunAccounting } from "../../ports";
import { openDatabase, type Database, type DatabaseOptions } from "./database";
import { writeDroppedReport } from "./dropped-values";
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
        droppedReportKey: storageKeys.droppedReport(runId),
        snapshotKey: storageKeys.snapshot(exportId, runId),
      };
      const { hasDroppedReport, ...accounted } =
        (await adoptRehearsal(options.files, request, keys)) ??
        (await account(options, request, keys, { refusals: true }));
      const { droppedReportKey, ...written } = keys;
      return { ...accounted, ...written, ...(hasDroppedReport ? { droppedReportKey } : {}) };
    },

    async rehearse(request) {
      const { report, droppedReport, snapshot } = storageKeys.rehearsal(
        request.runId,
        request.attemptId,
      );
      const keys = { reportKey: report, droppedReportKey: droppedReport, snapshotKey: snapshot };
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
  { reportKey, droppedReportKey, snapshotKey }: AccountKeys,
  reading: { refusals: boolean },
): Promise<Accounted> {
  const { runId, attemptId, outcomes } = request;
  const membersPath = database.directory.newFile("parquet");
  const setAsidePath = database.directory.newFile("parquet");
  const leaversPath = database.directory.newFile("parquet");
  const droppedPath = request.droppedValues ? database.directory.newFile("parquet") : undefined;
  await Promise.all([
    files.download(storageKeys.members(runId, attemptId), membersPath),
    files.download(storageKeys.setAside(runId, attemptId), setAsidePath),
    files.download(storageKeys.leavers(runId, attemptId), leaversPath),
    ...(droppedPath === undefined
      ? []
      : [files.download(storageKeys.droppedValues(runId, attemptId), droppedPath)]),
  ]);
  await loadRefusals(database, files, reading.refusals ? { runId, attemptId } : undefined);
  await settleFates(database, membersPath, outcomes);
  await loadLeftOut(database, files, request);
  const removals = await settleRemovals(database, leaversPath, outcomes, request.syncMode);

  const numbers = await countFates(database, setAsidePath);
  const reportPath = await writeRejectionReport(database, setAsidePath, numbers, removals);
  const droppedReportPath = await writeDroppedReport(database, request.mapping, droppedPath);
  const snapshotPath = await writeSnapshot(database);

  await Promise.all([
    files.upload(reportKey, { localPath: reportPath }),
    files.upload(snapshotKey, { localPath: snapshotPath }),
    ...(droppedReportPath === undefined
      ? []
      : [files.upload(droppedReportKey, { localPath: droppedReportPath })]),
  ]);
  const leftOut = await countLeftOut(database);
  return { numbers, removals, leftOut, hasDroppedReport: droppedReportPath !== undefined };
}
