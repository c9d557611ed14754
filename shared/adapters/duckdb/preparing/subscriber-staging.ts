import * as z from "zod";
import { consentCodes } from "../../../domain/profiles/profile-reader";
import { storageKeys } from "../../../domain/runs/storage-keys";
import { SUBSCRIPTION_BATCH_PROFILES } from "../../../domain/exports/subscription";
import type { StageSubscribersRequest, SubscriberStaging } from "../../../ports";
import { isDamage } from "../reading/damaged-file";
import { openDatabase, type Database, type DatabaseOptions } from "../database";
import { inParallel } from "../in-parallel";
import { loadSnapshot } from "./snapshot";
import { sqlString } from "../sql-text";
import { WorkFileNotFound, type WorkFiles } from "../work-files";

export interface SubscriberStagingOptions extends DatabaseOptions {
  readonly files: WorkFiles;
}

const TRANSFERS_AT_ONCE = 16;

/** Batches that are read from DuckDB at a time. */
const BATCHES_AT_ONCE = 50;

/** Finds a run's subscribers with DuckDB, one database and one temporary directory for each call. */
export function createSubscriberStaging(options: SubscriberStagingOptions): SubscriberStaging {
  const withDatabase = async <Value>(use: (database: Database) => Promise<Value>) => {
    const database = await openDatabase(options);
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  };
  return {
    stageBatches: (request) =>
      withDatabase((database) => stageBatches(database, options.files, request)),
    record: (request) => withDatabase((database) => record(database, options.files, request)),
  };
}

const countsSchema = z.object({
  requested: z.number(),
  refused: z.number(),
  unclear: z.number(),
  staged: z.number(),
});

async function stageBatches(
  database: Database,
  files: WorkFiles,
  request: StageSubscribersRequest,
): ReturnType<SubscriberStaging["stageBatches"]> {
  const { runId, attemptId, exportId } = request;
  const membersPath = database.directory.newFile("parquet");
  await files.download(storageKeys.members(runId, attemptId), membersPath);
  await loadSnapshot(database, files, storageKeys.snapshot(exportId, runId));
  const forgotten = await loadSubscribed(database, files, request);
  await findSubscribers(database, membersPath, request);
  const counts = await database.row(
    `SELECT CAST(count(*) AS DOUBLE) AS requested,
      CAST(count(*) FILTER (consent = ${consentCodes.refused}) AS DOUBLE) AS refused,
      CAST(count(*) FILTER (consent = ${consentCodes.unclear}) AS DOUBLE) AS unclear,
      CAST(count(*) FILTER (usable) AS DOUBLE) AS staged FROM found`,
    countsSchema,
  );
  const batches = Math.ceil(counts.staged / SUBSCRIPTION_BATCH_PROFILES);
  await uploadBatches(database, files, request, batches);
  return {
    batches,
    requested: counts.requested,
    consentRefused: counts.refused,
    consentUnclear: counts.unclear,
    withoutConsentTime: counts.requested - counts.refused - counts.unclear - counts.staged,
    forgotten,
  };
}

/**
 * Makes the table `found(email, consent, consented_at, asked_before, usable)`: members whose profile Klaviyo has
 * confirmed as it now is, less those who need not be asked for again.
 */
async function findSubscribers(
  database: Database,
  membersPath: string,
  { resubscribe, consentedBefore, consentNeeded = false }: StageSubscribersRequest,
): Promise<void> {
  const consent = consentNeeded
    ? `coalesce(members.consent, ${consentCodes.unclear})`
    : String(consentCodes.agreed);
  const timely =
    consentedBefore === undefined
      ? "true"
      : `coalesce(members.consented_at < ${timestampSql(consentedBefore)}, false)`;
  const consentedAt = consentedBefore === undefined ? "NULL::TIMESTAMP" : "members.consented_at";
  await database.run(
    `CREATE TABLE found AS
      SELECT members.email, ${consent} AS consent, ${consentedAt} AS consented_at,
        coalesce(NOT subscribed.excluded, false) AS asked_before,
        ${consent} = ${consentCodes.agreed} AND ${timely} AS usable
      FROM read_parquet(${sqlString(membersPath)}) AS members
      JOIN snapshot ON snapshot.email = members.email AND snapshot.hash = members.hash
      LEFT JOIN subscribed ON subscribed.email = members.email
      WHERE subscribed.email IS NULL OR ${resubscribe}`,
  );
}

function timestampSql(instant: Date): string {
  return `CAST(${sqlString(instant.toISOString().slice(0, -1))} AS TIMESTAMP)`;
}

/** Writes those found in batches, by email: another attempt writes the same. */
async function uploadBatches(
  database: Database,
  files: WorkFiles,
  { runId, attemptId }: StageSubscribersRequest,
  batches: number,
): Promise<void> {
  const line = `'{"email":' || CAST(to_json(email) AS VARCHAR)
    || CASE WHEN consented_at IS NULL THEN ''
      ELSE ',"consentedAt":"' || strftime(consented_at, '%Y-%m-%dT%H:%M:%S.%gZ') || '"' END
    || CASE WHEN asked_before THEN ',"askedBefore":true' ELSE '' END || '}'`;
  await database.run(
    `CREATE TABLE numbered AS
      SELECT ${line} AS line,
        (row_number() OVER (ORDER BY email) - 1) // ${SUBSCRIPTION_BATCH_PROFILES} + 1 AS batch, email
      FROM found WHERE usable`,
  );
  for (let first = 1; first <= batches; first += BATCHES_AT_ONCE) {
    const some = await database.rows(
      `SELECT CAST(batch AS INTEGER) AS batch, string_agg(line, chr(10) ORDER BY email) AS lines
        FROM numbered WHERE batch BETWEEN ${first} AND ${first + BATCHES_AT_ONCE - 1} GROUP BY batch`,
      z.object({ batch: z.number(), lines: z.string() }),
    );
    await inParallel(some, TRANSFERS_AT_ONCE, ({ batch, lines }) =>
      files.upload(storageKeys.subscribers(runId, attemptId, batch), {
        bytes: Buffer.from(`${lines}\n`),
      }),
    );
  }
}

type AskedBefore = Pick<StageSubscribersRequest, "subscribedKey" | "unsettled">;

/**
 * Makes the table `subscribed(email, excluded)` of those who need not be asked for again. It lacks those of
 * the file when that is lost or damaged, which the answer `true` says: people who were asked for and have not
 * confirmed it, on a list with double opt-in, are then asked for a second time. Throws when the file can't be
 * fetched or read just now.
 */
async function loadSubscribed(
  database: Database,
  files: WorkFiles,
  { subscribedKey, unsettled = [] }: AskedBefore,
): Promise<boolean> {
  await database.run("CREATE TABLE subscribed (email VARCHAR, excluded BOOLEAN)");
  const isRead =
    subscribedKey === undefined || (await readSubscribed(database, files, subscribedKey));
  await database.run("CREATE TABLE outcomes (email VARCHAR, excluded BOOLEAN)");
  for (const { runId, attemptId } of unsettled) {
    await readOutcomes(database, files, runId, attemptId);
    await mergeOutcomes(database);
  }
  return !isRead;
}

async function readSubscribed(database: Database, files: WorkFiles, key: string): Promise<boolean> {
  const path = database.directory.newFile("parquet");
  try {
    await files.download(key, path);
    await database.run(
      `INSERT INTO subscribed SELECT email, excluded FROM read_parquet(${sqlString(path)})`,
    );
    return true;
  } catch (error) {
    if (error instanceof WorkFileNotFound || isDamage(error)) {
      return false;
    }
    throw error;
  }
}

/** Adds the outcomes of a run's batches to the table `outcomes`; there need not be any. */
async function readOutcomes(
  database: Database,
  files: WorkFiles,
  runId: string,
  attemptId: string,
): Promise<void> {
  const anyKey = storageKeys.subscriptionOutcome(runId, attemptId, 1);
  const keys = await files.list(anyKey.slice(0, anyKey.lastIndexOf("/") + 1));
  await inParallel(keys, TRANSFERS_AT_ONCE, async (key) => {
    const path = database.directory.newFile("json");
    await files.download(key, path);
    const outcome = `read_json(${sqlString(path)}, format = 'newline_delimited',
      columns = {'settled': 'VARCHAR[]', 'excluded': 'VARCHAR[]', 'asking': 'VARCHAR[]', 'once': 'BOOLEAN'})`;
    await database.run(
      `INSERT INTO outcomes
        SELECT unnest(settled), false FROM ${outcome}
        UNION ALL SELECT unnest(excluded), true FROM ${outcome}
        UNION ALL SELECT unnest(asking), false FROM ${outcome} WHERE once`,
    );
  });
}

/** What `outcomes` says is newer than what `subscribed` says. */
async function mergeOutcomes(database: Database): Promise<void> {
  await database.run("DELETE FROM subscribed WHERE email IN (SELECT email FROM outcomes)");
  await database.run(
    "INSERT INTO subscribed SELECT email, bool_and(excluded) FROM outcomes GROUP BY email",
  );
  await database.run("DELETE FROM outcomes");
}

async function record(
  database: Database,
  files: WorkFiles,
  request: Parameters<SubscriberStaging["record"]>[0],
): Promise<string> {
  const { runId, attemptId, exportId } = request;
  await loadSubscribed(database, files, request);
  await readOutcomes(database, files, runId, attemptId);
  await mergeOutcomes(database);
  const path = database.directory.newFile("parquet");
  await database.run(
    `COPY (SELECT email, excluded FROM subscribed ORDER BY email)
      TO ${sqlString(path)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  const key = storageKeys.subscribed(exportId, runId);
  await files.upload(key, { localPath: path });
  return key;
}
