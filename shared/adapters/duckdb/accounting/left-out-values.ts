import * as z from "zod";
import { attributeOf, leftOutValueSchema } from "../../../domain/runs/chunk-findings";
import { storageKeys } from "../../../domain/runs/storage-keys";
import type { LeftOutValues } from "../../../domain/runs/run";
import type { AccountingRequest } from "../../../ports";
import type { Database } from "../database";
import { inParallel } from "../in-parallel";
import { sqlString } from "../sql-text";
import type { WorkFiles } from "../work-files";

const DOWNLOADS_AT_ONCE = 16;

/**
 * Makes the table `left_out(chunk, position, attribute, shape)` of the values that Klaviyo did not take, with
 * position NULL where it did not say whose. Only the chunks are read whose outcomes have some.
 */
export async function loadLeftOut(
  database: Database,
  files: WorkFiles,
  { runId, attemptId, outcomes }: Pick<AccountingRequest, "runId" | "attemptId" | "outcomes">,
): Promise<void> {
  await database.run(
    "CREATE TABLE left_out (chunk INTEGER, position BIGINT, attribute VARCHAR, shape VARCHAR)",
  );
  const chunks = [...outcomes].filter(([, { leftOut = 0 }]) => leftOut > 0);
  await inParallel(chunks, DOWNLOADS_AT_ONCE, async ([chunk]) => {
    const text = (await files.read(storageKeys.leftOut(runId, attemptId, chunk))).toString("utf8");
    const values = text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => leftOutValueSchema.parse(JSON.parse(line)));
    const rows = values.map((value) => {
      const place = value.position === null ? "NULL" : String(value.position);
      return `(${chunk}, ${place}, ${sqlString(attributeOf(value))}, ${sqlString(value.shape)})`;
    });
    await database.run(`INSERT INTO left_out VALUES ${rows.join(", ")}`);
  });
}

/** Counts the profiles that went without a value, by attribute, and names the attributes of values ignored. */
export async function countLeftOut(database: Database): Promise<LeftOutValues> {
  const counted = await database.rows(
    `SELECT attribute, CAST(count(DISTINCT (left_out.chunk, left_out.position)) AS DOUBLE) AS count
      FROM left_out JOIN fates USING (chunk, position)
      WHERE fate = 'imported' GROUP BY attribute ORDER BY attribute`,
    z.object({ attribute: z.string(), count: z.number() }),
  );
  const ignored = await database.rows(
    "SELECT DISTINCT attribute FROM left_out WHERE position IS NULL ORDER BY attribute",
    z.object({ attribute: z.string() }),
  );
  return { refused: [...counted], ignored: ignored.map(({ attribute }) => attribute) };
}
