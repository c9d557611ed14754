import { writeFile } from "node:fs/promises";
import * as z from "zod";
import { storageKeys } from "../../../domain/runs/storage-keys";
import type { Preparation } from "../../../ports";
import type { Database } from "../database";
import { sqlString } from "../sql-text";
import type { WorkFiles } from "../work-files";

const countSchema = z.object({ count: z.number() });

/** Removal chunks whose emails are in memory at once. */
const CHUNKS_AT_ONCE = 50;

/**
 * Makes the table `leavers(email, confirmed, ours)`: who is, or may be, on the list because of the export, as
 * `snapshot` says, and is not among `members`; and whether Klaviyo ever confirmed that they are, as far as
 * is known. All of them are `ours`: the export put them there. Returns how many they are.
 */
export async function findLeavers(database: Database): Promise<number> {
  await database.run(
    `CREATE TABLE leavers AS
      SELECT email, hash IS NOT NULL AS confirmed, true AS ours
      FROM snapshot ANTI JOIN members USING (email)`,
  );
  return countLeavers(database);
}

/**
 * Adds everybody on the list who is no member, as the list was read: from NDJSON files of `{"email": …}`, or from
 * the addresses. Members who are on it count as known from now on: should Klaviyo refuse them this time, they stay
 * on the list, and the next snapshot must name them, or nobody would miss them when they leave. Returns how many
 * leave now.
 */
export async function addListed(
  database: Database,
  files: Pick<WorkFiles, "download">,
  listed: Parameters<Preparation["addListed"]>[0],
): Promise<number> {
  const paths: string[] = [];
  const parts =
    "keys" in listed
      ? listed.keys.map((key) => (path: string) => files.download(key, path))
      : listed.emails.length === 0
        ? []
        : [(path: string) => writeFile(path, asNdjson(listed.emails))];
  for (const fetch of parts) {
    const path = database.directory.newFile("ndjson");
    await fetch(path);
    paths.push(path);
    await database.run(
      `INSERT INTO leavers
        SELECT DISTINCT lower(email) AS email, true AS confirmed, false AS ours
        FROM read_json(${sqlString(path)}, format = 'newline_delimited', columns = {'email': 'VARCHAR'})
          AS listed
        WHERE lower(email) NOT IN (SELECT email FROM leavers)
          AND lower(email) NOT IN (SELECT email FROM members)`,
    );
  }
  if (paths.length > 0) {
    await database.run(
      `UPDATE members SET known = true
        WHERE NOT known AND email IN (
          SELECT lower(email)
          FROM read_json([${paths.map(sqlString).join(", ")}], format = 'newline_delimited',
            columns = {'email': 'VARCHAR'})
        )`,
    );
  }
  return countLeavers(database);
}

function asNdjson(emails: readonly string[]): string {
  return emails.map((email) => `${JSON.stringify({ email })}\n`).join("");
}

/** The first of the leavers by address, at most so many. */
export async function firstLeavers(database: Database, atMost: number): Promise<readonly string[]> {
  const rows = await database.rows(
    `SELECT email FROM leavers ORDER BY email LIMIT ${atMost}`,
    z.object({ email: z.string() }),
  );
  return rows.map(({ email }) => email);
}

/** Leavers of whom it is not known whether they are on the list, at most so many. */
export async function doubtfulLeavers(
  database: Database,
  atMost: number,
): Promise<readonly string[]> {
  const rows = await database.rows(
    `SELECT email FROM leavers WHERE NOT confirmed ORDER BY email LIMIT ${atMost}`,
    z.object({ email: z.string() }),
  );
  return rows.map(({ email }) => email);
}

/**
 * Writes `leavers.parquet`: `email`, `ours`, and `chunk` and `position` of those who are taken off the list (NULL of
 * others), and the removal chunks themselves, counted from `firstChunk`. Returns the chunks' sizes.
 */
export async function stageLeavers(
  database: Database,
  files: Pick<WorkFiles, "upload">,
  run: { runId: string; attemptId: string },
  { remove, firstChunk, chunkSize }: { remove: boolean; firstChunk: number; chunkSize: number },
): Promise<readonly number[]> {
  const path = database.directory.newFile("parquet");
  const chunk = remove ? `CAST(place // ${chunkSize} + ${firstChunk} AS INTEGER)` : "NULL::INTEGER";
  const position = remove ? `CAST(place % ${chunkSize} AS INTEGER)` : "NULL::INTEGER";
  await database.run(
    `CREATE TABLE placed_leavers AS
      SELECT email, ours, ${chunk} AS chunk, ${position} AS position
      FROM (SELECT email, ours, row_number() OVER (ORDER BY email) - 1 AS place FROM leavers)`,
  );
  await database.run(
    `COPY (SELECT * FROM placed_leavers ORDER BY email) TO ${sqlString(path)}
      (FORMAT parquet, COMPRESSION zstd)`,
  );
  await files.upload(storageKeys.leavers(run.runId, run.attemptId), { localPath: path });
  const sizes = await database.rows(
    `SELECT CAST(count(*) AS DOUBLE) AS count FROM placed_leavers
      WHERE chunk IS NOT NULL GROUP BY chunk ORDER BY chunk`,
    countSchema,
  );
  for (let first = firstChunk; first < firstChunk + sizes.length; first += CHUNKS_AT_ONCE) {
    const chunks = await database.rows(
      `SELECT chunk, CAST(to_json(list(email ORDER BY position)) AS VARCHAR) AS emails
        FROM placed_leavers WHERE chunk BETWEEN ${first} AND ${first + CHUNKS_AT_ONCE - 1}
        GROUP BY chunk`,
      z.object({ chunk: z.number(), emails: z.string() }),
    );
    await Promise.all(
      chunks.map(({ chunk: number, emails }) =>
        files.upload(storageKeys.removalChunk(run.runId, run.attemptId, number), {
          bytes: Buffer.from(emails),
        }),
      ),
    );
  }
  return sizes.map(({ count }) => count);
}

async function countLeavers(database: Database): Promise<number> {
  const { count } = await database.row(
    "SELECT CAST(count(*) AS DOUBLE) AS count FROM leavers",
    countSchema,
  );
  return count;
}
