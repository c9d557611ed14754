import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as z from "zod";
import { DomainError } from "../../../domain/problems/problem";
import type { SegmentSizes } from "../../../domain/segments/segment-limits";
import type { SegmentFile } from "../../../domain/segments/segment";
import type { SegmentSource } from "../../../ports";
import {
  detectBinaryFormat,
  detectTextFormat,
  isGzip,
  isZip,
  isZstd,
  type FileFormat,
} from "./file-format";
import type { LegacyEncoding } from "./encoding/legacy-encoding";
import {
  asUtf8,
  decodedFrom,
  noticingLostCharacters,
  withoutEndMark,
} from "./encoding/text-encoding";
import { packingOf, PackedRestUnknown, unpacked, type Packing } from "./packing/unpacked";
import type { WorkDirectory } from "../work-directory";
import { openZippedFile, ZipRefused, type ZippedFile } from "./zip/zip-file";

/** How much of a file is looked at to tell its format and dialect. */
const HEAD_BYTES = 256 * 1024;

/** A file being read: as text in a stream, or on the local disk where its format needs that. */
export type OpenedFile =
  | { kind: "empty" }
  | OpenedParquet
  | {
      kind: "csv" | "jsonLines" | "jsonArray" | "jsonValues";
      /** The first part of the text, in UTF-8 or an eight-bit encoding; the whole text if `complete`. */
      head: Buffer;
      complete: boolean;
      /** The whole text, `head` included. */
      chunks: AsyncIterable<Buffer>;
      /** The encoding of what was not UTF-8 in what has been read of the text. */
      legacyEncoding: () => LegacyEncoding | undefined;
      /** Whether what has been read of the text holds characters that were lost before it was written. */
      hasLostCharacters: () => boolean;
      sizes: SegmentSizes;
    };

/** A copy of a Parquet file on the local disk. */
export interface OpenedParquet {
  readonly kind: "parquet";
  readonly path: string;
  /** Where its rows are counted. */
  readonly sizes: SegmentSizes;
}

export function segmentUnreadable(file: SegmentFile, reason: string): DomainError {
  return new DomainError("segmentUnreadable", { segment: file.segment, file: file.name, reason });
}

/**
 * Opens a segment's file, unpacks it and tells its format; the stream is closed when `use` ends, however
 * it ends. Throws `segmentUnreadable`, `segmentTooLarge`, `headerUnlikeModel`, and what the source throws.
 *
 * @param sizes counts its unpacked bytes, and for whoever reads on its rows
 */
export async function withOpenedFile<Result>(
  source: SegmentSource,
  file: SegmentFile,
  directory: WorkDirectory,
  sizes: SegmentSizes,
  use: (opened: OpenedFile) => Promise<Result>,
): Promise<Result> {
  const raw = await source.open(file);
  let packing: Packing | undefined;
  let zipped: ZippedFile | undefined;
  try {
    const packed = await withHead(buffersOf(raw), 4);
    if (isZip(packed.head)) {
      const path = directory.newFile("zip");
      await pipeline(withinLimit(packed.chunks, file, sizes), createWriteStream(path));
      zipped = await openZippedFile(path);
      // What is open can be read until it is closed.
      await rm(path);
      const inner = await withHead(withinLimit(zipped.chunks, file, sizes), 4);
      requireUnpacked(inner.head);
      return await use(await opened(inner.chunks, file, zipped.name, directory, sizes));
    }
    packing = packingOf(packed.head);
    const bytes =
      packing === undefined ? packed.chunks : unpacked(packed.chunks, packing, HEAD_BYTES);
    const limited = withinLimit(bytes, file, sizes);
    return await use(await opened(limited, file, file.name, directory, sizes));
  } catch (error) {
    if (error instanceof PackedRestUnknown) {
      throw segmentUnreadable(file, `something else follows its ${packing} data`);
    }
    if (error instanceof ZipRefused) {
      throw segmentUnreadable(file, `it is ${error.message}`);
    }
    throw isDamagedPacking(error)
      ? segmentUnreadable(file, `its ${packing} data is damaged or cut off`)
      : error;
  } finally {
    zipped?.close();
    raw.on("error", () => undefined);
    raw.destroy();
  }
}

const UTF8 = "utf-8";

/** An archive is unpacked once, and holds text: Parquet is packed already, and needs to lie on the disk as it is. */
function requireUnpacked(head: Buffer): void {
  if (isGzip(head) || isZstd(head) || isZip(head)) {
    throw new ZipRefused("a zip archive of a file that is packed itself: unpack the archive");
  }
  if (detectBinaryFormat(head)?.kind === "parquet") {
    throw new ZipRefused("a zip archive of a Parquet file: unpack it, Parquet is packed already");
  }
}

async function opened(
  bytes: AsyncIterable<Buffer>,
  file: SegmentFile,
  name: string,
  directory: WorkDirectory,
  sizes: SegmentSizes,
): Promise<OpenedFile> {
  const start = await withHead(bytes, HEAD_BYTES);
  const binary = detectBinaryFormat(start.head);
  if (file.shape !== undefined && binary !== undefined) {
    throw segmentUnreadable(file, "its source says that it is CSV, and it is not");
  }
  if (binary?.kind === "parquet") {
    const path = directory.newFile("parquet");
    await pipeline(start.chunks, createWriteStream(path));
    return { kind: "parquet", path, sizes };
  }
  let legacy: LegacyEncoding | undefined;
  let hasLost = false;
  const { encoding = UTF8 } = file.shape ?? {};
  const utf8 =
    encoding === UTF8
      ? asUtf8(start.chunks, start.head, (told) => {
          legacy = told;
        })
      : decodedFrom(encoding, start.chunks);
  const text = await withHead(
    noticingLostCharacters(withoutEndMark(utf8), () => {
      hasLost = true;
    }),
    HEAD_BYTES,
  );
  if (file.shape?.header === true && text.head.length === 0) {
    throw new DomainError("headerUnlikeModel", { segment: file.segment, file: file.name });
  }
  const format: FileFormat =
    file.shape === undefined
      ? (binary ?? detectTextFormat(text.head, name))
      : { kind: text.head.length === 0 ? "empty" : "csv" };
  switch (format.kind) {
    case "unreadable":
      throw segmentUnreadable(file, format.reason);
    case "empty":
    case "parquet":
      return { kind: "empty" };
    case "csv":
    case "jsonLines":
    case "jsonArray":
    case "jsonValues":
      return {
        kind: format.kind,
        head: text.head,
        complete: text.complete,
        chunks: text.chunks,
        legacyEncoding: () => legacy,
        hasLostCharacters: () => hasLost,
        sizes,
      };
  }
}

/** Reads so many bytes ahead; `chunks` gives all of them, those read ahead included. */
async function withHead(
  chunks: AsyncIterable<Buffer>,
  bytes: number,
): Promise<{ head: Buffer; complete: boolean; chunks: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const ahead: Buffer[] = [];
  let length = 0;
  let complete = false;
  while (length < bytes && !complete) {
    const next = await iterator.next();
    if (next.done === true) {
      complete = true;
    } else {
      ahead.push(next.value);
      length += next.value.length;
    }
  }
  const head = Buffer.concat(ahead);
  async function* all(): AsyncGenerator<Buffer, void> {
    if (head.length > 0) {
      yield head;
    }
    if (!complete) {
      yield* { [Symbol.asyncIterator]: () => iterator };
    }
  }
  return { head, complete, chunks: all() };
}

/** Unpacked bytes; a few kilobytes may be packed ones of a file that never ends. */
async function* withinLimit(
  chunks: AsyncIterable<Buffer>,
  { segment }: SegmentFile,
  sizes: SegmentSizes,
): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) {
    sizes.add(segment, "bytes", chunk.length);
    yield chunk;
  }
}

async function* buffersOf(stream: Readable): AsyncGenerator<Buffer, void> {
  for await (const chunk of stream) {
    yield z.instanceof(Buffer).parse(chunk);
  }
}

const zlibErrorSchema = z.object({ code: z.string().regex(/^(?:Z_|ZSTD_)/) });

function isDamagedPacking(error: unknown): boolean {
  return zlibErrorSchema.safeParse(error).success;
}
