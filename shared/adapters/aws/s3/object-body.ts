import { Readable } from "node:stream";
import {
  GetObjectCommand,
  S3ServiceException,
  type GetObjectCommandInput,
  type GetObjectCommandOutput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { AwsFailure, awsFailure } from "../aws-failure";
import { waits } from "../waits";

/** Times that a body is gone on with without a byte more before it counts as AWS's trouble. */
const MOST_RESUMPTIONS = 3;

type ObjectInput = Pick<GetObjectCommandInput, "Bucket" | "Key" | "IfMatch"> & {
  /** The byte that is read first. @default 0 */
  readonly from?: number;
  /** How many bytes are read. @default all that follow */
  readonly length?: number;
};

export interface ReadingOptions {
  /** What a reader is told when the object is replaced or deleted while it is read. @default an {@link AwsFailure} */
  readonly changed?: (() => Error) | undefined;
  /** Milliseconds without a byte after which a body stalls. @default {@link waits} */
  readonly silence?: number | undefined;
}

/**
 * Opens an object. S3 may stop sending in the middle, with the connection open or cut: then the rest is asked
 * for, of the same version (`If-Match`, by range), so that a reader gets the object whole or an error.
 * Throws what `GetObject` does.
 */
export async function openObject(
  client: S3Client,
  input: ObjectInput,
  options: ReadingOptions = {},
): Promise<Readable> {
  const { body } = await openVersion(client, input, options);
  return body;
}

/** Reads an object that fits into memory. Throws what {@link openObject} does. */
export async function readObject(client: S3Client, input: ObjectInput): Promise<Buffer> {
  const { bytes: read } = await readVersion(client, input);
  return read;
}

/**
 * The same, with which version was read: who reads another part of the object asks for that one (`IfMatch`), so that
 * the parts fit together. Throws what {@link openObject} does.
 */
export async function readVersion(
  client: S3Client,
  input: ObjectInput,
): Promise<{ bytes: Buffer; version: string | undefined }> {
  const { body, version } = await openVersion(client, input);
  const pieces: Buffer[] = [];
  for await (const piece of body) {
    pieces.push(bytes(piece));
  }
  return { bytes: Buffer.concat(pieces), version };
}

async function openVersion(
  client: S3Client,
  { from = 0, length, ...input }: ObjectInput,
  options: ReadingOptions = {},
): Promise<{ body: Readable; version: string | undefined }> {
  const last = length === undefined ? "" : String(from + length - 1);
  const range = from === 0 && last === "" ? {} : { Range: `bytes=${String(from)}-${last}` };
  const first = await client.send(new GetObjectCommand({ ...input, ...range }));
  const body = bodyOf(first);
  const whole = bytesOf(client, { ...input, from, last }, first, body, options);
  return { body: Readable.from(whole, { objectMode: false }), version: first.ETag };
}

async function* bytesOf(
  client: S3Client,
  {
    from,
    last,
    ...input
  }: GetObjectCommandInput & { readonly from: number; readonly last: string },
  { ContentLength: size, ETag: version }: GetObjectCommandOutput,
  first: Readable,
  { changed, silence = waits.silence }: ReadingOptions,
): AsyncGenerator<Buffer> {
  let body = first;
  let received = 0;
  let resumptions = 0;
  try {
    for (;;) {
      try {
        for await (const piece of withoutSilence(body, silence)) {
          received += piece.length;
          resumptions = 0;
          yield piece;
        }
        if (size === undefined || received >= size) {
          return;
        }
      } catch (error) {
        // All is there, and it is not what was stored.
        if (size === undefined || received >= size) {
          throw awsFailure("GetObject", error);
        }
      }
      body.destroy();
      if (resumptions >= MOST_RESUMPTIONS) {
        throw new AwsFailure("GetObject", "the body stalls");
      }
      resumptions += 1;
      const Range = `bytes=${String(from + received)}-${last}`;
      body = await resumed(client, { ...input, IfMatch: version, Range }, changed);
    }
  } finally {
    body.destroy();
  }
}

async function resumed(
  client: S3Client,
  input: GetObjectCommandInput,
  changed: ReadingOptions["changed"],
): Promise<Readable> {
  try {
    return bodyOf(await client.send(new GetObjectCommand(input)));
  } catch (error) {
    throw isChange(error) && changed !== undefined ? changed() : awsFailure("GetObject", error);
  }
}

/** A body's pieces; ends with an error when none comes although one is waited for. */
async function* withoutSilence(body: Readable, silence: number): AsyncGenerator<Buffer> {
  const pieces: AsyncIterator<unknown> = body[Symbol.asyncIterator]();
  for (;;) {
    const timer = setTimeout(() => body.destroy(new Error("no bytes came")), silence);
    try {
      const next = await pieces.next();
      if (next.done === true) {
        return;
      }
      clearTimeout(timer);
      yield bytes(next.value);
    } finally {
      clearTimeout(timer);
    }
  }
}

function bytes(piece: unknown): Buffer {
  if (!Buffer.isBuffer(piece)) {
    throw new TypeError("a body is made of bytes");
  }
  return piece;
}

function bodyOf({ Body: body }: GetObjectCommandOutput): Readable {
  if (!(body instanceof Readable)) {
    throw new AwsFailure("GetObject", "the answer has no body");
  }
  return body;
}

/** 412: replaced. 404: deleted, or its folder moved. */
export function isChange(error: unknown): boolean {
  return isReplacement(error) || hasStatus(error, 404);
}

/** Another version lies there than the one that was asked for. */
export function isReplacement(error: unknown): boolean {
  return hasStatus(error, 412);
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
}
