/** What a field's values must be; values that are not are left out, and counted by reason. */
export type ValueKind =
  | "text"
  | "externalId"
  | "phone"
  | "locale"
  | "url"
  | "latitude"
  | "longitude"
  | "timeZone"
  | "ip";

/**
 * Klaviyo's own attributes of a profile besides the email, by their names in Klaviyo's API (revision
 * 2026-07-15, `ProfileUpsertQueryResourceObject`). `accepts` is what the table in docs/segments/mapping.md says.
 */
export const profileFields = {
  phone_number: {
    kind: "phone",
    accepts: "a valid phone number; sent as E.164, such as `+4930123456`",
  },
  external_id: { kind: "externalId", accepts: "text of at most 255 characters" },
  first_name: { kind: "text", accepts: "text" },
  last_name: { kind: "text", accepts: "text" },
  organization: { kind: "text", accepts: "text" },
  title: { kind: "text", accepts: "text" },
  locale: {
    kind: "locale",
    accepts: "language and country, such as `en-US`; `en_us` is sent as `en-US`",
  },
  image: { kind: "url", accepts: "an http or https URL" },
} as const satisfies Record<string, FieldRule>;

/** The parts of a profile's `location` (`ProfileLocation`). */
export const locationFields = {
  address1: { kind: "text", accepts: "text" },
  address2: { kind: "text", accepts: "text" },
  city: { kind: "text", accepts: "text" },
  country: { kind: "text", accepts: "text" },
  region: { kind: "text", accepts: "text" },
  zip: { kind: "text", accepts: "text" },
  latitude: { kind: "latitude", accepts: "a number from -90 to 90" },
  longitude: { kind: "longitude", accepts: "a number from -180 to 180" },
  timezone: { kind: "timeZone", accepts: "a name of the IANA database, such as `Europe/Berlin`" },
  ip: { kind: "ip", accepts: "an IPv4 or IPv6 address" },
} as const satisfies Record<string, FieldRule>;

/** The types that a custom property can be given. */
export const propertyTypes = {
  text: { accepts: "everything; numbers, lists and objects as their JSON text" },
  number: {
    accepts: "`12`, `-3.5`, `1,234.50`, `99,00`, `$12.50`, `1e6`; no more digits than are kept",
  },
  boolean: {
    accepts:
      "`true`, `yes`, `y`, `t`, `on`, `1`, what they are in other languages (`ja`, `oui`, `sí`, `tak`) and their opposites, in any case",
  },
  date: {
    accepts:
      "ISO 8601, `31.01.2024`, `1/31/2024`, `31 Jan 2024`, with or without a time and a zone; seconds or milliseconds since 1970",
  },
  list: {
    accepts:
      "a list; a JSON, Python or PostgreSQL array as text; text that is split at `separator`, its items in quotes or not",
  },
  json: { accepts: "any JSON value, nested as it likes" },
} as const satisfies Record<string, { accepts: string }>;

export interface FieldRule {
  readonly kind: ValueKind;
  readonly accepts: string;
}

export type ProfileFieldName = keyof typeof profileFields;
export type LocationFieldName = keyof typeof locationFields;
export type PropertyType = keyof typeof propertyTypes;
