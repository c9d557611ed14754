import { open } from "node:fs/promises";

/** The footer's length, little-endian, and the letters PAR1. */
const TAIL_BYTES = 8;

/**
 * Gives a column of a Parquet file on the local disk another name of the same length, and returns whether that was
 * done. Names stand in the footer with their length before them, so nothing else of the file moves. Only for
 * names of up to 127 bytes, whose length is one byte.
 */
export async function renameParquetColumn(
  path: string,
  name: string,
  newName: string,
): Promise<boolean> {
  const from = Buffer.from(name);
  const to = Buffer.from(newName);
  if (from.length !== to.length || from.length > 127) {
    return false;
  }
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(TAIL_BYTES);
    await file.read(tail, 0, TAIL_BYTES, size - TAIL_BYTES);
    const length = tail.readUInt32LE(0);
    if (length + TAIL_BYTES > size) {
      return false;
    }
    const footer = Buffer.alloc(length);
    const start = size - TAIL_BYTES - length;
    await file.read(footer, 0, length, start);
    const wanted = Buffer.concat([Buffer.from([from.length]), from]);
    let renamed = false;
    for (let at = footer.indexOf(wanted); at >= 0; at = footer.indexOf(wanted, at + 1)) {
      to.copy(footer, at + 1);
      renamed = true;
    }
    await file.write(footer, 0, length, start);
    return renamed;
  } finally {
    await file.close();
  }
}
