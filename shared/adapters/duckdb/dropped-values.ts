import * as z from "zod";
import { mapsOnlyEmail, type FieldMapping } from "../../domain/field-mapping";
import { problem, type Problem } from "../../domain/problem";
import { readDrop } from "../../domain/profile-reader";
import { dropReasons } from "../../domain/profile-values";
import type { Database } from "./database";

/** One warning for each mapped field and reason for which values were left out of members' profiles. */
export async function droppedValues(
  database: Database,
  mapping: FieldMapping,
): Promise<readonly Problem[]> {
  if (mapsOnlyEmail(mapping)) {
    return [];
  }
  const counted = await database.rows(
    `SELECT value, CAST(count(*) AS DOUBLE) AS count
      FROM (SELECT unnest(string_split(dropped, ' ')) AS value FROM members WHERE dropped IS NOT NULL)
      GROUP BY value`,
    z.object({ value: z.string(), count: z.number() }),
  );
  return counted
    .map(({ value, count }) => ({ count, ...readDrop(mapping, value) }))
    .toSorted((one, other) => one.index - other.index)
    .map(({ field, reason, count }) =>
      problem("valuesDropped", {
        count,
        attribute: field.attribute,
        field: field.field,
        reason,
        text: dropReasons[reason],
      }),
    );
}
