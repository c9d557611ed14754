import { hasText, isEscaped, withoutQuotes } from "./csv-cells";
import { decodeCell } from "../encoding/text-encoding";

/**
 * Splits CSV text into records and cells, byte by byte, as leniently as spreadsheets do and without ever
 * merging two rows silently. Every byte of a file has to be looked at with quotes in mind before one can
 * know that another reader would split it right, and then it is split already.
 *
 * - A record ends at LF, CR or CRLF outside of quotes, and at the end of the file.
 * - A cell is quoted when its first character, after spaces, is a quote; a quote elsewhere is text.
 * - Inside, a doubled quote is one quote. Text after the closing quote belongs to the cell.
 * - Where a file escapes quotes by backslashes, `\\"` is one, too. Each record in which a backslash stands before a
 *   quote tells: it is read in the way in which its quotes enclose whole cells and its cells are as many as the
 *   header's, and the file in the way of the last record that told.
 * - An opening quote that swallows a line break and is then closed in the middle of other text, or not
 *   within 4 MB, was no opening quote: it is text, and its line ends where the line ends. So is one that
 *   is never closed, unless nothing but its own cell follows. What is looked at in vain is a few times the text at most.
 */
export interface CsvScanner {
  /**
   * Reads the record that begins at `start`. Returns the offset of the next one, or -1 when the record
   * may go on after `end`; `final` says that nothing follows.
   */
  scan(bytes: Buffer, start: number, end: number, final: boolean): number;
  /** How many cells a record is expected to have: the header's. */
  expect(cells: number): void;
  /** Whether backslashes escape quotes, by the records that were read. */
  readonly backslash: boolean;
  /** Cells of the record that was read last; an empty line has one. */
  readonly cells: number;
  /** The content of a cell of the record that was read last. */
  cell(index: number): Buffer;
  /** The same as text, whatever its encoding. */
  text(index: number): string;
  /** Whether the record that was read last is a line of nothing but white space. */
  isBlankLine(): boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;

/** Longest quoted cell with line breaks: further on, the opening quote is taken for text. */
const MAX_QUOTED_LINES_BYTES = 4_000_000;
/** Bytes looked at in vain for a closing quote: so many, and so many for each byte of the text. */
const VAIN_BYTES = 2 * MAX_QUOTED_LINES_BYTES;
const VAIN_SHARE = 4;
/** A record that may go on for longer is not read in the other way. */
const MAX_DOUBTFUL_BYTES = 64_000;
/** Cells beyond are ignored, as all cells are that have no name in the header. */
const MAX_CELLS = 65_536;

const PLAIN = 0;
/** Quoted, and its content needs no rewriting. */
const QUOTED = 1;
/** Quoted, with doubled quotes or with text after the closing quote; bounds include the quotes. */
const COMPOSED = 2;

/**
 * @param delimiter the byte between cells
 * @param backslash whether backslashes escape quotes, until the records tell otherwise
 */
export function createCsvScanner(delimiter: number, backslash = false): CsvScanner {
  let escaping = backslash;
  let expected: number | undefined;
  /** Of the record that was read last: whether a backslash stands before a quote, and text beside a quoted cell. */
  let doubtful = false;
  let torn = false;
  let bytesRead = 0;
  let bytesInVain = 0;
  let starts = new Int32Array(64);
  let ends = new Int32Array(64);
  let kinds = new Uint8Array(64);
  let count = 0;
  let record: Buffer = Buffer.alloc(0);

  const endsCell = new Uint8Array(256);
  endsCell[delimiter] = 1;
  endsCell[LF] = 1;
  endsCell[CR] = 1;

  const isSpace = (byte: number | undefined): boolean =>
    byte === SPACE || (byte === TAB && delimiter !== TAB);

  const keep = (start: number, end: number, kind: number): void => {
    if (count === starts.length && count < MAX_CELLS) {
      starts = grown(starts, new Int32Array(count * 2));
      ends = grown(ends, new Int32Array(count * 2));
      kinds = grown(kinds, new Uint8Array(count * 2));
    }
    starts[count] = start;
    ends[count] = end;
    kinds[count] = kind;
    if (count < MAX_CELLS) {
      count += 1;
    }
  };

  /** Where the quoted cell ends whose quote is at `quote`: -1 if unknown yet, -2 if it is no such cell. */
  const readQuoted = (
    bytes: Buffer,
    cellStart: number,
    quote: number,
    end: number,
    final: boolean,
  ): number => {
    let at = quote + 1;
    let kind = QUOTED;
    let lineBreakAt = -1;
    const mayGoOn = bytesInVain <= VAIN_BYTES + VAIN_SHARE * bytesRead;
    const noQuote = (): number => {
      torn = true;
      bytesInVain += at - quote;
      return -2;
    };
    for (;;) {
      let byte = bytes[at];
      while (at < end && byte !== QUOTE) {
        if (lineBreakAt < 0 && (byte === LF || byte === CR)) {
          lineBreakAt = at;
        }
        at += 1;
        byte = bytes[at];
      }
      if (lineBreakAt >= 0 && !mayGoOn) {
        return noQuote();
      }
      if (at >= end) {
        if (!final) {
          return lineBreakAt >= 0 && end - quote > MAX_QUOTED_LINES_BYTES ? noQuote() : -1;
        }
        const swallowed =
          (lineBreakAt >= 0 && hasText(bytes, lineBreakAt, end)) ||
          bytes.subarray(quote, end).includes(delimiter);
        if (swallowed) {
          return noQuote();
        }
        keep(kind === QUOTED ? quote + 1 : cellStart, end, kind);
        return end;
      }
      if (bytes[at - 1] === BACKSLASH && at - 1 > quote) {
        doubtful = true;
        if (escaping) {
          kind = COMPOSED;
          if (isEscaped(bytes, at, quote)) {
            at += 1;
            continue;
          }
        }
      }
      if (at + 1 >= end && !final) {
        return -1;
      }
      if (at + 1 < end && bytes[at + 1] === QUOTE) {
        kind = COMPOSED;
        at += 2;
        continue;
      }
      let after = at + 1;
      while (after < end && isSpace(bytes[after])) {
        after += 1;
      }
      if (after >= end && !final) {
        return -1;
      }
      if (after >= end || endsCell[bytes[after] ?? 0] === 1) {
        keep(kind === QUOTED ? quote + 1 : cellStart, kind === QUOTED ? at : after, kind);
        return after;
      }
      if (lineBreakAt >= 0) {
        return noQuote();
      }
      torn = true;
      while (after < end && endsCell[bytes[after] ?? 0] === 0) {
        after += 1;
      }
      if (after >= end && !final) {
        return -1;
      }
      keep(cellStart, after, COMPOSED);
      return after;
    }
  };

  const cell = (index: number): Buffer => {
    if (index >= count) {
      return Buffer.alloc(0);
    }
    const content = record.subarray(starts[index], ends[index]);
    return kinds[index] === COMPOSED ? withoutQuotes(content, escaping) : content;
  };

  /** Reads the record at `start` in the way that holds now. */
  const split = (bytes: Buffer, start: number, end: number, final: boolean): number => {
    record = bytes;
    count = 0;
    doubtful = false;
    torn = false;
    let at = start;
    for (;;) {
      const cellStart = at;
      let first = at;
      while (first < end && isSpace(bytes[first])) {
        first += 1;
      }
      let cellEnd = -2;
      if (first < end && bytes[first] === QUOTE) {
        cellEnd = readQuoted(bytes, cellStart, first, end, final);
        if (cellEnd === -1) {
          return -1;
        }
      }
      if (cellEnd === -2) {
        while (at < end && endsCell[bytes[at] ?? 0] === 0) {
          at += 1;
        }
        if (at >= end && !final) {
          return -1;
        }
        keep(cellStart, at, PLAIN);
      } else {
        at = cellEnd;
      }
      if (at >= end) {
        return end;
      }
      const ending = bytes[at];
      at += 1;
      if (ending === LF) {
        return at;
      }
      if (ending === CR) {
        if (at >= end && !final) {
          return -1;
        }
        return at < end && bytes[at] === LF ? at + 1 : at;
      }
    }
  };

  /** How well the record that was read last looks; 3 is as it should be. */
  const fitness = (): number =>
    (torn ? 0 : 2) + (expected === undefined || count === expected ? 1 : 0);

  /** Reads a record in which it is not clear what escapes quotes, in the way in which it looks better. */
  const splitDoubtful = (
    bytes: Buffer,
    start: number,
    end: number,
    final: boolean,
    next: number,
  ): number => {
    const before = fitness();
    escaping = !escaping;
    const most = Math.min(end, start + MAX_DOUBTFUL_BYTES);
    const other = split(bytes, start, most, final && most === end);
    if (other < 0 && !final && most === end) {
      escaping = !escaping;
      return -1;
    }
    bytesInVain += (other < 0 ? most : other) - start;
    if (other >= 0 && fitness() > before) {
      return other;
    }
    escaping = !escaping;
    split(bytes, start, end, final);
    return next;
  };

  return {
    get cells() {
      return count;
    },

    get backslash() {
      return escaping;
    },

    expect(cells) {
      expected = cells;
    },

    scan(bytes, start, end, final) {
      let next = split(bytes, start, end, final);
      const mayDoubt = bytesInVain <= VAIN_BYTES + VAIN_SHARE * bytesRead;
      if (next >= 0 && doubtful && fitness() < 3 && mayDoubt) {
        next = splitDoubtful(bytes, start, end, final, next);
      }
      bytesRead += next < 0 ? 0 : next - start;
      return next;
    },

    cell,

    text(index) {
      const start = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      // Most cells are ASCII, which needs no view of its bytes and no decoder to find out its encoding.
      const isPlain = index < count && kinds[index] !== COMPOSED && isAscii(record, start, end);
      return isPlain ? record.toString("latin1", start, end) : decodeCell(cell(index));
    },

    isBlankLine() {
      if (count !== 1 || kinds[0] !== PLAIN) {
        return false;
      }
      return !hasText(record, starts[0] ?? 0, ends[0] ?? 0);
    },
  };
}

function grown<Values extends Int32Array | Uint8Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  let bits = 0;
  for (let at = start; at < end; at += 1) {
    bits |= bytes[at] ?? 0;
  }
  return bits < 0x80;
}
