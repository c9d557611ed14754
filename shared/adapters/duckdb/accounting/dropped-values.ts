import * as z from "zod";
import {
  DROPPED_VALUE_COLUMNS,
  refusedByKlaviyo,
} from "../../../domain/runs/left-out/dropped-values";
import {
  mappedFields,
  mapsOnlyEmail,
  type FieldMapping,
} from "../../../domain/exports/field-mapping";
import { problem, type Problem } from "../../../domain/problems/problem";
import { readDrop, type Drop } from "../../../domain/profiles/profile-reader";
import { dropReasons } from "../../../domain/profiles/profile-values";
import { textCell, writeCsvReport } from "./csv-report";
import type { Database } from "../database";
import { profileJsonSql } from "../preparing/profile-sql";
import { sqlString } from "../sql-text";

/**
 * Makes the table `dropped_values(ordinal, email, value, shape)` of the values that were left out of members'
 * profiles, `value` as {@link readDrop} reads it. Returns the warnings: one for each mapped field and reason, and a
 * loud one for each field of which no profile has a value.
 */
export async function findDroppedValues(
  database: Database,
  mapping: FieldMapping,
): Promise<readonly Problem[]> {
  if (mapsOnlyEmail(mapping)) {
    return [];
  }
  await database.run(
    `CREATE TABLE dropped_values AS
      SELECT ordinal, email, regexp_extract(entry, '^[0-9]+:\\w+') AS value,
        regexp_extract(entry, '^[0-9]+:\\w+:(.*)$', 1) AS shape
      FROM (
        SELECT ordinal, email, unnest(string_split(dropped, ' ')) AS entry
        FROM members WHERE dropped IS NOT NULL
      )`,
  );
  const counted = await database.rows(
    `SELECT value, CAST(count(*) AS DOUBLE) AS count FROM dropped_values GROUP BY value`,
    z.object({ value: z.string(), count: z.number() }),
  );
  const drops = counted
    .map(({ value, count }) => ({ count, ...readDrop(mapping, value) }))
    .toSorted((one, other) => one.index - other.index);
  const lost: Problem[] = [];
  for (const ofField of Map.groupBy(drops, ({ index }) => index).values()) {
    const [{ field } = { field: undefined }] = ofField;
    if (field !== undefined && !(await isFilled(database, mapping, field))) {
      const count = ofField.reduce((sum, drop) => sum + drop.count, 0);
      const { attribute, field: name } = field;
      lost.push(
        problem("fieldDropped", {
          count,
          attribute,
          field: name,
          reasons: ofField.map(({ reason }) => reason).join(", "),
          text: ofField.map(({ reason }) => dropReasons[reason]).join("; or "),
        }),
      );
    }
  }
  return [
    ...drops.map(({ field, reason, count }) =>
      problem("valuesDropped", {
        count,
        attribute: field.attribute,
        field: field.field,
        reason,
        text: dropReasons[reason],
      }),
    ),
    ...lost,
  ];
}

/** Whether any member's profile has a value there; what is too large to be sent has none. */
async function isFilled(
  database: Database,
  mapping: FieldMapping,
  { group, name }: Drop["field"],
): Promise<boolean> {
  const way = group === "profile" ? [name] : [group, name];
  const pointer = ["", "attributes", ...way]
    .map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"))
    .join("/");
  const found = await database.rows(
    `SELECT 1 AS found FROM members
      WHERE CASE WHEN attributes IS NOT NULL
        THEN json_exists(${profileJsonSql(mapping)}, ${sqlString(pointer)}) END LIMIT 1`,
    z.object({ found: z.number() }),
  );
  return found.length > 0;
}

/**
 * SQL of the values left out, from `dropped_values`: `ordinal`, `email`, `attribute`, `field`, `reason`, `text` and
 * `shape`.
 */
export function droppedValuesSql(mapping: FieldMapping): string {
  const fields = mappedFields(mapping).map(
    ({ attribute, field }, index) => `(${index}, ${sqlString(attribute)}, ${sqlString(field)})`,
  );
  const reasons = Object.entries(dropReasons).map(
    ([reason, text]) => `(${sqlString(reason)}, ${sqlString(text)})`,
  );
  return `
    SELECT ordinal, email, mapped.attribute, mapped.field, reasons.reason, reasons.text, shape
    FROM dropped_values
    JOIN (VALUES ${fields.join(", ")}) AS mapped(index, attribute, field)
      ON mapped.index = CAST(split_part(value, ':', 1) AS INTEGER)
    JOIN (VALUES ${reasons.join(", ")}) AS reasons(reason, text)
      ON reasons.reason = split_part(value, ':', 2)`;
}

/**
 * Writes the report of values left out, in row order: those that preparation left out, from the file that it staged,
 * and those that Klaviyo refused, from `left_out` and `fates`. Returns its local path; undefined if there are none.
 */
export async function writeDroppedReport(
  database: Database,
  mapping: FieldMapping,
  stagedPath: string | undefined,
): Promise<string | undefined> {
  const fields = mappedFields(mapping).map(
    ({ attribute, field }) => `(${sqlString(attribute)}, ${sqlString(field)})`,
  );
  if (fields.length === 0) {
    return undefined;
  }
  const columns = 'ordinal, segment, file, "row", email, attribute, field, reason, text, shape';
  const staged =
    stagedPath === undefined
      ? ""
      : `SELECT ${columns} FROM read_parquet(${sqlString(stagedPath)}) UNION ALL`;
  await database.run(
    `CREATE TABLE values_left_out AS
      ${staged}
      SELECT ordinal, segment, file, "row", email, left_out.attribute,
        coalesce(mapped.field, '') AS field, ${sqlString(refusedByKlaviyo.reason)} AS reason,
        ${sqlString(refusedByKlaviyo.text)} AS text, shape
      FROM left_out
      JOIN fates USING (chunk, position)
      LEFT JOIN (VALUES ${fields.join(", ")}) AS mapped(attribute, field)
        ON mapped.attribute = left_out.attribute`,
  );
  const { any } = await database.row(
    "SELECT count(*) > 0 AS any FROM values_left_out",
    z.object({ any: z.boolean() }),
  );
  const cells = DROPPED_VALUE_COLUMNS.map((column) =>
    column === "row" ? `CAST("row" AS VARCHAR)` : textCell(column),
  );
  return any
    ? writeCsvReport(database, DROPPED_VALUE_COLUMNS, cells, "values_left_out")
    : undefined;
}
