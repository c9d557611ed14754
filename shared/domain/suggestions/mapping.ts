import { fieldMappingSchema, type FieldMapping } from "../exports/field-mapping";
import { fieldNameSchema } from "../exports/field-schemas";
import { locationFields, profileFields } from "../klaviyo/klaviyo-fields";
import type { SegmentField, SuggestedConsent } from "../segments/segment";
import { ColumnFinder } from "./known-columns";
import type { KnownColumn } from "./vocabulary";

/**
 * A mapping to start from: each of Klaviyo's own fields is given the segment field that is called like it.
 * Custom properties are left to people, since nothing is to leave that nobody asked for.
 * Undefined when the email's field has a name that can't be mapped.
 */
export function suggestMapping(
  fields: readonly SegmentField[],
  email: string,
): FieldMapping | undefined {
  const finder = new ColumnFinder(
    fields,
    fields.filter(({ name, ...field }) => name !== email && isMappable({ name, ...field })),
  );
  // The vaguest name there is, “Address”, is left to the location, which comes last.
  const profile = taken(finder, profileFields);
  const location = taken(finder, locationFields);
  return fieldMappingSchema.safeParse({
    email,
    ...profile,
    ...(Object.keys(location).length === 0 ? {} : { location }),
  }).data;
}

/** Whether a field's values could fill one of Klaviyo's fields. */
function isMappable({ name, type }: SegmentField): boolean {
  return type !== "list" && type !== "object" && fieldNameSchema.safeParse(name).success;
}

function taken<Name extends KnownColumn>(
  finder: ColumnFinder,
  fields: Readonly<Record<Name, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    namesOf(fields).flatMap((name) => {
      const field = finder.take(name);
      return field === undefined ? [] : [[name, field]];
    }),
  );
}

function namesOf<Name extends string>(fields: Readonly<Record<Name, unknown>>): Name[] {
  const names: Name[] = [];
  for (const name in fields) {
    names.push(name);
  }
  return names;
}

/** The field in which people agreed to emails; else the one in which they refused them; by their names. */
export function suggestConsent(fields: readonly SegmentField[]): SuggestedConsent | undefined {
  const finder = new ColumnFinder(fields, fields.filter(isMappable));
  for (const meaning of ["agreed", "refused"] as const) {
    const field = finder.take(meaning);
    if (field !== undefined) {
      return { field, meaning };
    }
  }
  return undefined;
}
