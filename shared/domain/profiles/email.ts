import { NULL_WORDS } from "../cells/null-words";
import { PADDING_CHARACTERS, withoutPadding } from "../cells/wrapping";

/**
 * The rule that decides whether an email address may be sent to Klaviyo.
 *
 * Klaviyo refuses a whole import job for one malformed address, so every address is checked before it
 * is sent. The rule is RFC 5322's dot-atom before the `@` and a DNS name with a top-level domain after
 * it, in ASCII: what Klaviyo's profiles guide points to; but none begins with an apostrophe, which is a
 * spreadsheet's mark of text. The pattern is written in the common subset of
 * JavaScript's and RE2's syntax, because the same text is run by DuckDB over whole segments.
 */
export const EMAIL_PATTERN =
  "^[A-Za-z0-9!#$%&*+/=?^_`{|}~-][A-Za-z0-9!#$%&'*+/=?^_`{|}~-]*(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*" +
  "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])$";

/** Klaviyo's profiles guide: an email address has at most 100 characters. */
export const EMAIL_MAX_LENGTH = 100;

/** RFC 5321, section 4.5.3.1.1: at most 64 characters before the `@`. */
export const EMAIL_LOCAL_PART_MAX_LENGTH = 64;

/** What is cut from both ends of a cell before it is judged, as a character class in RE2's syntax. */
export const EMAIL_PADDING = `[${PADDING_CHARACTERS}]`;

/**
 * What a spreadsheet puts around an address, besides padding: an apostrophe, or a formula. In the common subset
 * of JavaScript's and RE2's syntax; the address is in one of the two groups.
 */
export const EMAIL_WRAPPING = `^(?:="([^"]*)"|'+([^"]*?)'*)$`;

/** No wrapped address is longer; how a longer text is wrapped need not be looked for, which could take long. */
const WRAPPED_MAX_LENGTH = 300;

const emailRegExp = new RegExp(EMAIL_PATTERN, "u");
const wrappingRegExp = new RegExp(EMAIL_WRAPPING, "u");
const nothing: ReadonlySet<string> = new Set(NULL_WORDS);

/** What one cell of the email field turned out to be. */
export type EmailJudgement =
  | { kind: "valid"; email: string }
  | { kind: "blank" }
  | { kind: "invalid" };

/**
 * Judges one cell; a valid address comes back unwrapped and in lower case. A word for nothing, such as NULL, is
 * no address, and so it is blank.
 */
export function judgeEmail(cell: string | null): EmailJudgement {
  const bare = withoutPadding(cell ?? "");
  if (bare.length > WRAPPED_MAX_LENGTH) {
    return { kind: "invalid" };
  }
  const [, formula, quoted] = wrappingRegExp.exec(bare) ?? [];
  const trimmed = withoutPadding(formula ?? quoted ?? bare);
  if (trimmed === "" || nothing.has(trimmed.toLowerCase())) {
    return { kind: "blank" };
  }
  const valid =
    trimmed.length <= EMAIL_MAX_LENGTH &&
    trimmed.indexOf("@") <= EMAIL_LOCAL_PART_MAX_LENGTH &&
    emailRegExp.test(trimmed);
  return valid ? { kind: "valid", email: trimmed.toLowerCase() } : { kind: "invalid" };
}
