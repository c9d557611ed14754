import { isUtf8 } from "node:buffer";
import { parseJsonExactly } from "../../../../domain/profiles/exact-json";

const TAB = 0x09;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const LITERALS = new Map<number, readonly [text: Buffer, value: boolean | null]>([
  [0x74, [Buffer.from("true"), true]],
  [0x66, [Buffer.from("false"), false]],
  [0x6e, [Buffer.from("null"), null]],
]);

/** Takes some fields out of lines that are plain JSON objects, without making all that a line holds. */
export interface PlainRecordReader {
  /**
   * Whether a line is a plain record: a JSON object of strings without escapes, numbers, true, false and null. Any other
   * line has to be parsed. Behind a line that is one, the fields can be asked for.
   */
  read(bytes: Buffer, start: number, end: number): boolean;
  /** What `JSON.parse` would find in the field with such a place among the names; undefined where there is none. */
  value(field: number): unknown;
  /** The bytes of a field that is a text in ASCII; undefined for all others. */
  ascii(field: number): Buffer | undefined;
}

type Kind = "none" | "ascii" | "text" | "number" | "literal";

/** Reads the fields with these names, which may be the same. Of two fields of a line with one name the last counts. */
export function createPlainRecordReader(names: readonly string[]): PlainRecordReader {
  const distinct = [...new Set(names)];
  const places = names.map((name) => distinct.indexOf(name));
  const keys = distinct.map((name) => Buffer.from(name));
  const kinds: Kind[] = keys.map(() => "none");
  const starts = keys.map(() => 0);
  const ends = keys.map(() => 0);
  let line: Buffer = Buffer.alloc(0);

  /** Where the string that begins at `at` ends, at its quote; negative where it is no plain one. Notes its letters. */
  let isAscii = true;
  const endOfString = (bytes: Buffer, at: number, end: number): number => {
    let bits = 0;
    for (let next = at + 1; next < end; next += 1) {
      const byte = bytes[next] ?? 0;
      if (byte === QUOTE) {
        isAscii = bits < 0x80;
        return next;
      }
      if (byte === BACKSLASH || byte < SPACE) {
        return -1;
      }
      bits |= byte;
    }
    return -1;
  };

  const fieldOf = (bytes: Buffer, start: number, end: number): number => {
    for (let field = 0; field < keys.length; field += 1) {
      const key = keys[field];
      if (key?.length === end - start && standsAt(key, bytes, start)) {
        return field;
      }
    }
    return -1;
  };

  return {
    read(bytes, start, end) {
      line = bytes;
      kinds.fill("none");
      let at = afterSpace(bytes, start, end);
      if (bytes[at] !== OPEN_BRACE || at >= end) {
        return false;
      }
      at = afterSpace(bytes, at + 1, end);
      if (bytes[at] === CLOSE_BRACE && at < end) {
        return afterSpace(bytes, at + 1, end) === end;
      }
      for (;;) {
        if (at >= end || bytes[at] !== QUOTE) {
          return false;
        }
        const keyEnd = endOfString(bytes, at, end);
        if (keyEnd < 0) {
          return false;
        }
        const field = fieldOf(bytes, at + 1, keyEnd);
        // Broken letters are read as others, which may be those of a wanted name.
        if (field < 0 && !isAscii && !isUtf8(bytes.subarray(at + 1, keyEnd))) {
          return false;
        }
        at = afterSpace(bytes, keyEnd + 1, end);
        if (at >= end || bytes[at] !== COLON) {
          return false;
        }
        at = afterSpace(bytes, at + 1, end);
        if (at >= end) {
          return false;
        }
        const first = bytes[at] ?? 0;
        let valueStart = at;
        let valueEnd: number;
        let kind: Kind;
        if (first === QUOTE) {
          valueEnd = endOfString(bytes, at, end);
          valueStart = at + 1;
          kind = isAscii ? "ascii" : "text";
          at = valueEnd + 1;
        } else if (LITERALS.has(first)) {
          valueEnd = endOfLiteral(bytes, at, end);
          kind = "literal";
          at = valueEnd;
        } else {
          valueEnd = endOfNumber(bytes, at, end);
          kind = "number";
          at = valueEnd;
        }
        if (valueEnd < 0) {
          return false;
        }
        if (field >= 0) {
          kinds[field] = kind;
          starts[field] = valueStart;
          ends[field] = valueEnd;
        }
        at = afterSpace(bytes, at, end);
        if (at >= end) {
          return false;
        }
        if (bytes[at] === CLOSE_BRACE) {
          return afterSpace(bytes, at + 1, end) === end;
        }
        if (bytes[at] !== COMMA) {
          return false;
        }
        at = afterSpace(bytes, at + 1, end);
      }
    },

    value(field) {
      const place = places[field] ?? -1;
      const start = starts[place] ?? 0;
      const end = ends[place] ?? 0;
      switch (kinds[place]) {
        case "ascii":
          return line.toString("latin1", start, end);
        case "text":
          return line.toString("utf8", start, end);
        case "number":
          return parseJsonExactly(line.toString("latin1", start, end));
        case "literal":
          return LITERALS.get(line[start] ?? 0)?.[1];
        case "none":
        case undefined:
          return undefined;
      }
    },

    ascii(field) {
      const place = places[field] ?? -1;
      return kinds[place] === "ascii" ? line.subarray(starts[place], ends[place]) : undefined;
    },
  };
}

function standsAt(text: Buffer, bytes: Buffer, start: number): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== bytes[start + at]) {
      return false;
    }
  }
  return true;
}

function afterSpace(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CR)) {
    at += 1;
  }
  return at;
}

/** Behind `true`, `false` or `null`; negative for another word. */
function endOfLiteral(bytes: Buffer, start: number, end: number): number {
  const text = LITERALS.get(bytes[start] ?? 0)?.[0];
  if (text === undefined || start + text.length > end || !standsAt(text, bytes, start)) {
    return -1;
  }
  return start + text.length;
}

/** Behind a number, by JSON's grammar; negative for what is none. */
function endOfNumber(bytes: Buffer, start: number, end: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const whole = afterDigits(bytes, at, end);
  if (whole === at || (bytes[at] === ZERO && whole > at + 1)) {
    return -1;
  }
  at = whole;
  if (at < end && bytes[at] === POINT) {
    const fraction = afterDigits(bytes, at + 1, end);
    if (fraction === at + 1) {
      return -1;
    }
    at = fraction;
  }
  // e or E
  if (at < end && ((bytes[at] ?? 0) | 0x20) === 0x65) {
    at += 1;
    if (at < end && (bytes[at] === PLUS || bytes[at] === MINUS)) {
      at += 1;
    }
    const exponent = afterDigits(bytes, at, end);
    return exponent === at ? -1 : exponent;
  }
  return at;
}

function afterDigits(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] ?? 0) >= ZERO && (bytes[at] ?? 0) < COLON) {
    at += 1;
  }
  return at;
}
