import { isUtf8 } from "node:buffer";
import { isOfManyBytes, tellLegacyEncoding, type LegacyEncoding } from "./legacy-encoding";
import { decoderOf, type BytesDecoder } from "./text-decoders";

const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;

const windows1252 = new TextDecoder("windows-1252");

/** Decodes one cell: UTF-8, or Windows-1252 (which includes Latin-1's letters) where it is not UTF-8. */
export function decodeCell(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : windows1252.decode(bytes);
}

/** Whether a cell is a text of `PLAIN_TEXT_PATTERN`, in any encoding. */
export function isPlainText(bytes: Buffer): boolean {
  if (bytes.length === 0 || bytes[bytes.length - 1] === SPACE) {
    return false;
  }
  if (bytes[0] === SPACE || bytes[0] === APOSTROPHE) {
    return false;
  }
  for (const byte of bytes) {
    if (byte < SPACE || byte > TILDE || byte === QUOTE || byte === BACKSLASH) {
      return false;
    }
  }
  return true;
}

type UnicodeEncoding = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding that a text's first bytes show, and how many bytes its byte-order mark has. */
function detectEncoding(head: Buffer): { encoding: UnicodeEncoding; markBytes: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    return { encoding: "utf-8", markBytes: 3 };
  }
  if (head[0] === 0xff && head[1] === 0xfe) {
    return { encoding: "utf-16le", markBytes: 2 };
  }
  if (head[0] === 0xfe && head[1] === 0xff) {
    return { encoding: "utf-16be", markBytes: 2 };
  }
  return { encoding: unmarkedEncoding(head), markBytes: 0 };
}

/** Without a mark, UTF-16 shows by its zeros: Latin text has one in nearly every pair of bytes. */
function unmarkedEncoding(head: Buffer): UnicodeEncoding {
  const pairs = Math.min(Math.floor(head.length / 2), 500);
  let high = 0;
  let low = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    high += head[pair * 2] === 0 ? 1 : 0;
    low += head[pair * 2 + 1] === 0 ? 1 : 0;
  }
  if (pairs >= 4 && low > pairs * 0.8 && high < pairs * 0.1) {
    return "utf-16le";
  }
  return pairs >= 4 && high > pairs * 0.8 && low < pairs * 0.1 ? "utf-16be" : "utf-8";
}

/**
 * The text in UTF-8 without its byte-order mark. What is not UTF-8 in a text of eight bits is read in the encoding
 * that its words tell; `onLegacy` is told which, once.
 */
export async function* asUtf8(
  chunks: AsyncIterable<Buffer>,
  head: Buffer,
  onLegacy: (encoding: LegacyEncoding) => void = () => undefined,
): AsyncGenerator<Buffer, void> {
  const { encoding, markBytes } = detectEncoding(head);
  const decoder = encoding === "utf-8" ? undefined : new TextDecoder(encoding, { ignoreBOM: true });
  const repair = createRepair(onLegacy);
  let skip = markBytes;
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - bytes.length;
    if (bytes.length === 0) {
      continue;
    }
    if (decoder !== undefined) {
      yield Buffer.from(decoder.decode(bytes, { stream: true }));
      continue;
    }
    // No character goes on behind an ASCII byte.
    const end = endOfAscii(bytes);
    const whole = held.length === 0 ? bytes : Buffer.concat([held, bytes.subarray(0, end)]);
    if (end === 0 && whole.length < MOST_HELD_BYTES) {
      held = Buffer.concat([held, bytes]);
      continue;
    }
    yield await repair.read(held.length === 0 ? bytes.subarray(0, end) : whole);
    held = bytes.subarray(end);
  }
  if (held.length > 0) {
    yield await repair.read(held);
  }
  yield Buffer.from(decoder?.decode() ?? repair.end());
}

/** A text in UTF-8 that is in another encoding, by `TextDecoder`'s name, without its byte-order mark. */
export async function* decodedFrom(
  encoding: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) {
    yield Buffer.from(decoder.decode(chunk, { stream: true }));
  }
  yield Buffer.from(decoder.decode());
}

/** Ctrl-Z, with which programs of DOS end a text, and what may stand behind it. */
const END_MARK = 0x1a;
const BEHIND_END_MARK: ReadonlySet<number> = new Set([END_MARK, 0x0d, 0x0a]);

/** A text in UTF-8 without the mark at its end; within the text it stays. */
export async function* withoutEndMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const last = bytes.findLastIndex((byte) => !BEHIND_END_MARK.has(byte));
    const mark = bytes.indexOf(END_MARK, last + 1);
    held = mark < 0 ? Buffer.alloc(0) : bytes.subarray(mark);
    yield mark < 0 ? bytes : bytes.subarray(0, mark);
  }
}

/** What stands for a character that some program before could not read. */
const LOST_CHARACTER = Buffer.from("\ufffd");

/** A text in UTF-8 as it is; `onLost` is told once if characters were lost before it was written. */
export async function* noticingLostCharacters(
  chunks: AsyncIterable<Buffer>,
  onLost: () => void,
): AsyncGenerator<Buffer, void> {
  let isTold = false;
  for await (const chunk of chunks) {
    if (!isTold && chunk.includes(LOST_CHARACTER)) {
      isTold = true;
      onLost();
    }
    yield chunk;
  }
}

/** More of a line is not looked at to tell what it is. */
const LONGEST_LINE = 10_000;

/** Of a text without any ASCII, which no table is. */
const MOST_HELD_BYTES = 1 << 20;

function endOfAscii(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) >= 0x80) {
    end -= 1;
  }
  return end;
}

/**
 * Makes what writes the parts of a text that are not UTF-8 in UTF-8, and leaves the others as they are; where
 * characters take more bytes, it reads the whole of the rest in their encoding.
 */
function createRepair(onLegacy: (encoding: LegacyEncoding) => void): {
  read: (bytes: Buffer) => Buffer | Promise<Buffer>;
  /** What is left of a character that was cut off. */
  end: () => string;
} {
  let legacy: { readonly decoder: BytesDecoder; readonly all: boolean } | undefined;
  /** What the line began with whose rest is looked at. */
  let before: Buffer = Buffer.alloc(0);
  const readIn = ({ decoder, all }: NonNullable<typeof legacy>, bytes: Buffer): Buffer =>
    all ? Buffer.from(decoder.decode(bytes, { stream: true })) : repaired(bytes, decoder);
  return {
    read(bytes) {
      if (legacy?.all !== true && isUtf8(bytes)) {
        before = bytes;
        return bytes;
      }
      return legacy === undefined
        ? tellLegacyEncoding(Buffer.concat([before.subarray(-LONGEST_LINE), bytes])).then(
            (told) => {
              onLegacy(told);
              legacy = { decoder: decoderOf(told.label), all: isOfManyBytes(told.label) };
              return readIn(legacy, bytes);
            },
          )
        : readIn(legacy, bytes);
    },
    end: () => (legacy?.all === true ? legacy.decoder.decode(Buffer.alloc(0)) : ""),
  };
}

function repaired(bytes: Buffer, decoder: BytesDecoder): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length;) {
    if ((bytes[at] ?? 0) < 0x80) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < bytes.length && (bytes[at] ?? 0) >= 0x80) {
      at += 1;
    }
    const run = bytes.subarray(start, at);
    if (!isUtf8(run)) {
      parts.push(bytes.subarray(from, start), Buffer.from(decoder.decode(run)));
      from = at;
    }
  }
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}
