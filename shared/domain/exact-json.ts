/** So many digits may be more than a number keeps. */
const LONG_NUMBER = /\d{16}/;
const INTEGER = /^-?\d+$/;

/**
 * `JSON.parse`, but for integers beyond 2^53: these come as text with all of their digits, since as numbers
 * they would be others, such as another customer's id. Throws `SyntaxError`.
 */
export function parseJsonExactly(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === "number" &&
    source !== undefined &&
    INTEGER.test(source) &&
    !Number.isSafeInteger(value)
    ? source
    : value;
}
