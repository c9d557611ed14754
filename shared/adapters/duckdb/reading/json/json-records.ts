import { textOfValue, VALUE_MAX_DEPTH } from "../../../../domain/profiles/value-depth";
import { parseJsonExactly } from "../../../../domain/profiles/exact-json";
import { MAX_RECORD_BYTES, RecordTooLong } from "../record-limit";

const LF = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** A text ended before its array or its last record did, or went on after the array. */
export class JsonBroken extends Error {
  override readonly name = "JsonBroken";
}

/** How a text holds its records: one a line, in one array, or one behind the other in whatever layout. */
export type JsonLayout = "jsonLines" | "jsonArray" | "jsonValues";

/** Reads the texts of all records, in order. Throws `JsonBroken`, `RecordTooLong`. */
export async function readJsonRecords(
  layout: JsonLayout,
  chunks: AsyncIterable<Buffer>,
  onRecord: (text: string) => void,
): Promise<void> {
  switch (layout) {
    case "jsonLines":
      return readJsonLines(chunks, onRecord);
    case "jsonArray":
      return readJsonArray(chunks, onRecord);
    case "jsonValues":
      return readJsonValues(chunks, onRecord);
  }
}

/** Reads all lines that are not blank, in order. */
export async function readJsonLines(
  chunks: AsyncIterable<Buffer>,
  onRecord: (text: string) => void,
): Promise<void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const line = (bytes: Buffer): void => {
    const text = bytes.toString("utf8").trim();
    if (text !== "") {
      onRecord(text);
    }
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      const rest = chunk.subarray(start, end);
      line(held.length === 0 ? rest : Buffer.concat([...held, rest]));
      held = [];
      heldBytes = 0;
      start = end + 1;
    }
    held.push(chunk.subarray(start));
    heldBytes += chunk.length - start;
    if (heldBytes > MAX_RECORD_BYTES) {
      throw new RecordTooLong();
    }
  }
  line(Buffer.concat(held));
}

/** Reads the elements of the one array that the text is, in order. Throws `JsonBroken`. */
async function readJsonArray(
  chunks: AsyncIterable<Buffer>,
  onRecord: (text: string) => void,
): Promise<void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let ended = false;
  const element = (bytes: Buffer, mayBeEmpty: boolean): void => {
    const text = (held.length === 0 ? bytes : Buffer.concat([...held, bytes]))
      .toString("utf8")
      .trim();
    held = [];
    heldBytes = 0;
    if (text !== "" || !mayBeEmpty) {
      onRecord(text);
    }
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (inString) {
        if (escaped) {
          escaped = false;
        } else if (byte === BACKSLASH) {
          escaped = true;
        } else if (byte === QUOTE) {
          inString = false;
        }
        continue;
      }
      switch (byte) {
        case QUOTE:
          inString = true;
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          depth += 1;
          if (depth === 1) {
            start = at + 1;
          }
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          depth -= 1;
          if (depth === 0 && !ended) {
            element(chunk.subarray(start, at), true);
            ended = true;
            start = at + 1;
          } else if (depth < 0) {
            throw new JsonBroken("it is a JSON array, but the text goes on after the array");
          }
          break;
        case COMMA:
          if (depth === 1 && !ended) {
            element(chunk.subarray(start, at), false);
            start = at + 1;
          }
          break;
        default:
      }
    }
    held.push(chunk.subarray(start));
    heldBytes += chunk.length - start;
    if (heldBytes > MAX_RECORD_BYTES) {
      throw new RecordTooLong();
    }
  }
  if (!ended || Buffer.concat(held).toString("utf8").trim() !== "") {
    throw new JsonBroken("it is a JSON array, but the array does not end where the text ends");
  }
}

/**
 * Reads objects that stand one behind the other, over several lines or on one, as they end. Throws `JsonBroken`. Between them white space,
 * commas and the separators of JSON text sequences (RFC 7464) say nothing; anything else is a record that is none.
 */
async function readJsonValues(
  chunks: AsyncIterable<Buffer>,
  onRecord: (text: string) => void,
): Promise<void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  const value = (bytes: Buffer): void => {
    const text = Buffer.concat([...held, bytes])
      .toString("utf8")
      .replace(BETWEEN_VALUES, "");
    held = [];
    heldBytes = 0;
    if (text !== "") {
      onRecord(text);
    }
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (inString) {
        inString = escaped || byte !== QUOTE;
        escaped = !escaped && byte === BACKSLASH;
      } else if (byte === QUOTE) {
        inString = depth > 0;
      } else if (byte === OPEN_BRACE) {
        depth += 1;
      } else if (byte === CLOSE_BRACE && depth > 0) {
        depth -= 1;
        if (depth === 0) {
          value(chunk.subarray(start, at + 1));
          start = at + 1;
        }
      }
    }
    held.push(chunk.subarray(start));
    heldBytes += chunk.length - start;
    if (heldBytes > MAX_RECORD_BYTES) {
      throw new RecordTooLong();
    }
  }
  if (depth > 0) {
    throw new JsonBroken("it ends within a JSON object");
  }
  value(Buffer.alloc(0));
}

/** What stands around the values of a sequence. */
const BETWEEN_VALUES = /^[\s,\x1e]+|[\s,\x1e]+$/g;

/** A record's fields, by their names. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** A record's fields, or nothing when the text is not a JSON object. */
export function parseJsonRecord(text: string): JsonRecord | undefined {
  try {
    const value = parseJsonExactly(text);
    return isJsonRecord(value) ? value : undefined;
  } catch (error) {
    return error instanceof RangeError ? parseJsonRecord(withoutDepths(text)) : undefined;
  }
}

/**
 * A record's text without what is nested so deeply that it can't be walked. What is left of such a value is still
 * deeper than a value may be, so that it is not taken for the whole.
 */
function withoutDepths(text: string): string {
  const most = VALUE_MAX_DEPTH + 2;
  let kept = "";
  let from = 0;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === "\\") {
        at += 1;
      } else if (character === '"') {
        inString = false;
      }
    } else if (character === '"') {
      inString = true;
    } else if (character === "[" || character === "{") {
      depth += 1;
      if (depth === most + 1) {
        kept += text.slice(from, at);
      }
    } else if (character === "]" || character === "}") {
      depth -= 1;
      if (depth === most) {
        kept += "0";
        from = at + 1;
      }
    }
  }
  return kept + (depth > most ? "" : text.slice(from));
}

function isJsonRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field's value; nothing where the record lacks it, whatever all objects have by that name. */
export function jsonField(record: JsonRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A JSON value as the text that is judged: strings as they are, nothing for null, others as JSON. */
export function jsonCell(value: unknown): string {
  if (value === null || value === undefined) {
    return "";
  }
  return textOfValue(value);
}
