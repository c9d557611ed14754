import type * as z from "zod";
import { DomainError } from "../../../domain/problems/problem";
import { parseJson } from "../../../domain/text/parse-json";

/** Makes the opaque text that continues a list from where a page ended. */
export function encodeCursor(position: Record<string, string>): string {
  return Buffer.from(JSON.stringify(position), "utf8").toString("base64url");
}

/**
 * Reads a cursor back. Callers send cursors, so anything may be in one: what does not fit the schema is
 * refused as `invalidRequest` on `/after`, before it can reach DynamoDB or S3 and fail there.
 */
export function decodeCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, "base64url").toString("utf8")));
  if (!parsed.success) {
    throw cursorRefused();
  }
  return parsed.data;
}

/** The refusal of what continues no list. */
export function cursorRefused(): DomainError {
  return new DomainError(
    "invalidRequest",
    { reason: "after is not the “next” of an earlier page" },
    "/after",
  );
}
