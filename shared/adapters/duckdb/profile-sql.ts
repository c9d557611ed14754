import { PROFILE_MAX_BYTES } from "../../domain/chunk";
import { mapsOnlyEmail, type FieldMapping } from "../../domain/field-mapping";

/**
 * The profile that Klaviyo is sent, as one JSON text: an element of the import job's body. Where more than
 * the email is mapped, the rest of it is the column `attributes`, as the composer made it. Put together
 * from parts, because that takes half the time of DuckDB's `json_object`.
 */
export function profileJsonSql(mapping: FieldMapping): string {
  const rest = mapsOnlyEmail(mapping) ? "'}}'" : "coalesce(attributes, '')";
  return `('{"type":"profile","attributes":{"email":' || CAST(to_json(email) AS VARCHAR) || ${rest})`;
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
