import * as z from "zod";
import { saysRefused, type ConsentMeaning } from "../cells/consent";
import { faultOfDateFormat } from "../cells/date-format";
import type { DecimalMark } from "../cells/numbers";
import {
  locationFields,
  profileFields,
  type PropertyType,
  type ValueKind,
} from "../klaviyo/klaviyo-fields";
import { phoneCountrySchema } from "../profiles/phone-countries";

/** A field of the segment, by its exact name. */
export const fieldNameSchema = z.string().min(1).max(300);

/** More would not fit a profile of 100 KB in any useful way, and a run keeps its mapping. */
export const MAX_PROPERTIES = 100;
const MAX_PROPERTY_NAME_LENGTH = 100;

/** An empty cell leaves what Klaviyo has. */
const leaveSchema = z
  .enum(["leave", "clear"])
  .refine(
    (meaning) => meaning === "leave",
    "Klaviyo's bulk import can't clear this field; only custom properties can be cleared",
  )
  .optional();

const NEITHER_FORM = { error: "is a field's name, or an object with that name as field" };

const standardFieldSchema = z.union(
  [fieldNameSchema, z.strictObject({ field: fieldNameSchema, empty: leaveSchema })],
  NEITHER_FORM,
);

const phoneFieldSchema = z.union(
  [
    fieldNameSchema,
    z.strictObject({
      field: fieldNameSchema,
      empty: leaveSchema,
      /** Numbers written without a country's code are taken to be from here; without it they are left out. */
      defaultCountry: phoneCountrySchema.optional(),
    }),
  ],
  NEITHER_FORM,
);

const propertySchema = z.union(
  [
    fieldNameSchema,
    z
      .strictObject({
        field: fieldNameSchema,
        /** `leave` (the default) keeps what Klaviyo has; `clear` removes the property from the profile. */
        empty: z.enum(["leave", "clear"]).optional(),
        /** Without a type, values keep that of their source; all of CSV is text. */
        type: z.enum(["text", "number", "boolean", "date", "list", "json"]).optional(),
        /** What parts the items of a list that is written as text; a comma by default. */
        separator: z.string().min(1).max(10).optional(),
        /** What parts whole and fraction in numbers that are written as text; without it, the column shows it. */
        decimal: z.enum([".", ","]).optional(),
        /** How dates are written, such as MM/dd/yyyy; without it, the column shows it. */
        format: z
          .string()
          .superRefine((text, context) => {
            const fault = faultOfDateFormat(text);
            if (fault !== undefined) {
              context.addIssue({ code: "custom", message: fault });
            }
          })
          .optional(),
      })
      .refine(({ type, decimal }) => decimal === undefined || type === "number", {
        path: ["decimal"],
        message: "only a property of type number has a decimal mark",
      })
      .refine(({ type, format }) => format === undefined || type === "date", {
        path: ["format"],
        message: "only a property of type date has a format",
      })
      .refine(({ type, separator }) => separator === undefined || type === "list", {
        path: ["separator"],
        message: "only a property of type list has a separator",
      }),
  ],
  NEITHER_FORM,
);

const propertiesSchema = z.record(z.string(), propertySchema).superRefine((properties, context) => {
  const names = Object.keys(properties);
  if (names.length > MAX_PROPERTIES) {
    context.addIssue({ code: "custom", message: `at most ${MAX_PROPERTIES} properties` });
  }
  for (const name of names) {
    const fault = faultOfPropertyName(name);
    if (fault !== undefined) {
      context.addIssue({ code: "custom", path: [name], message: fault });
    }
  }
});

function faultOfPropertyName(name: string): string | undefined {
  if (name === "" || name !== name.trim()) {
    return "a property's name is not empty and has no outer space";
  }
  if (name.length > MAX_PROPERTY_NAME_LENGTH) {
    return `a property's name has at most ${MAX_PROPERTY_NAME_LENGTH} characters`;
  }
  if (name.startsWith("$")) {
    return "Klaviyo reserves names that start with $";
  }
  return /\p{Cc}/u.test(name) ? "a property's name holds no control characters" : undefined;
}

const locationSchema = z.strictObject({
  address1: standardFieldSchema.optional(),
  address2: standardFieldSchema.optional(),
  city: standardFieldSchema.optional(),
  country: standardFieldSchema.optional(),
  region: standardFieldSchema.optional(),
  zip: standardFieldSchema.optional(),
  latitude: standardFieldSchema.optional(),
  longitude: standardFieldSchema.optional(),
  timezone: standardFieldSchema.optional(),
  ip: standardFieldSchema.optional(),
});

/** The field that says whether a member wants to be mailed. It is never sent. */
const consentSchema = z
  .union(
    [
      fieldNameSchema,
      z.strictObject({
        field: fieldNameSchema,
        /** What a yes means there: `refused` for a field such as Email Opt Out; `agreed` without it. */
        meaning: z.enum(["agreed", "refused"]).optional(),
      }),
    ],
    NEITHER_FORM,
  )
  .refine((given) => consentRule(given).meaning !== undefined, {
    message:
      'the field\'s name says that a yes refuses: write {"field": …, "meaning": "refused"}, or "agreed" if that is not so',
  });

/** A member's consent, by the mapping; without a meaning where the name of the field speaks against it. */
function consentRule(given: string | { field: string; meaning?: ConsentMeaning | undefined }): {
  readonly field: string;
  readonly meaning: ConsentMeaning | undefined;
} {
  const { field, meaning } =
    typeof given === "string" ? { field: given, meaning: undefined } : given;
  return { field, meaning: meaning ?? (saysRefused(field) ? undefined : "agreed") };
}

/**
 * Which segment field fills which Klaviyo field; only mapped fields ever leave the system. Keys are
 * Klaviyo's own names. A value is a segment field's name, or an object with that name as `field` and with
 * what else is to be said about it.
 */
export const fieldMappingSchema = z.strictObject({
  email: fieldNameSchema,
  phone_number: phoneFieldSchema.optional(),
  external_id: standardFieldSchema.optional(),
  first_name: standardFieldSchema.optional(),
  last_name: standardFieldSchema.optional(),
  organization: standardFieldSchema.optional(),
  title: standardFieldSchema.optional(),
  locale: standardFieldSchema.optional(),
  image: standardFieldSchema.optional(),
  location: locationSchema.optional(),
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
    value: z.infer<typeof phoneFieldSchema> | undefined,
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
        ...(given.decimal === undefined ? {} : { decimal: given.decimal }),
        ...(given.format === undefined ? {} : { format: given.format }),
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
