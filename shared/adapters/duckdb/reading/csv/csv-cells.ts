const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;

/** The bytes by which a CSV text parts its cells and wraps them. */
export interface CsvMarks {
  readonly delimiter: number;
  /** A number that is no byte where nothing wraps cells. */
  readonly quote: number;
}

/** Whether there is more than white space. */
export function hasText(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== SPACE && (byte < TAB || byte > CR)) {
      return true;
    }
  }
  return false;
}

/** Whether a quote within a quoted cell that begins at `from` has an odd number of backslashes before it. */
export function isEscaped(bytes: Buffer, quote: number, from: number): boolean {
  let at = quote;
  while (at - 1 > from && bytes[at - 1] === BACKSLASH) {
    at -= 1;
  }
  return (quote - at) % 2 === 1;
}

/**
 * The content of a cell that is given with its quotes.
 *
 * @param escaping whether backslashes escape
 */
export function withoutQuotes(cell: Buffer, marks: CsvMarks, escaping: boolean): Buffer {
  const content = Buffer.allocUnsafe(cell.length);
  const start = cell.indexOf(marks.quote) + 1;
  const doubled = escaping && doublesBackslashes(cell, start, marks);
  let length = 0;
  let at = start;
  while (at < cell.length) {
    const byte = cell[at] ?? 0;
    if (escaping && byte === BACKSLASH) {
      const end = endOfBackslashes(cell, at);
      const kept = keptOfBackslashes(cell, at, end, marks, doubled);
      content.fill(BACKSLASH, length, length + kept);
      length += kept;
      if ((end - at) % 2 === 1 && cell[end] === marks.quote) {
        content[length] = marks.quote;
        length += 1;
        at = end + 1;
      } else {
        at = end;
      }
      continue;
    }
    if (byte === marks.quote) {
      if (cell[at + 1] !== marks.quote) {
        at += 1;
        break;
      }
      at += 1;
    }
    content[length] = byte;
    length += 1;
    at += 1;
  }
  if (hasText(cell, at, cell.length)) {
    length += cell.copy(content, length, at);
  }
  return content.subarray(0, length);
}

/** The content of a cell without quotes in a text whose backslashes escape. */
export function withoutEscapes(cell: Buffer, marks: CsvMarks): Buffer {
  const content = Buffer.allocUnsafe(cell.length);
  const doubled = doublesBackslashes(cell, 0, marks);
  let length = 0;
  for (let at = 0; at < cell.length;) {
    if (cell[at] === BACKSLASH) {
      const end = endOfBackslashes(cell, at);
      const kept = keptOfBackslashes(cell, at, end, marks, doubled);
      content.fill(BACKSLASH, length, length + kept);
      length += kept;
      at = end;
    } else {
      content[length] = cell[at] ?? 0;
      length += 1;
      at += 1;
    }
  }
  return content.subarray(0, length);
}

/**
 * Whether all backslashes of a cell escape something. Where one stands before an ordinary character, as in `C:\temp`,
 * whoever wrote the cell did not double them.
 */
function doublesBackslashes(cell: Buffer, start: number, marks: CsvMarks): boolean {
  for (let at = cell.indexOf(BACKSLASH, start); at >= 0; at = cell.indexOf(BACKSLASH, at + 2)) {
    if (cell[at + 1] !== BACKSLASH && !isBeforeMark(cell, at, marks)) {
      return false;
    }
  }
  return true;
}

function endOfBackslashes(cell: Buffer, start: number): number {
  let end = start;
  while (cell[end] === BACKSLASH) {
    end += 1;
  }
  return end;
}

function keptOfBackslashes(
  cell: Buffer,
  start: number,
  end: number,
  marks: CsvMarks,
  doubled: boolean,
): number {
  return doubled || isBeforeMark(cell, end - 1, marks)
    ? Math.floor((end - start) / 2)
    : end - start;
}

/** Whether what follows is a byte that has a meaning of its own, or the cell's end. */
function isBeforeMark(cell: Buffer, at: number, { delimiter, quote }: CsvMarks): boolean {
  const next = cell[at + 1];
  return next === undefined || next === delimiter || next === quote || next === LF || next === CR;
}
