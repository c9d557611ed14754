import * as z from "zod";
import { PROFILE_MAX_BYTES } from "../../../domain/runs/chunk";
import type { FieldMapping } from "../../../domain/exports/field-mapping";
import { PREVIEW_MAX_BYTES, PREVIEW_ROWS } from "../../../domain/exports/preview";
import { rowRejections } from "../../../domain/runs/rejection";
import type { SegmentFile } from "../../../domain/segments/segment";
import type { PreparedSample } from "../../../ports";
import type { Database } from "../database";
import { ROW_BITS } from "../reading/judged-rows";
import { profileBytesSql, profileJsonSql } from "./profile-sql";

const codes = {
  blank: "emailBlank",
  invalid: "emailInvalid",
  duplicate: "emailDuplicate",
  tooLarge: "profileTooLarge",
} as const;

const rejectedSchema = z.object({
  file: z.number(),
  row: z.number(),
  email: z.string().nullable(),
  category: z.enum(["blank", "invalid", "duplicate", "tooLarge"]),
});

/** The first profiles that would be sent and the first rows set aside, in row order, and what all amount to. */
export async function samplePrepared(
  database: Database,
  mapping: FieldMapping,
  files: readonly SegmentFile[],
): Promise<PreparedSample> {
  const profile = profileJsonSql(mapping);
  const fits = `${profileBytesSql(mapping)} <= ${PROFILE_MAX_BYTES}`;
  const totals = await database.row(
    `SELECT CAST(count(*) FILTER (NOT known AND fits) AS DOUBLE) AS fresh,
      CAST(count(*) FILTER (NOT unchanged AND NOT fits) AS DOUBLE) AS "tooLarge",
      CAST(coalesce(sum(strlen(${profile}) + 1) FILTER (NOT unchanged AND fits), 0) AS DOUBLE) AS bytes
      FROM (SELECT *, ${fits} AS fits FROM members)`,
    z.object({ fresh: z.number(), tooLarge: z.number(), bytes: z.number() }),
  );
  const firstProfiles = async (condition: string): Promise<unknown[]> => {
    const rows = await database.rows(
      `SELECT ${profile} AS profile FROM members WHERE NOT unchanged AND ${fits} ${condition}
        ORDER BY ordinal LIMIT ${PREVIEW_ROWS}`,
      z.object({ profile: z.string() }),
    );
    return fitting(rows.map((row) => row.profile));
  };
  const profiles = await firstProfiles("");
  const changed = await firstProfiles("AND known");
  const rejected = await database.rows(
    `SELECT CAST(ordinal >> ${ROW_BITS} AS DOUBLE) AS file,
      CAST(ordinal & ((1::BIGINT << ${ROW_BITS}) - 1) AS DOUBLE) AS "row", email, category
      FROM (
        SELECT ordinal, email, category FROM set_aside
        UNION ALL
        SELECT ordinal, email, 'tooLarge' FROM members WHERE NOT unchanged AND NOT (${fits})
      ) ORDER BY ordinal LIMIT ${PREVIEW_ROWS}`,
    rejectedSchema,
  );
  return {
    ...totals,
    profiles,
    changed,
    rejections: rejected.map(({ file, row, email, category }) => ({
      segment: files[file]?.segment ?? "",
      file: files[file]?.name ?? "",
      row,
      email: email?.slice(0, 300) ?? null,
      code: codes[category],
      text: rowRejections[codes[category]].text,
    })),
  };
}

/** As many as can be kept and shown together. */
function fitting(profiles: readonly string[]): unknown[] {
  let room = PREVIEW_MAX_BYTES;
  const shown: unknown[] = [];
  for (const text of profiles) {
    room -= Buffer.byteLength(text);
    if (room >= 0) {
      shown.push(JSON.parse(text));
    }
  }
  return shown;
}
