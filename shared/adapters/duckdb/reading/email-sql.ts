import {
  EMAIL_LOCAL_PART_MAX_LENGTH,
  EMAIL_MAX_LENGTH,
  EMAIL_PADDING,
  EMAIL_PATTERN,
  EMAIL_WRAPPING,
} from "../../../domain/profiles/email";
import { NULL_WORDS } from "../../../domain/cells/null-words";
import { sqlString } from "../sql-text";

const pattern = sqlString(EMAIL_PATTERN);
const outerPadding = sqlString(`^${EMAIL_PADDING}+|${EMAIL_PADDING}+$`);
const wrapping = sqlString(EMAIL_WRAPPING);
const nothing = ["", ...NULL_WORDS].map(sqlString).join(", ");
const nothingMaxLength = Math.max(...NULL_WORDS.map((word) => word.length));

/** A text without what stands around an address. */
function unwrappedSql(text: string): string {
  const bare = (sql: string): string => `regexp_replace(${sql}, ${outerPadding}, '', 'g')`;
  return `CASE WHEN contains(${text}, '=') OR contains(${text}, '''')
    THEN ${bare(`regexp_replace(${bare(text)}, ${wrapping}, '\\1\\2')`)} ELSE ${bare(text)} END`;
}

/** Whether a text is an address; an address holds one `@`, and strpos counts from 1. */
function isEmailSql(text: string): string {
  return `(length(${text}) <= ${EMAIL_MAX_LENGTH}
    AND strpos(${text}, '@') <= ${EMAIL_LOCAL_PART_MAX_LENGTH + 1}
    AND regexp_full_match(${text}, ${pattern}))`;
}

/** Whether a text says nothing. Of an IN of so many words DuckDB would make a join, for all rows. */
function isNothingSql(text: string): string {
  return `(length(${text}) <= ${nothingMaxLength} AND list_contains([${nothing}], lower(${text})))`;
}

/**
 * The email rule in SQL: the same judgement as `judgeEmail`, for every row of `source(ordinal, cell)`.
 * Gives `ordinal`, `email` (lower case; NULL unless valid) and `cell` (without padding; NULL when the
 * address is valid or blank). `carried` are further columns of the source, which are given as they are.
 */
export function judgedRowsSql(source: string, carried: readonly string[] = []): string {
  const others = carried.map((column) => `, ${column}`).join("");
  // Most cells are valid as they stand, so padding is looked for only in the others. The pattern is what
  // costs; DuckDB would match it for both sides of an OR.
  return `
    SELECT
      ordinal,
      CASE WHEN valid THEN lower(trimmed) END AS email,
      CASE WHEN valid THEN NULL WHEN ${isNothingSql("trimmed")} THEN NULL ELSE trimmed END AS cell${others}
    FROM (
      SELECT ordinal, trimmed${others},
        CASE WHEN clean THEN true ELSE ${isEmailSql("trimmed")} END AS valid
      FROM (
        SELECT ordinal, clean${others},
          CASE WHEN clean THEN cell ELSE ${unwrappedSql("cell")} END AS trimmed
        FROM (
          SELECT ordinal, cell${others},
            ${isEmailSql("cell")} AS clean
          FROM (SELECT ordinal, coalesce(cell, '') AS cell${others} FROM (${source}))
        )
      )
    )`;
}
