import * as z from "zod";
import { EXPLAINED_ROWS } from "../../../domain/explanations/explanation";
import type { FieldMapping } from "../../../domain/exports/field-mapping";
import { PROFILE_MAX_BYTES } from "../../../domain/runs/chunk";
import type { SegmentFile } from "../../../domain/segments/segment";
import type { FoundPerson } from "../../../ports";
import { droppedValuesSql } from "../accounting/dropped-values";
import type { Database } from "../database";
import { ROW_BITS } from "../reading/judged-rows";
import { profileBytesSql, profileJsonSql } from "./profile-sql";

const memberSchema = z.object({ profile: z.string().nullable(), fits: z.boolean() });
const rowSchema = z.object({
  file: z.number(),
  row: z.number(),
  verdict: z.enum(["used", "duplicate", "invalid"]),
  all: z.number(),
});
const leftOutSchema = z.object({
  attribute: z.string(),
  field: z.string(),
  reason: z.string(),
  text: z.string(),
});
const countSchema = z.object({ found: z.number() });

/** What `members`, `set_aside`, `dropped_values` and `snapshot` hold of one address, which is bound, never written. */
export async function findPerson(
  database: Database,
  mapping: FieldMapping,
  files: readonly SegmentFile[],
  { email, hasDropped }: { email: string; hasDropped: boolean },
): Promise<FoundPerson> {
  const fits = `${profileBytesSql(mapping)} <= ${PROFILE_MAX_BYTES}`;
  const rows = await database.rows(
    `SELECT CAST(ordinal >> ${ROW_BITS} AS DOUBLE) AS file,
      CAST(ordinal & ((1::BIGINT << ${ROW_BITS}) - 1) AS DOUBLE) AS "row", verdict,
      CAST(count(*) OVER () AS DOUBLE) AS "all"
      FROM (
        SELECT ordinal, 'used' AS verdict FROM members WHERE email = $1
        UNION ALL
        SELECT ordinal, category FROM set_aside
          WHERE (category = 'duplicate' AND email = $1)
            OR (category = 'invalid' AND lower(trim(email)) = $1)
      ) ORDER BY verdict <> 'used', ordinal LIMIT ${EXPLAINED_ROWS}`,
    rowSchema,
    [email],
  );
  const [member] = await database.rows(
    `SELECT CASE WHEN ${fits} THEN ${profileJsonSql(mapping)} END AS profile, ${fits} AS fits
      FROM members WHERE email = $1`,
    memberSchema,
    [email],
  );
  const leftOut = hasDropped
    ? await database.rows(
        `SELECT attribute, field, reason, text FROM (${droppedValuesSql(mapping)}) WHERE email = $1`,
        leftOutSchema,
        [email],
      )
    : [];
  const blank = await database.row(
    "SELECT CAST(count(*) AS DOUBLE) AS found FROM set_aside WHERE category = 'blank'",
    countSchema,
  );
  const [kept] = await database.rows(
    "SELECT CAST(count(*) AS DOUBLE) AS found FROM snapshot WHERE email = $1",
    countSchema,
    [email],
  );
  const profile = member?.profile ?? undefined;
  return {
    rows: rows.map(({ file, row, verdict }) => ({
      segment: files[file]?.segment ?? "",
      file: files[file]?.name ?? "",
      row,
      verdict,
    })),
    rowCount: rows[0]?.all ?? 0,
    blankRows: blank.found,
    ...(profile === undefined ? {} : { profile: parsed(profile) }),
    leftOut: [...leftOut],
    tooLarge: member?.fits === false,
    inSnapshot: (kept?.found ?? 0) > 0,
  };
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}
