import { PROFILE_MAX_BYTES } from "../../domain/chunk";
import { mapsOnlyEmail, type FieldMapping } from "../../domain/field-mapping";
import { sqlString } from "./sql-text";

/**
 * The profile that Klaviyo is sent, as one JSON text: an element of the import job's body. Where more than
 * the email is mapped, the rest of it is the column `attributes`, as the composer made it. Put together
 * from parts, because that takes half the time of DuckDB's `json_object`.
 */
export function profileJsonSql(mapping: FieldMapping): string {
  const rest = mapsOnlyEmail(mapping) ? "'}}'" : "coalesce(attributes, '')";
  return `('{"type":"profile","attributes":{"email":' || CAST(to_json(email) AS VARCHAR) || ${rest})`;
}

/** When a member consented, in UTC, as a custom property of the profile says; NULL when it says no usable time. */
export function consentedAtSql(mapping: FieldMapping, property: string): string {
  const pointer = `/attributes/properties/${property.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const value = `json_extract_string(${profileJsonSql(mapping)}, ${sqlString(pointer)})`;
  // The offset is made explicit: what is taken for a time without one depends on the machine.
  const instant = `CASE
    WHEN NOT contains(${value}, ':') THEN ${value} || ' 00:00:00+00'
    WHEN regexp_matches(${value}, '(Z|[+-][0-9]{2}(:?[0-9]{2})?)$') THEN ${value}
    ELSE ${value} || '+00' END`;
  return `make_timestamp(epoch_us(TRY_CAST(${instant} AS TIMESTAMPTZ)))`;
}

/** The bytes of the profile in UTF-8; one that was too large to be composed has more than Klaviyo takes. */
export function profileBytesSql(mapping: FieldMapping): string {
  const bytes = `strlen(${profileJsonSql(mapping)})`;
  return mapsOnlyEmail(mapping)
    ? bytes
    : `(CASE WHEN attributes IS NULL THEN ${PROFILE_MAX_BYTES + 1} ELSE ${bytes} END)`;
}

/** Keeps the first half of the digest. `md5_number_lower`, which gives the other, takes twice the time. */
const SIXTY_FOUR_BITS = String(2n ** 64n - 1n);

/**
 * Tells whether a profile's content changed. MD5 rather than DuckDB's own hash, which may differ between
 * its versions; 64 bits, because it is compared only with the same email's.
 */
export function contentHashSql(mapping: FieldMapping): string {
  return `CAST(md5_number(${profileJsonSql(mapping)}) & ${SIXTY_FOUR_BITS} AS UBIGINT)`;
}
