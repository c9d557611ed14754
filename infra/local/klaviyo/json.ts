export type JsonObject = Record<string, unknown>;

/** Whether a parsed JSON value is an object (neither null nor an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A point of time as Klaviyo writes it: ISO 8601, whole seconds, in UTC. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}+00:00`;
}

/** The same with microseconds, as Klaviyo writes the times of import jobs when they are read again. */
export function preciseTimestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 23)}000+00:00`;
}
