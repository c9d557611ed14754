import { open } from "node:fs/promises";

/** The footer's length, little-endian, and the letters PAR1. */
const TAIL_BYTES = 8;

export interface ParquetFooter {
  /** The names that columns had, by their new ones. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Those of the names asked for that stand in the footer: of columns, or keys of what is noted there. */
  readonly names: ReadonlySet<string>;
}

/**
 * Gives the columns of a Parquet file on the local disk that are called so, whatever their case, other names of the
 * same length, and looks for others. Names stand in the footer with their length before
 * them, so nothing else of the file moves; a footer that is damaged is left to its reader.
 *
 * @param name in lower case, of 7 to 127 bytes of ASCII: a length of one byte
 */
export async function renameParquetColumn(
  path: string,
  name: string,
  lookedFor: readonly string[],
): Promise<ParquetFooter> {
  const renamed = new Map<string, string>();
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(TAIL_BYTES);
    await file.read(tail, 0, TAIL_BYTES, Math.max(0, size - TAIL_BYTES));
    const length = tail.readUInt32LE(0);
    if (length + TAIL_BYTES > size) {
      return { renamed, names: new Set() };
    }
    const footer = Buffer.alloc(length);
    const start = size - TAIL_BYTES - length;
    await file.read(footer, 0, length, start);
    const text = footer.toString("latin1");
    const lower = text.toLowerCase();
    const marked = withLength(name);
    const newNames = new Map<string, string>();
    for (let at = lower.indexOf(marked); at >= 0; at = lower.indexOf(marked, at + 1)) {
      const old = text.slice(at + 1, at + marked.length);
      const newName = newNames.get(old) ?? unusedName(name.length, lower, newNames.size);
      newNames.set(old, newName);
      renamed.set(newName, old);
      footer.write(newName, at + 1, "latin1");
    }
    if (renamed.size > 0) {
      await file.write(footer, 0, length, start);
    }
    return { renamed, names: new Set(lookedFor.filter((each) => text.includes(withLength(each)))) };
  } finally {
    await file.close();
  }
}

function withLength(name: string): string {
  return String.fromCharCode(name.length) + name;
}

/** A name that stands nowhere in a text; `after` counts those that were found before. */
function unusedName(length: number, text: string, after: number): string {
  let number = 0;
  let left = after;
  for (;;) {
    number += 1;
    const name = `row_${String(number).padStart(length - "row_".length, "0")}`;
    if (text.includes(name)) {
      continue;
    }
    if (left === 0) {
      return name;
    }
    left -= 1;
  }
}
