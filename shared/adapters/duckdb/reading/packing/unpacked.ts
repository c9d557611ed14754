import { once } from "node:events";
import { Readable } from "node:stream";
import * as zlib from "node:zlib";
import * as z from "zod";
import { isGzip, isZstd } from "../file-format";

export type Packing = "gzip" | "zstd";

/** What follows packed data is neither more of it nor padding. */
export class PackedRestUnknown extends Error {
  override readonly name = "PackedRestUnknown";
}

/** How bytes are packed, by their first ones; undefined if they are not. */
export function packingOf(head: Buffer): Packing | undefined {
  return isGzip(head) ? "gzip" : isZstd(head) ? "zstd" : undefined;
}

/**
 * Unpacks bytes to their end: gzip members and zstd frames that stand one behind the other, with zeros behind them, as
 * tapes leave them. What else follows would be left out in silence; it throws `PackedRestUnknown`. Throws what the
 * library throws for damaged data.
 */
export async function* unpacked(
  packed: AsyncIterable<Buffer>,
  packing: Packing,
  outputBytes: number,
): AsyncGenerator<Buffer, void> {
  const source = packed[Symbol.asyncIterator]();
  try {
    for (let rest: Buffer | undefined = Buffer.alloc(0); rest !== undefined;) {
      const left: Buffer = yield* unpackOne(rest, source, packing, outputBytes);
      rest = await behindPadding(left, source);
      if (rest !== undefined && packingOf(rest) !== packing) {
        throw new PackedRestUnknown();
      }
    }
  } finally {
    await source.return?.();
  }
}

/** Unpacks as far as one decoder goes, and returns what it has been given and has not used. */
async function* unpackOne(
  first: Buffer,
  source: AsyncIterator<Buffer>,
  packing: Packing,
  chunkSize: number,
): AsyncGenerator<Buffer, Buffer> {
  const decoder =
    packing === "gzip"
      ? zlib.createGunzip({ chunkSize })
      : zlib.createZstdDecompress({ chunkSize });
  /** Chunks that may not be used up, and how many bytes stood before them. */
  let given: Buffer[] = [];
  let before = 0;
  async function* giving(): AsyncGenerator<Buffer, void> {
    for (let chunk: Buffer | undefined = first; chunk !== undefined; chunk = await nextOf(source)) {
      while (given[0] !== undefined && before + given[0].length <= decoder.bytesWritten) {
        before += given[0].length;
        given = given.slice(1);
      }
      given.push(chunk);
      yield chunk;
    }
  }
  const compressed = Readable.from(giving());
  compressed.on("error", (error) => decoder.destroy(error));
  try {
    for await (const chunk of compressed.pipe(decoder)) {
      yield z.instanceof(Buffer).parse(chunk);
    }
    const used = decoder.bytesWritten;
    // It reads ahead; what it is reading just now is ours.
    compressed.unpipe(decoder).destroy();
    if (!compressed.closed) await once(compressed, "close");
    return Buffer.concat(given).subarray(used - before);
  } catch (error) {
    throw isUnknownStart(error) ? new PackedRestUnknown() : error;
  } finally {
    for (const stream of [compressed, decoder]) {
      stream.on("error", () => undefined).destroy();
    }
  }
}

const unknownStartSchema = z.union([
  z.object({ code: z.literal("Z_DATA_ERROR"), message: z.literal("incorrect header check") }),
  z.object({ code: z.literal("ZSTD_error_prefix_unknown") }),
]);

/** What began with packed data can only go on with what is none. */
function isUnknownStart(error: unknown): boolean {
  return unknownStartSchema.safeParse(error).success;
}

/** What stands behind zeros: enough of it to tell what it is; undefined if nothing does. */
async function behindPadding(
  left: Buffer,
  source: AsyncIterator<Buffer>,
): Promise<Buffer | undefined> {
  let rest = left;
  for (;;) {
    const start = rest.findIndex((byte) => byte !== 0);
    rest = start < 0 ? Buffer.alloc(0) : rest.subarray(start);
    if (rest.length >= MAGIC_BYTES) {
      return rest;
    }
    const next = await nextOf(source);
    if (next === undefined) {
      return rest.length === 0 ? undefined : rest;
    }
    rest = Buffer.concat([rest, next]);
  }
}

const MAGIC_BYTES = 4;

async function nextOf(source: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
  const next = await source.next();
  return next.done === true ? undefined : next.value;
}
