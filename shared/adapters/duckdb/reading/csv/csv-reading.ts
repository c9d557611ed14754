import type { CsvScanner } from "./csv-records";
import { MAX_RECORD_BYTES, RecordTooLong } from "../record-limit";

/** A byte-order mark in UTF-8; one within a text stands where another file was put behind it. */
const MARK = Buffer.from("\ufeff");

/** Reads all records of a text, in order, without byte-order marks. `onRecord` finds the record in the scanner. */
export async function readCsvRecords(
  chunks: AsyncIterable<Buffer>,
  scanner: CsvScanner,
  onRecord: () => void,
): Promise<void> {
  let held: Buffer = Buffer.alloc(0);
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let waitFor = 0;

  const read = (final: boolean): void => {
    const bytes = held.length === 0 && waiting.length === 1 ? waiting[0] : undefined;
    const text = bytes ?? Buffer.concat([held, ...waiting]);
    waiting = [];
    waitingBytes = 0;
    let offset = 0;
    while (offset < text.length) {
      if (text[offset] === MARK[0] && MARK.equals(text.subarray(offset, offset + MARK.length))) {
        offset += MARK.length;
      }
      const next = scanner.scan(text, offset, text.length, final);
      if (next < 0) {
        break;
      }
      onRecord();
      offset = next;
    }
    held = text.subarray(offset);
    // A record longer than what is there is read anew from its start: twice as much each time.
    waitFor = offset === 0 ? text.length : held.length;
    if (held.length > MAX_RECORD_BYTES) {
      throw new RecordTooLong();
    }
  };

  for await (const chunk of chunks) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes >= waitFor) {
      read(false);
    }
  }
  read(true);
}
