import * as z from "zod";
import { saysRefused, type ConsentMeaning } from "../cells/consent";
import { faultOfDateFormat } from "../cells/dates/date-format";
import type { FieldRule } from "../klaviyo/klaviyo-fields";
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

export const propertySchema = z.union(
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

export const propertiesSchema = z
  .record(z.string(), propertySchema)
  .superRefine((properties, context) => {
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

/** What fills one of Klaviyo's fields; only a phone number has a default country. */
export type FieldSetting = z.infer<typeof phoneFieldSchema>;
type FieldSchema = z.ZodOptional<z.ZodType<FieldSetting, z.input<typeof phoneFieldSchema>>>;

/** A schema for each of Klaviyo's fields, by its kind. */
export function fieldSchemas<Name extends string>(
  fields: Readonly<Record<Name, FieldRule>>,
): Record<Name, FieldSchema> {
  const schemas: Partial<Record<Name, FieldSchema>> = {};
  for (const name in fields) {
    schemas[name] = (
      fields[name].kind === "phone" ? phoneFieldSchema : standardFieldSchema
    ).optional();
  }
  if (!hasAll(schemas, fields)) {
    throw new TypeError("a field has no schema");
  }
  return schemas;
}

function hasAll<Name extends string, Value>(
  values: Partial<Record<Name, Value>>,
  names: Readonly<Record<Name, unknown>>,
): values is Record<Name, Value> {
  return Object.keys(names).every((name) => name in values);
}

/** The field that says whether a member wants to be mailed. It is never sent. */
export const consentSchema = z
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
export function consentRule(
  given: string | { field: string; meaning?: ConsentMeaning | undefined },
): {
  readonly field: string;
  readonly meaning: ConsentMeaning | undefined;
} {
  const { field, meaning } =
    typeof given === "string" ? { field: given, meaning: undefined } : given;
  return { field, meaning: meaning ?? (saysRefused(field) ? undefined : "agreed") };
}
