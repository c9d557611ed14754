/**
 * What Klaviyo's description (revision 2026-07-15) names of a profile. It is written down here a second time, apart from
 * what the exporter knows, so that the simulator refuses what the exporter gets wrong.
 */

/** The attributes that are text, the email apart. */
export const PROFILE_TEXTS: readonly string[] = [
  "phone_number",
  "external_id",
  "first_name",
  "last_name",
  "organization",
  "locale",
  "title",
  "image",
];

/** The parts of the attribute `location`. */
export const LOCATION_PARTS: readonly string[] = [
  "address1",
  "address2",
  "city",
  "country",
  "latitude",
  "longitude",
  "region",
  "zip",
  "timezone",
  "ip",
];
