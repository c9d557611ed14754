import type { ColumnHabit } from "../../../../../shared/domain/cells/column-habit";
import { fieldMappingSchema } from "../../../../../shared/domain/exports/field-mapping";
import {
  outgoingProfile,
  type OutgoingProfile,
} from "../../../../../shared/domain/profiles/outgoing-profile";
import { judgeEmail } from "../../../../../shared/domain/profiles/email";
import { createProfileReader } from "../../../../../shared/domain/profiles/profile-reader";
import type { PhoneReader } from "../../../../../shared/domain/profiles/profile-values";
import { findField } from "../../../../../shared/domain/segments/find-field";
import type { SegmentAnswer } from "../../../api/queries/segments";

/** A segment's field, as all of the chosen segments have it. */
export type SharedField = SegmentAnswer["fields"][number];

/** Fields that all of the segments have: a mapping must hold for each. */
export function sharedFields(
  described: readonly Pick<SegmentAnswer, "fields">[],
): readonly SharedField[] {
  const [first, ...others] = described;
  return (first?.fields ?? []).filter(({ name }) =>
    others.every(
      ({ fields }) =>
        findField(
          fields.map((field) => field.name),
          name,
        ) !== undefined,
    ),
  );
}

/** A segment's first rows. */
export interface SampleRows {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The value of a field in a row as people see it; undefined where it has none. */
export function sampleOf(
  { fields, rows }: SampleRows,
  row: number,
  field: string,
): string | undefined {
  return rows[row]?.[findField(fields, field) ?? -1] ?? undefined;
}

/** The first row whose email is valid; the first of all where none is. */
export function firstSendable(sample: SampleRows, emailField: string): number {
  const found = sample.rows.findIndex(
    (_, row) => judgeEmail(sampleOf(sample, row, emailField) ?? null).kind === "valid",
  );
  return Math.max(0, found);
}

/**
 * What a run would send for one of the rows, by the code with which runs read values. Undefined while the mapping is
 * not valid.
 */
export function outgoingOf(
  mapping: object,
  described: Pick<SegmentAnswer, "fields">,
  sample: SampleRows,
  row: number,
  readPhone: PhoneReader,
): OutgoingProfile | undefined {
  const checked = fieldMappingSchema.safeParse(mapping);
  const cells = sample.rows[row];
  if (!checked.success || cells === undefined) {
    return undefined;
  }
  const habits = new Map(
    described.fields.flatMap(({ name, reading }): [string, ColumnHabit][] =>
      reading === undefined ? [] : [[name, reading]],
    ),
  );
  const reader = createProfileReader(checked.data, readPhone, { habits });
  const types = new Map(described.fields.map(({ name, type }) => [name, type]));
  return outgoingProfile(
    checked.data,
    reader,
    sample.fields,
    cells.map((cell, at) => typedValue(cell, types.get(sample.fields[at] ?? ""))),
  );
}

/** A cell as its source holds it: rows are shown as text, and what is no text there is its JSON. */
function typedValue(cell: string | null, type: SharedField["type"] | undefined): unknown {
  if (cell === null || type === undefined || type === "text" || type === "date") {
    return cell;
  }
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
