import { showLinesPlainly } from "../domain/text/plain-text";
import { redact as withoutSecrets } from "../domain/text/redaction";

/** Deeper than any detail that is meant to be logged. */
const MAX_DEPTH = 6;

/** A text as it may be written: no key, no address, and nothing that a viewer of logs would obey. */
const redact = (text: string): string => showLinesPlainly(withoutSecrets(text));

/**
 * What may be written of a detail: the same value with everything that looks like an API key or an email
 * address taken out of its texts and property names. Errors are reduced to name, message and code path.
 */
export function redactDetails(value: unknown, depth = 0): unknown {
  if (typeof value === "string") {
    return redact(value);
  }
  if (typeof value === "bigint") {
    return value.toString();
  }
  if (typeof value !== "object" || value === null) {
    return typeof value === "function" || typeof value === "symbol" ? undefined : value;
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? "invalid date" : value.toISOString();
  }
  if (depth >= MAX_DEPTH) {
    return "[deeper]";
  }
  if (value instanceof Error) {
    return {
      name: redact(value.name),
      message: redact(value.message),
      ...(value.stack === undefined ? {} : { stack: redact(value.stack) }),
      ...(value.cause === undefined ? {} : { cause: redactDetails(value.cause, depth + 1) }),
    };
  }
  if (Array.isArray(value)) {
    return value.map((item) => redactDetails(item, depth + 1));
  }
  if (value instanceof Set) {
    return [...value].map((item) => redactDetails(item, depth + 1));
  }
  if (value instanceof Map) {
    return [...value].map(([key, item]) => [
      redactDetails(key, depth + 1),
      redactDetails(item, depth + 1),
    ]);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key), redactDetails(item, depth + 1)]),
  );
}
