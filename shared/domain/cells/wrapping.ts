/**
 * What spreadsheets and web pages put around a cell's text, which is no part of it: white space, invisible
 * characters, the apostrophe by which a spreadsheet keeps a text a text (`'98104`), and the formula that does
 * the same (`="01067"`). One rule for all fields; that of email addresses is run by DuckDB too.
 */

/**
 * White space and invisible characters, as they come around copied text: zero-width ones, byte-order marks and
 * marks of direction. The content of a character class in the syntax of RE2, whose `\s` is ASCII only.
 */
export const PADDING_CHARACTERS =
  "\\t\\n\\x{000B}\\f\\r \\x{00A0}\\x{00AD}\\x{061C}\\x{1680}\\x{180E}\\x{2000}-\\x{200F}" +
  "\\x{2028}-\\x{202F}\\x{205F}-\\x{2064}\\x{2066}-\\x{206F}\\x{3000}\\x{FEFF}";

/** The same class for JavaScript. */
const padding = `[${PADDING_CHARACTERS.replaceAll("\\x{", "\\u{")}]`;
const isPadding = new RegExp(`^${padding}$`, "u");
const FIRST_BEYOND_ASCII = 0x80;

const FORMULA = /^="((?:[^"]|"")*)"$/;
/** What a spreadsheet would take for something else than text. */
const NO_TEXT = /^[\d+\-=@(.,\p{Sc}]/u;
/** `'t Hooft`, `'s-Hertogenbosch`: names that begin with an apostrophe. */
const ELISION = /^\p{Ll}[\s-]/u;

/** A text without outer white space and invisible characters. */
export function withoutPadding(text: string): string {
  const trimmed = text.trim();
  const isAscii =
    trimmed.charCodeAt(0) < FIRST_BEYOND_ASCII &&
    trimmed.charCodeAt(trimmed.length - 1) < FIRST_BEYOND_ASCII;
  if (isAscii || trimmed === "") {
    return trimmed;
  }
  // By hand: an expression for the end of a text takes quadratic time for long rows of padding within it.
  let start = 0;
  let end = trimmed.length;
  while (start < end && isPadding.test(trimmed.charAt(start))) {
    start += 1;
  }
  while (end > start && isPadding.test(trimmed.charAt(end - 1))) {
    end -= 1;
  }
  return trimmed.slice(start, end);
}

/** A cell's text without what a spreadsheet or a web page put around it. */
export function unwrapped(text: string): string {
  const bare = withoutPadding(text);
  const first = bare[0];
  if (first === "=") {
    const [, inner] = FORMULA.exec(bare) ?? [];
    return inner === undefined ? bare : withoutPadding(inner.replaceAll('""', '"'));
  }
  return first === "'" && bare.length > 1 ? withoutApostrophe(bare) : bare;
}

function withoutApostrophe(text: string): string {
  const rest = text.slice(1);
  if (rest.endsWith("'")) {
    // Quoted as a whole: that is the way of some programs with numbers, and of people with words.
    return NO_TEXT.test(rest) ? withoutPadding(rest.slice(0, -1)) : text;
  }
  return ELISION.test(rest) || rest.startsWith("'") ? text : withoutPadding(rest);
}
