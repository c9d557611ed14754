import { isUtf8 } from "node:buffer";
import { closeSync, openSync, writeSync } from "node:fs";
import { PROFILE_MAX_BYTES } from "../../../domain/runs/chunk";
import { DROPPED, type Reading } from "../../../domain/profiles/profile-reader";
import { decodeCell } from "./encoding/text-encoding";
import { sqlString } from "../sql-text";

/**
 * Files of rows in a form that leaves DuckDB nothing to guess: a row's number, a unit separator, the
 * email's cell, a line feed. Always UTF-8, never quoted; the few bytes that would be misread are written
 * as an escape and the byte plus 0x40. Where more than the email is mapped, what the other fields' values
 * come to follows the cell, each after a separator.
 */
export interface RowFileWriter {
  /** Adds a row with the cell's bytes as they are in the source, in UTF-8 or an eight-bit encoding. */
  addBytes(row: number, cell: Buffer, values?: readonly RowValue[]): void;
  addText(row: number, cell: string, values?: readonly RowValue[]): void;
  close(): void;
}

/** What one value comes to; as bytes, it is a plain text that is read as itself in quotes. */
export type RowValue = Reading | Buffer;

/** Stands for each value of a row whose values together are larger than Klaviyo takes a profile. */
export const TOO_LARGE = DROPPED;

const SEPARATOR = 0x1f;
const ESCAPE = 0x10;
const LF = 0x0a;
const CR = 0x0d;
const ESCAPED_BY = 0x40;
const QUOTE = 0x22;

/** No email address and no name is longer; a longer cell is cut, so that no row is beyond DuckDB. */
const MAX_CELL_LENGTH = 2_000;
/** Characters up to which copying one by one is faster. */
const SHORT_TEXT = 200;
const BLOCK_BYTES = 1 << 20;
const MAX_CELL_BYTES = 20 + MAX_CELL_LENGTH * 2 * 4;
/** A character takes at most three bytes; beside its text, a value has two quotes and its separator. */
const MAX_VALUES_BYTES = PROFILE_MAX_BYTES * 3;
/** What was left out has a reason in place of a text. */
const MAX_BYTES_BESIDE_TEXT = 40;
/** Rows of some 100,000 members: enough for both of DuckDB's threads, and soon read. */
const FILE_BYTES = 4 << 20;
/** What one of DuckDB's threads reads at a time. Several make up a file; one holds more than any row. */
const BUFFER_BYTES = 1 << 20;

/** Writes rows to one file after the other, and tells of each when it is complete. */
export function createRowFiles(
  newFile: () => string,
  onComplete: (path: string) => void,
): RowFileWriter {
  let path = newFile();
  let descriptor = openSync(path, "w");
  let fileBytes = 0;
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let length = 0;

  // Writing goes to the page cache at once; waiting for a promise for each block would cost more.
  const flush = (): void => {
    for (let written = 0; written < length;) {
      written += writeSync(descriptor, block, written, length - written);
    }
    fileBytes += length;
    length = 0;
  };

  const complete = (): void => {
    closeSync(descriptor);
    onComplete(path);
  };

  const addRowNumber = (row: number): void => {
    let divisor = 1;
    while (divisor * 10 <= row) {
      divisor *= 10;
    }
    for (let rest = row; divisor >= 1; divisor = Math.floor(divisor / 10)) {
      const digit = Math.floor(rest / divisor);
      block[length++] = 0x30 + digit;
      rest -= digit * divisor;
    }
    block[length++] = SEPARATOR;
  };

  /** Adds UTF-8 or ASCII; returns whether a byte was not ASCII. */
  const addCell = (cell: Buffer): boolean => {
    let bits = 0;
    for (const byte of cell) {
      bits |= byte;
      if (
        byte < 0x20 &&
        (byte === LF || byte === CR || byte === SEPARATOR || byte === ESCAPE || byte === 0)
      ) {
        block[length++] = ESCAPE;
        block[length++] = byte + ESCAPED_BY;
      } else {
        block[length++] = byte;
      }
    }
    return bits >= 0x80;
  };

  /** Adds text without control characters. Short ASCII, as most is, costs less than a call of Node's. */
  const addReading = (text: string): void => {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code >= 0x80 || at === SHORT_TEXT) {
        length += block.write(text, length);
        return;
      }
      block[length + at] = code;
    }
    length += text.length;
  };

  const endRow = (values: readonly RowValue[]): void => {
    const tooLarge = leastBytesOf(values) > PROFILE_MAX_BYTES;
    for (const value of values) {
      block[length++] = SEPARATOR;
      if (value.length === 0) {
        continue;
      }
      if (typeof value === "string") {
        addReading(tooLarge && !isDropped(value) ? TOO_LARGE : value);
      } else if (tooLarge) {
        addReading(TOO_LARGE);
      } else {
        block[length++] = QUOTE;
        for (const byte of value) {
          block[length++] = byte;
        }
        block[length++] = QUOTE;
      }
    }
    block[length++] = LF;
  };

  /** Between two rows. */
  const makeRoom = (values: readonly RowValue[]): void => {
    const most =
      values.length === 0
        ? MAX_CELL_BYTES
        : MAX_CELL_BYTES + MAX_VALUES_BYTES + values.length * MAX_BYTES_BESIDE_TEXT;
    if (length + most <= BLOCK_BYTES) {
      return;
    }
    flush();
    if (fileBytes >= FILE_BYTES) {
      complete();
      path = newFile();
      descriptor = openSync(path, "w");
      fileBytes = 0;
    }
  };

  const addBytes = (row: number, cell: Buffer, values: readonly RowValue[] = []): void => {
    if (cell.length > MAX_CELL_LENGTH) {
      addText(row, decodeCell(cell), values);
      return;
    }
    makeRoom(values);
    addRowNumber(row);
    const start = length;
    if (addCell(cell) && !isUtf8(cell)) {
      length = start;
      addCell(Buffer.from(decodeCell(cell)));
    }
    endRow(values);
  };

  const addText = (row: number, cell: string, values: readonly RowValue[] = []): void => {
    const text = cell.length > MAX_CELL_LENGTH ? cell.trim().slice(0, MAX_CELL_LENGTH) : cell;
    makeRoom(values);
    addRowNumber(row);
    addCell(Buffer.from(text));
    endRow(values);
  };

  return {
    addBytes,
    addText,
    close() {
      try {
        flush();
      } finally {
        complete();
      }
    },
  };
}

function isDropped(value: RowValue): boolean {
  return typeof value === "string" && value.startsWith(DROPPED);
}

/** So many bytes at least do the values take of a profile. */
function leastBytesOf(values: readonly RowValue[]): number {
  let bytes = 0;
  for (const value of values) {
    bytes += isDropped(value) ? 0 : value.length;
  }
  return bytes;
}

/** The column of a row's value, by the value's place. */
export function valueColumn(index: number): string {
  return `value${index}`;
}

/** The rows of such a file: `row`, `cell`, and the `values` columns that each row has, NULL where empty. */
export function rowFileSql(path: string, values: number): string {
  const escapedBytes = [LF, CR, SEPARATOR, 0];
  const unescaped = escapedBytes.reduce(
    (sql, byte) => `replace(${sql}, chr(${ESCAPE}) || chr(${byte + ESCAPED_BY}), chr(${byte}))`,
    "cell",
  );
  const columns = Array.from({ length: values }, (_, index) => valueColumn(index));
  return `
    SELECT "row",
      CASE WHEN contains(cell, chr(${ESCAPE}))
        THEN replace(${unescaped}, chr(${ESCAPE}) || chr(${ESCAPE + ESCAPED_BY}), chr(${ESCAPE}))
        ELSE cell
      END AS cell${columns.map((column) => `, ${column}`).join("")}
    FROM read_csv(${sqlString(path)},
      auto_detect = false, buffer_size = ${BUFFER_BYTES}, header = false, delim = chr(${SEPARATOR}), quote = '', escape = '',
      comment = '', new_line = '\\n', nullstr = '', columns = {'row': 'BIGINT', 'cell': 'VARCHAR'
        ${columns.map((column) => `, '${column}': 'VARCHAR'`).join("")}})`;
}
