/**
 * The rule that decides whether an email address may be sent to Klaviyo.
 *
 * Klaviyo refuses a whole import job for one malformed address, so every address is checked before it
 * is sent. The rule is RFC 5322's dot-atom before the `@` and a DNS name with a top-level domain after
 * it, in ASCII: what Klaviyo's profiles guide points to. The pattern is written in the common subset of
 * JavaScript's and RE2's syntax, because the same text is run by DuckDB over whole segments.
 */
export const EMAIL_PATTERN =
  "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*" +
  "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])$";

/** Klaviyo's profiles guide: an email address has at most 100 characters. */
export const EMAIL_MAX_LENGTH = 100;

/** RFC 5321, section 4.5.3.1.1: at most 64 characters before the `@`. */
export const EMAIL_LOCAL_PART_MAX_LENGTH = 64;

/**
 * What is cut from both ends of a cell before it is judged: white space, and the invisible characters
 * that spreadsheets and web pages leave around copied addresses. A character class in RE2's syntax,
 * whose `\s` is ASCII only, so JavaScript's white space is spelled out.
 */
export const EMAIL_PADDING =
  "[\\t\\n\\x{000B}\\f\\r \\x{00A0}\\x{1680}\\x{2000}-\\x{200D}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{2060}\\x{3000}\\x{FEFF}]";

const emailRegExp = new RegExp(EMAIL_PATTERN, "u");
const padding = "[\\s\\u200B-\\u200D\\u2060]";
const paddingRegExp = new RegExp(`^${padding}+|${padding}+$`, "gu");

/** What one cell of the email field turned out to be. */
export type EmailJudgement =
  { kind: "valid"; email: string } | { kind: "blank" } | { kind: "invalid" };

/** Judges one cell; a valid address comes back without padding and in lower case. */
export function judgeEmail(cell: string | null): EmailJudgement {
  const trimmed = (cell ?? "").replace(paddingRegExp, "");
  if (trimmed === "") {
    return { kind: "blank" };
  }
  const valid =
    trimmed.length <= EMAIL_MAX_LENGTH &&
    trimmed.indexOf("@") <= EMAIL_LOCAL_PART_MAX_LENGTH &&
    emailRegExp.test(trimmed);
  return valid ? { kind: "valid", email: trimmed.toLowerCase() } : { kind: "invalid" };
}
