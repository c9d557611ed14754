/** Longest shape; what is cut off ends in an ellipsis. */
const LONGEST_SHAPE = 24;

/**
 * What a value looks like, without what it says: digits as 9, letters as a and A, the other characters as they are, so
 * that `1.2.3.5` is `9.9.9.9`. For finding a fault in data that people may not see.
 */
export function valueShape(value: unknown): string {
  switch (typeof value) {
    case "string":
      return shapeOfText(value);
    case "number":
    case "bigint":
      return shapeOfText(String(value));
    case "boolean":
      return "true/false";
    case "object":
      return value === null ? "" : Array.isArray(value) ? "[…]" : "{…}";
    case "undefined":
    case "symbol":
    case "function":
      return "";
  }
}

function shapeOfText(text: string): string {
  // Twice the length: characters beyond the basic plane have two code units.
  const characters = Array.from(text.slice(0, 2 * LONGEST_SHAPE + 2));
  const shape = characters
    .slice(0, LONGEST_SHAPE)
    .join("")
    .replace(/\p{N}/gu, "9")
    .replace(/\p{Lu}/gu, "A")
    .replace(/[\p{L}\p{M}]/gu, (letter) => (letter === "A" ? "A" : "a"))
    .replace(/[\p{C}\p{Z}]/gu, "␣")
    .replace(/[^ -~␣]/gu, "?");
  return characters.length > LONGEST_SHAPE ? `${shape}…` : shape;
}
