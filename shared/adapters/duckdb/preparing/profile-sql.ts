import { PROFILE_MAX_BYTES } from "../../../domain/runs/chunk";
import { profileText } from "../../../domain/klaviyo/profile-text";
import { mapsOnlyEmail, type FieldMapping } from "../../../domain/exports/field-mapping";
import { DROPPED, type ProfileReader } from "../../../domain/profiles/profile-reader";
import { TOO_LARGE, valueColumn } from "../reading/row-file";
import { sqlString } from "../sql-text";

const {
  beforeEmail: BEFORE_EMAIL,
  afterEmail: AFTER_EMAIL,
  groups,
  unset: UNSET,
  end,
} = profileText;
/** What follows the email where nothing else is mapped. */
const AFTER_ONLY_EMAIL = `${AFTER_EMAIL}${end}`;

/**
 * The profile that Klaviyo is sent, as one JSON text: an element of the import job's body. Where more than
 * the email is mapped, the rest of it is the column `attributes` (`composedRowsSql`). Put together
 * from parts, which is less work than DuckDB's `json_object` for every row. A valid address has no character
 * that JSON escapes (`EMAIL_PATTERN`).
 */
export function profileJsonSql(mapping: FieldMapping): string {
  const rest = mapsOnlyEmail(mapping)
    ? sqlString(AFTER_ONLY_EMAIL)
    : `coalesce(${sqlString(AFTER_EMAIL)} || attributes, '')`;
  return `(${sqlString(BEFORE_EMAIL)} || email || ${rest})`;
}

/**
 * Composes what follows the email in each profile, in the order of the reader's parts: of `rows` with `row`, `cell` and
 * the value columns (NULL, or a `Reading`) it makes rows with `row`, `cell`, `attributes` (with the closing
 * braces; NULL when it alone is larger than Klaviyo takes a profile) and `dropped`: the values left out, as
 * `readDrop` reads them, parted by spaces; NULL when there are none. The reader's asides follow under their names.
 */
export function composedRowsSql({ parts, asides }: ProfileReader, rows: string): string {
  const beside = asides.map(({ name }, index) => ({
    name,
    column: valueColumn(parts.length + index),
  }));
  const named = beside.map(({ name }) => `, ${name}`).join("");
  const mapped = parts.map((part, index) => ({
    ...part.mapped,
    index,
    column: valueColumn(index),
  }));
  const isDropped = (column: string): string => `starts_with(${column}, ${sqlString(DROPPED)})`;
  // NULLs are left out of what concat and concat_ws join, and make `||` NULL.
  const joined = (separator: string, texts: readonly string[]): string =>
    texts.length === 0 ? "NULL" : `nullif(concat_ws('${separator}', ${texts.join(", ")}), '')`;
  const around = ({ before, after }: { before: string; after: string }, text: string): string =>
    `${sqlString(before)} || ${text} || ${sqlString(after)}`;
  const within = (group: (typeof mapped)[number]["group"]): string =>
    joined(
      ",",
      mapped
        .filter((field) => field.group === group)
        .map(({ name, column }) => {
          const key = sqlString(`${JSON.stringify(name)}:`);
          return `CASE WHEN NOT ${isDropped(column)} THEN ${key} || ${column} END`;
        }),
    );
  const unset = joined(
    ",",
    mapped
      .filter(({ empty }) => empty === "clear")
      .map(
        ({ name, column }) =>
          `CASE WHEN ${column} IS NULL THEN ${sqlString(JSON.stringify(name))} END`,
      ),
  );
  const dropped = joined(
    " ",
    mapped.map(
      ({ index, column }) =>
        `CASE WHEN ${isDropped(column)} AND ${column} <> ${sqlString(TOO_LARGE)}
          THEN '${index}:' || ${column}[${DROPPED.length + 1}:] END`,
    ),
  );
  const columns = mapped.map(({ column }) => column);
  return `
    SELECT "row", cell, dropped${named},
      CASE WHEN strlen(text) <= ${PROFILE_MAX_BYTES} THEN text END AS attributes
    FROM (
      SELECT "row", cell, ${dropped} AS dropped${beside
        .map(({ name, column }) => `, ${column} AS ${name}`)
        .join("")},
        CASE WHEN ${["false", ...columns.map((column) => `${column} = ${sqlString(TOO_LARGE)}`)].join(" OR ")} THEN NULL
          ELSE concat(
            ${around(groups.profile, within("profile"))},
            ${around(groups.location, within("location"))},
            ${around(groups.properties, within("properties"))},
            coalesce(${around(UNSET, unset)}, ${sqlString(end)})
          ) END AS text
      FROM (${rows})
    )`;
}

/** The bytes of the profile in UTF-8; one that was too large to be composed has more than Klaviyo takes. */
export function profileBytesSql(mapping: FieldMapping): string {
  return mapsOnlyEmail(mapping)
    ? `(${BEFORE_EMAIL.length + AFTER_ONLY_EMAIL.length} + strlen(email))`
    : `coalesce(${BEFORE_EMAIL.length + AFTER_EMAIL.length} + strlen(email) + strlen(attributes), ${PROFILE_MAX_BYTES + 1})`;
}

/** Keeps the first half of the digest. `md5_number_lower`, which gives the other, takes twice the time. */
const SIXTY_FOUR_BITS = String(2n ** 64n - 1n);

/**
 * Tells whether a profile's content changed. MD5 rather than DuckDB's own hash, which may differ between its
 * versions; 64 bits, because it is compared only with the same email's. Always 0 where a profile has no content
 * but its email, by which it is found.
 */
export function contentHashSql(mapping: FieldMapping): string {
  return mapsOnlyEmail(mapping)
    ? "0::UBIGINT"
    : `CAST(md5_number(${profileJsonSql(mapping)}) & ${SIXTY_FOUR_BITS} AS UBIGINT)`;
}
