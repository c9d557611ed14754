import { isKeptExactly } from "./exact-number";

/** Only numbers of many digits, or of an exponent that is far from zero, may be more than a double keeps. */
const LONG_NUMBER = /\d[\d.]{15}|\de[+-]?\d{3}/i;
const INTEGER = /^-?\d+$/;

/**
 * `JSON.parse`, but for numbers that a double does not keep: these come as text, as they were written, since
 * as numbers they would be others, such as another customer's id. All integers beyond 2^53 do, so that a
 * field of such ids does not hold some as numbers and others as text. Throws `SyntaxError`.
 */
export function parseJsonExactly(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined) {
    return value;
  }
  const isKept = INTEGER.test(source) ? Number.isSafeInteger(value) : isKeptExactly(source);
  return isKept ? value : source;
}
