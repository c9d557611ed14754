/**
 * How deep a profile's value may be nested: a list within a list is two deep. Far more than anybody means; and what
 * walks values may call itself once a level, and DuckDB takes twice the time for each.
 */
export const VALUE_MAX_DEPTH = 16;

/** Whether a JSON value is nested deeper than a profile's may be. */
export function isTooDeep(value: unknown, left = VALUE_MAX_DEPTH): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

/** A JSON value as the text that it is judged by. */
export function textOfValue(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  return isTooDeep(value) ? "(nested too deeply)" : JSON.stringify(value);
}
