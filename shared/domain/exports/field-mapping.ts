import * as z from "zod";
import type { ConsentMeaning } from "../cells/consent";
import type { DecimalMark } from "../cells/numbers";
import {
  locationFields,
  profileFields,
  type PropertyType,
  type ValueKind,
} from "../klaviyo/klaviyo-fields";
import {
  consentRule,
  consentSchema,
  fieldNameSchema,
  fieldSchemas,
  propertiesSchema,
  type FieldSetting,
  type propertySchema,
} from "./field-schemas";

/**
 * Which segment field fills which Klaviyo field; only mapped fields ever leave the system. Keys are
 * Klaviyo's own names. A value is a segment field's name, or an object with that name as `field` and with
 * what else is to be said about it.
 */
export const fieldMappingSchema = z.strictObject({
  email: fieldNameSchema,
  ...fieldSchemas(profileFields),
  location: z.strictObject(fieldSchemas(locationFields)).optional(),
  /** Custom properties, by the names that they have in Klaviyo. */
  properties: propertiesSchema.optional(),
  /** Who does not agree there is not subscribed, by an export that subscribes its members. */
  consent: consentSchema.optional(),
});
export type FieldMapping = z.infer<typeof fieldMappingSchema>;

/** The field that says whether a member wants to be mailed, and what a yes means there. */
export interface ConsentField {
  readonly field: string;
  readonly meaning: ConsentMeaning;
}

/** The same of a mapping, if it has one. */
export function consentOf({ consent }: FieldMapping): ConsentField | undefined {
  if (consent === undefined) {
    return undefined;
  }
  const { field, meaning = "agreed" } = consentRule(consent);
  return { field, meaning };
}

/** What becomes of one segment field besides the email. */
export interface MappedField {
  /** The segment field. */
  readonly field: string;
  /** Where the value goes in the profile, as people write it: `first_name`, `location.city`, `properties.Tier`. */
  readonly attribute: string;
  readonly group: "profile" | "location" | "properties";
  /** The name within the group. */
  readonly name: string;
  readonly rule: ValueRule;
  readonly empty: "leave" | "clear";
}

/** How a value is judged and written. */
export type ValueRule =
  | { readonly kind: Exclude<ValueKind, "phone"> }
  | { readonly kind: "phone"; readonly defaultCountry: string | undefined }
  | {
      readonly kind: "property";
      readonly type: Exclude<PropertyType, "list"> | undefined;
      /** Of a number's property: without it, what the column shows. */
      readonly decimal?: DecimalMark | undefined;
      /** Of a date's property: without it, what the column shows. */
      readonly format?: string | undefined;
    }
  | { readonly kind: "property"; readonly type: "list"; readonly separator: string };

/** All that a mapping maps besides the email, in an order that does not depend on how it was written. */
export function mappedFields(mapping: FieldMapping): readonly MappedField[] {
  const standard = (
    group: "profile" | "location",
    name: string,
    kind: ValueKind,
    value: FieldSetting | undefined,
  ): MappedField[] => {
    if (value === undefined) {
      return [];
    }
    const { field, defaultCountry } =
      typeof value === "string" ? { field: value, defaultCountry: undefined } : value;
    return [
      {
        field,
        attribute: group === "profile" ? name : `location.${name}`,
        group,
        name,
        rule: kind === "phone" ? { kind, defaultCountry } : { kind },
        empty: "leave",
      },
    ];
  };
  const { location = {}, properties = {} } = mapping;
  return [
    ...entriesOf(profileFields).flatMap(([name, { kind }]) =>
      standard("profile", name, kind, mapping[name]),
    ),
    ...entriesOf(locationFields).flatMap(([name, { kind }]) =>
      standard("location", name, kind, location[name]),
    ),
    ...Object.entries(properties)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]): MappedField => {
        const given = typeof value === "string" ? { field: value } : value;
        return {
          field: given.field,
          attribute: `properties.${name}`,
          group: "properties",
          name,
          rule: ruleOfProperty(given),
          empty: given.empty ?? "leave",
        };
      }),
  ];
}

function ruleOfProperty(given: Exclude<z.infer<typeof propertySchema>, string>): ValueRule {
  return given.type === "list"
    ? { kind: "property", type: "list", separator: given.separator ?? "," }
    : {
        kind: "property",
        type: given.type,
        decimal: given.decimal,
        format: given.format,
      };
}

/** Object.entries with the keys' own type. */
function entriesOf<Key extends string, Value>(
  fields: Readonly<Record<Key, Value>>,
): readonly (readonly [Key, Value])[] {
  const entries: (readonly [Key, Value])[] = [];
  for (const key in fields) {
    entries.push([key, fields[key]]);
  }
  return entries;
}

/** Whether only the email is mapped: then profiles hold nothing else. */
export function mapsOnlyEmail(mapping: FieldMapping): boolean {
  return mappedFields(mapping).length === 0;
}

/**
 * A mapping as one JSON value that is the same however the mapping was written: order of keys, short form
 * or long, defaults given or not. A mapping of the email alone is `[["email", field]]`.
 */
export function canonicalMapping(mapping: FieldMapping): readonly (readonly unknown[])[] {
  return [
    ["email", mapping.email],
    ...mappedFields(mapping).map(({ attribute, field, rule, empty }) => [
      attribute,
      field,
      ...ruleParts(rule),
      empty,
    ]),
  ];
}

function ruleParts(rule: ValueRule): readonly unknown[] {
  switch (rule.kind) {
    case "phone":
      return [rule.kind, rule.defaultCountry ?? null];
    case "property":
      return rule.type === "list"
        ? [rule.type, rule.separator]
        : [
            rule.type ?? null,
            ...(rule.decimal === undefined ? [] : [rule.decimal]),
            ...(rule.format === undefined ? [] : [rule.format]),
          ];
    default:
      return [rule.kind];
  }
}
