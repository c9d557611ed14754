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

/** Given a line's bytes before its text is made; whether that is all that is wanted of it. */
type OnLine = (bytes: Buffer, start: number, end: number) => boolean;

/** Reads the texts of all records, in order. Throws `JsonBroken`, `RecordTooLong`. */
export async function readJsonRecords(
  layout: JsonLayout,
  chunks: AsyncIterable<Buffer>,
  onRecord: (text: string) => void,
  onLine: OnLine = () => false,
): Promise<void> {
  switch (layout) {
    case "jsonLines":
      return readJsonLines(chunks, onRecord, onLine);
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
  onLine: OnLine = () => false,
): Promise<void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const line = (bytes: Buffer, start: number, end: number): void => {
    if (onLine(bytes, start, end)) {
      return;
    }
    const text = bytes.toString("utf8", start, end).trim();
    if (text !== "") {
      onRecord(text);
    }
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      if (held.length === 0) {
        line(chunk, start, end);
      } else {
        const whole = Buffer.concat([...held, chunk.subarray(start, end)]);
        line(whole, 0, whole.length);
        held = [];
        heldBytes = 0;
      }
      start = end + 1;
    }
    held.push(chunk.subarray(start));
    heldBytes += chunk.length - start;
    if (heldBytes > MAX_RECORD_BYTES) {
      throw new RecordTooLong();
    }
  }
  const last = Buffer.concat(held);
  line(last, 0, last.length);
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
 * Reads objects that stand one behind the other, over several lines or on one. Between them white space, commas and
 * the separators of JSON text sequences (RFC 7464) say nothing; anything else is a record that is none. Throws
 * `JsonBroken`.
 */
async function readJsonValues(
  chunks: AsyncIterable<Buffer>,
  onRecord: (text: string) => void,
): Promise<void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const objects = objectScanner();
  const take = (bytes: Buffer): void => {
    const text = Buffer.concat([...held, bytes])
      .toString("utf8")
      .replaceAll(RECORD_SEPARATOR, " ")
      .replace(BEFORE_VALUE, "");
    held = [];
    heldBytes = 0;
    if (text !== "") {
      onRecord(text);
    }
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const met = objects.next(chunk[at] ?? 0);
      if (met === undefined) continue;
      const end = met === "begins" ? at : at + 1;
      take(chunk.subarray(start, end));
      start = end;
    }
    held.push(chunk.subarray(start));
    heldBytes += chunk.length - start;
    if (heldBytes > MAX_RECORD_BYTES) {
      throw new RecordTooLong();
    }
  }
  if (objects.inObject()) {
    throw new JsonBroken("it ends within a JSON object");
  }
  take(Buffer.alloc(0));
}

/** Begins each record of a JSON text sequence; no JSON text may hold it unescaped. */
export const RECORD_SEPARATOR = "\x1e";

/** What may stand before a value. */
const BEFORE_VALUE = /^[\s,]+/;

/** Where the first JSON object of a text ends: behind its last brace. Undefined if it does not end in the text. */
export function endOfFirstObject(text: Buffer): number | undefined {
  const objects = objectScanner();
  const last = text.findIndex((byte) => objects.next(byte) === "ended");
  return last < 0 ? undefined : last + 1;
}

/** Tells, byte by byte, where an object begins that stands in no other one, and where it has ended. */
function objectScanner(): {
  next: (byte: number) => "begins" | "ended" | undefined;
  inObject: () => boolean;
} {
  let depth = 0;
  let inString = false;
  let escaped = false;
  return {
    inObject: () => depth > 0,
    next: (byte) => {
      if (inString) {
        inString = escaped || byte !== QUOTE;
        escaped = !escaped && byte === BACKSLASH;
        return undefined;
      }
      switch (byte) {
        case QUOTE:
          inString = depth > 0;
          return undefined;
        case OPEN_BRACE:
          depth += 1;
          return depth === 1 ? "begins" : undefined;
        case CLOSE_BRACE:
          if (depth === 0) return undefined;
          depth -= 1;
          return depth === 0 ? "ended" : undefined;
        default:
          return undefined;
      }
    },
  };
}

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
