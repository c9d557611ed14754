import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { invalidAt, invalidBody, plainFailure } from "./errors";

/** Klaviyo API reference: 5 MB, and 100 KB for operations on one profile; both read strictly. */
const LARGEST_BODY = 5_000_000;
const LARGEST_SINGLE_PROFILE = 100_000;
/** Both are seen to work in recordings. */
const CONTENT_TYPES = ["application/vnd.api+json", "application/json"];
const SINGLE_PROFILE_OPERATIONS: readonly string[] = [
  "create_profile",
  "update_profile",
  "create_or_update_profile",
];

/** @throws ApiFailure 415 */
export function requireContentType(request: IncomingMessage): void {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== undefined && CONTENT_TYPES.includes(type)) {
    if (request.headers["content-encoding"] === undefined) return;
  }
  throw plainFailure(
    415,
    "unsupported_media_type",
    "Unsupported media type.",
    "The body must be application/vnd.api+json, without a content encoding.",
  );
}

/**
 * Reads the body. One that is too large is read to its end, though not kept: a client that is
 * still sending would meet a closed connection instead of the answer.
 *
 * @throws ApiFailure 413
 */
export async function readBody(request: IncomingMessage, operation: string): Promise<Buffer> {
  const isSingle = SINGLE_PROFILE_OPERATIONS.includes(operation);
  const limit = isSingle ? LARGEST_SINGLE_PROFILE : LARGEST_BODY;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    length += part.length;
    if (length <= limit) parts.push(part);
    else parts.length = 0;
  }
  if (length > limit) {
    throw plainFailure(
      413,
      "payload_too_large",
      "Payload too large.",
      `The body may have at most ${limit} bytes.`,
    );
  }
  return Buffer.concat(parts, length);
}

/** @throws ApiFailure 400 for a body that is no JSON */
export function parseJson(body: Buffer): unknown {
  try {
    if (isUtf8(body)) return JSON.parse(body.toString("utf8"));
  } catch {
    // What the parser says can quote the body, so it is not passed on.
  }
  throw invalidBody([invalidAt("/data", "The body is not valid JSON.")]);
}
