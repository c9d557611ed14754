import { storageKeys } from "../../../domain/runs/storage-keys";
import type { AccountingRequest, RunAccounting } from "../../../ports";
import { openDatabase, type Database, type DatabaseOptions } from "../database";
import { toldWhenDiskIsFull } from "../disk-full";
import { writeDroppedReport } from "./dropped-values";
import { countFates } from "./fates";
import { countLeftOut, loadLeftOut } from "./left-out-values";
import { adoptRehearsal, keepRehearsal, type ResultKeys, type Accounted } from "./rehearsal";
import { countCodes, writeRejectionReport } from "./rejection-report";
import { settleStagedFates } from "./settled-fates";
import { WorkFileNotFound, type WorkFiles } from "../work-files";
import { writeSnapshot } from "./written-snapshot";

export interface RunAccountingOptions extends DatabaseOptions {
  readonly files: WorkFiles;
}

/** Accounts for runs with DuckDB, one database and one temporary directory for each. */
export function createRunAccounting(options: RunAccountingOptions): RunAccounting {
  return {
    async accountFor(request) {
      const { runId, exportId } = request;
      const keys = {
        reportKey: storageKeys.report(runId),
        droppedReportKey: storageKeys.droppedReport(runId),
        snapshotKey: storageKeys.snapshot(exportId, runId),
      };
      const { hasDroppedReport, ...accounted } =
        (await adoptRehearsal(options.files, request, keys)) ??
        (await writeResult(options, request, keys, { refusals: true }));
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
      const accounted = await writeResult(options, request, keys, { refusals: false });
      await keepRehearsal(options.files, request, accounted);
    },
  };
}

async function writeResult(
  options: RunAccountingOptions,
  request: AccountingRequest,
  keys: ResultKeys,
  reading: { refusals: boolean },
): Promise<Accounted> {
  const database = await openDatabase(options);
  try {
    return await toldWhenDiskIsFull(() =>
      writeResultWith(database, options.files, request, keys, reading),
    );
  } finally {
    await database.close();
  }
}

async function writeResultWith(
  database: Database,
  files: WorkFiles,
  request: AccountingRequest,
  { reportKey, droppedReportKey, snapshotKey }: ResultKeys,
  reading: { refusals: boolean },
): Promise<Accounted> {
  const droppedPath = await downloadDroppedValues(database, files, request);
  const { removals, setAsidePath } = await settleStagedFates(database, files, request, reading);
  await loadLeftOut(database, files, request);
  const numbers = await countFates(database, setAsidePath);
  const reportPath = await writeRejectionReport(database, setAsidePath, numbers, removals);
  const rejectionCounts = await countCodes(database);
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
  return {
    ...{ numbers, removals, leftOut },
    rejectionCounts,
    hasDroppedReport: droppedReportPath !== undefined,
  };
}

/** The staged values that profiles go without; none either for a run that was prepared before they were staged. */
async function downloadDroppedValues(
  database: Database,
  files: WorkFiles,
  { runId, attemptId, droppedValues }: AccountingRequest,
): Promise<string | undefined> {
  if (!droppedValues) {
    return undefined;
  }
  const path = database.directory.newFile("parquet");
  try {
    await files.download(storageKeys.droppedValues(runId, attemptId), path);
    return path;
  } catch (error) {
    if (error instanceof WorkFileNotFound) {
      return undefined;
    }
    throw error;
  }
}
