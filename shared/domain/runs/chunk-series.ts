import * as z from "zod";

/**
 * Chunks whose bodies lie in one object: as many as Klaviyo takes in a second. An object for each would cost as much as
 * all of a run's writes to DynamoDB.
 */
export const SERIES_CHUNKS = 10;

/** What a series begins with: the lengths of its bodies, in digits with spaces between and behind. */
export const SERIES_HEAD_BYTES = 128;

/** A part of an object, in bytes. */
export interface ByteRange {
  readonly from: number;
  readonly length: number;
}

/** The series of a chunk; both are counted from 1. */
export function seriesOf(chunk: number): number {
  return Math.floor((chunk - 1) / SERIES_CHUNKS) + 1;
}

/** The first chunk of a series. */
export function firstChunkOf(series: number): number {
  return (series - 1) * SERIES_CHUNKS + 1;
}

/**
 * The object of a series: its head, and its bodies one after another.
 *
 * @param bodies each in the pieces that it is made of
 */
export function packSeries(bodies: readonly (readonly Uint8Array[])[]): Buffer {
  const lengths = bodies.map((pieces) => pieces.reduce((sum, { length }) => sum + length, 0));
  const head = Buffer.alloc(SERIES_HEAD_BYTES, " ");
  head.write(lengths.join(" "));
  return Buffer.concat([head, ...bodies.flat()]);
}

const lengthsSchema = z.array(z.coerce.number().int().positive()).min(1).max(SERIES_CHUNKS);

/**
 * Where the body of a chunk lies in its series.
 *
 * @param head the first {@link SERIES_HEAD_BYTES} of the object
 * @throws when the head is none, or the series ends before the chunk.
 */
export function bodyRange(head: Buffer, chunk: number): ByteRange {
  const lengths = lengthsSchema.parse(head.toString("latin1").trimEnd().split(" "));
  const index = chunk - firstChunkOf(seriesOf(chunk));
  const length = lengths[index];
  if (length === undefined) {
    throw new RangeError(`the series of chunk ${String(chunk)} has ${String(lengths.length)}`);
  }
  const before = lengths.slice(0, index).reduce((sum, one) => sum + one, 0);
  return { from: SERIES_HEAD_BYTES + before, length };
}
