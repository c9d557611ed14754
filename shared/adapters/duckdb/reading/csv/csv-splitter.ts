import { hasText, isEscaped, type CsvMarks } from "./csv-cells";
import { COMPOSED, ESCAPED, keepCell, PLAIN, QUOTED, type CsvRecord } from "./csv-record";

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

/** Splits one record at a time into cells, in the one or the other way to escape. */
export interface CsvSplitter {
  /** Reads the record at `start` into the record; returns as `CsvScanner.scan` does. */
  split(bytes: Buffer, start: number, end: number, final: boolean, escaping: boolean): number;
  /** Whether backslashes stand in the record that was split last where it matters whether they escape. */
  readonly doubtful: boolean;
  /** Whether that record ended at a line break behind a backslash. */
  readonly brokenAtBackslash: boolean;
  /** Whether text stood beside a quoted cell. */
  readonly torn: boolean;
  /** Counts bytes of the text, and those that were looked at in vain. */
  count(read: number, inVain: number): void;
  /** Whether more may be looked at that may turn out to be in vain. */
  mayTry(): boolean;
}

/** @param record where the cells are kept */
export function createCsvSplitter({ delimiter, quote }: CsvMarks, record: CsvRecord): CsvSplitter {
  let doubtful = false;
  let brokenAtBackslash = false;
  let torn = false;
  let bytesRead = 0;
  let bytesInVain = 0;

  const endsCell = new Uint8Array(256);
  endsCell[delimiter] = 1;
  endsCell[LF] = 1;
  endsCell[CR] = 1;
  const endsCellOrEscapes = endsCell.slice();
  endsCellOrEscapes[BACKSLASH] = 1;

  const isSpace = (byte: number | undefined): boolean =>
    byte === SPACE || (byte === TAB && delimiter !== TAB);

  const mayTry = (): boolean => bytesInVain <= VAIN_BYTES + VAIN_SHARE * bytesRead;

  /** Of an opening quote that is none, after looking as far as `at`. */
  const noQuote = (opening: number, at: number): number => {
    torn = true;
    bytesInVain += at - opening;
    return -2;
  };

  /** Where the quoted cell ends whose quote is at `opening`: -1 if unknown yet, -2 if it is no such cell. */
  const readQuoted = (
    bytes: Buffer,
    cellStart: number,
    opening: number,
    end: number,
    final: boolean,
    escaping: boolean,
  ): number => {
    let at = opening + 1;
    let kind = QUOTED;
    let lineBreakAt = -1;
    const mayGoOn = mayTry();
    for (;;) {
      let byte = bytes[at];
      while (at < end && byte !== quote) {
        if (lineBreakAt < 0 && (byte === LF || byte === CR)) {
          lineBreakAt = at;
        }
        at += 1;
        byte = bytes[at];
      }
      if (lineBreakAt >= 0 && !mayGoOn) {
        return noQuote(opening, at);
      }
      if (at >= end) {
        if (!final) {
          return lineBreakAt >= 0 && end - opening > MAX_QUOTED_LINES_BYTES
            ? noQuote(opening, at)
            : -1;
        }
        const swallowed =
          (lineBreakAt >= 0 && hasText(bytes, lineBreakAt, end)) ||
          bytes.subarray(opening, end).includes(delimiter);
        if (swallowed) {
          return noQuote(opening, at);
        }
        if (kind === QUOTED && escaping && holdsBackslash(bytes, opening, end)) {
          kind = COMPOSED;
        }
        keepCell(record, kind === QUOTED ? opening + 1 : cellStart, end, kind);
        return end;
      }
      if (bytes[at - 1] === BACKSLASH && at - 1 > opening) {
        doubtful = true;
        if (escaping) {
          kind = COMPOSED;
          if (isEscaped(bytes, at, opening)) {
            at += 1;
            continue;
          }
        }
      }
      if (at + 1 >= end && !final) {
        return -1;
      }
      if (at + 1 < end && bytes[at + 1] === quote) {
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
        if (kind === QUOTED && escaping && holdsBackslash(bytes, opening, at)) {
          kind = COMPOSED;
        }
        keepCell(
          record,
          kind === QUOTED ? opening + 1 : cellStart,
          kind === QUOTED ? at : after,
          kind,
        );
        return after;
      }
      if (lineBreakAt >= 0) {
        return noQuote(opening, at);
      }
      torn = true;
      while (after < end && endsCell[bytes[after] ?? 0] === 0) {
        after += 1;
      }
      if (after >= end && !final) {
        return -1;
      }
      keepCell(record, cellStart, after, COMPOSED);
      return after;
    }
  };

  /** Where the cell ends that begins at `start` and whose backslashes escape; keeps it. */
  const readEscaped = (bytes: Buffer, start: number, end: number): number => {
    let at = start;
    let kind = PLAIN;
    for (;;) {
      while (at < end && endsCellOrEscapes[bytes[at] ?? 0] === 0) {
        at += 1;
      }
      if (at >= end || bytes[at] !== BACKSLASH) {
        keepCell(record, start, at, kind);
        return at;
      }
      kind = ESCAPED;
      const isLineEnd = bytes[at + 1] === CR && bytes[at + 2] === LF;
      doubtful ||= endsCell[bytes[at + 1] ?? 0] === 1;
      at = Math.min(end, at + (isLineEnd ? 3 : 2));
    }
  };

  return {
    split(bytes, start, end, final, escaping) {
      record.bytes = bytes;
      record.escaping = escaping;
      record.cells = 0;
      doubtful = false;
      brokenAtBackslash = false;
      torn = false;
      const ends = endsCell;
      let at = start;
      for (;;) {
        const cellStart = at;
        let first = at;
        while (first < end && isSpace(bytes[first])) {
          first += 1;
        }
        let cellEnd = -2;
        if (first < end && bytes[first] === quote) {
          cellEnd = readQuoted(bytes, cellStart, first, end, final, escaping);
          if (cellEnd === -1) {
            return -1;
          }
        }
        let isAfterBackslash = false;
        if (cellEnd !== -2) {
          at = cellEnd;
        } else if (escaping) {
          at = readEscaped(bytes, cellStart, end);
        } else {
          while (at < end && ends[bytes[at] ?? 0] === 0) {
            at += 1;
          }
          if (bytes[at - 1] === BACKSLASH && at > cellStart) {
            isAfterBackslash = true;
            doubtful = true;
          }
          keepCell(record, cellStart, at, PLAIN);
        }
        if (at >= end) {
          return cellEnd === -2 && !final ? -1 : end;
        }
        const ending = bytes[at];
        at += 1;
        if (ending === LF) {
          brokenAtBackslash = isAfterBackslash;
          return at;
        }
        if (ending === CR) {
          if (at >= end && !final) {
            return -1;
          }
          brokenAtBackslash = isAfterBackslash;
          return at < end && bytes[at] === LF ? at + 1 : at;
        }
      }
    },

    get doubtful() {
      return doubtful;
    },
    get brokenAtBackslash() {
      return brokenAtBackslash;
    },
    get torn() {
      return torn;
    },

    count(read, inVain) {
      bytesRead += read;
      bytesInVain += inVain;
    },
    mayTry,
  };
}

function holdsBackslash(bytes: Buffer, start: number, end: number): boolean {
  return bytes.subarray(start, end).includes(BACKSLASH);
}
