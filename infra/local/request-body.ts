import type { IncomingMessage } from "node:http";

/** The whole body, or `tooLarge` as soon as it exceeds the limit. */
export async function readBody(
  request: IncomingMessage,
  limitBytes = 32 * 1024 * 1024,
): Promise<{ readonly kind: "read"; readonly body: Buffer } | { readonly kind: "tooLarge" }> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += bytes.length;
    // What follows is drained unread, so that the client gets the answer instead of a reset.
    if (size <= limitBytes) parts.push(bytes);
  }
  return size > limitBytes ? { kind: "tooLarge" } : { kind: "read", body: Buffer.concat(parts) };
}
