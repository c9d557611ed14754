import { fieldMappingSchema, type FieldMapping } from "../exports/field-mapping";
import { fieldNameSchema } from "../exports/field-schemas";
import { locationFields, profileFields, type LocationFieldName } from "../klaviyo/klaviyo-fields";
import type { SegmentField, SuggestedConsent } from "../segments/segment";
import { placeOf } from "./column-name";
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
  const location = ofOnePlace(taken(finder, locationFields));
  const family =
    profile.first_name === undefined || profile.last_name !== undefined
      ? undefined
      : finder.take("family_name");
  return fieldMappingSchema.safeParse({
    email,
    ...profile,
    // Else that of the profile stays.
    ...(family === undefined ? {} : { last_name: family }),
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
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of namesOf(fields)) {
    const field = finder.take(name);
    if (field !== undefined) {
      found[name] = field;
    }
  }
  return found;
}

/** Without what would put a part of one address into another: the street at home, and the city of the office. */
function ofOnePlace(
  location: Partial<Record<LocationFieldName, string>>,
): Partial<Record<LocationFieldName, string>> {
  const { address1, city, zip } = location;
  const place = placeOf(address1 ?? city ?? zip ?? "");
  const kept: Partial<Record<LocationFieldName, string>> = {};
  for (const name of namesOf(locationFields)) {
    const field = location[name];
    const own = field === undefined ? undefined : placeOf(field);
    const isOthers = own === "shipping" || own === "business";
    const isSame = own === undefined || own === place || (place === undefined && !isOthers);
    if (field !== undefined && isSame) {
      kept[name] = field;
    }
  }
  return kept;
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
