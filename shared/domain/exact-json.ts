/** So many digits, or such an exponent, may be more than a number keeps. */
const LARGE_NUMBER = /\d{16}|\de\+?\d{3}/i;
const INTEGER = /^-?\d+$/;

/**
 * `JSON.parse`, but for integers beyond 2^53 and numbers that are larger than any: these come as the text
 * that they are written as, since as numbers they would be others, such as another customer's id, or nothing.
 * Throws `SyntaxError`.
 */
export function parseJsonExactly(text: string): unknown {
  return LARGE_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === "number" &&
    source !== undefined &&
    (!Number.isFinite(value) || (INTEGER.test(source) && !Number.isSafeInteger(value)))
    ? source
    : value;
}
