const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TAB = 0x09;
const CR = 0x0d;

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
 * @param backslash whether backslashes escape quotes, and themselves before quotes
 */
export function withoutQuotes(cell: Buffer, backslash: boolean): Buffer {
  const content = Buffer.allocUnsafe(cell.length);
  let length = 0;
  let at = cell.indexOf(QUOTE) + 1;
  while (at < cell.length) {
    const byte = cell[at] ?? 0;
    if (backslash && byte === BACKSLASH) {
      const start = at;
      while (cell[at] === BACKSLASH) {
        at += 1;
      }
      const beforeQuote = cell[at] === QUOTE;
      const kept = beforeQuote ? Math.floor((at - start) / 2) : at - start;
      content.fill(BACKSLASH, length, length + kept);
      length += kept;
      if (beforeQuote && (at - start) % 2 === 1) {
        content[length] = QUOTE;
        length += 1;
        at += 1;
      }
      continue;
    }
    if (byte === QUOTE) {
      if (cell[at + 1] !== QUOTE) {
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
