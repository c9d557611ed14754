import * as z from "zod";
import { check, type Fault } from "../../shared/contract/faults";
import { DomainError } from "../../shared/domain/problems/problem";
import type { ApiEvent } from "./api-event";

/** What a route takes. A route whose body is `z.undefined()` takes no notice of one that is sent. */
export interface RequestSchemas<
  Path extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
}

/** The largest body that any route has use for, an export of 50 segments, takes about a third of this. */
export const MAX_BODY_BYTES = 65_536;

/**
 * Parses the parts of a request. Throws `invalidRequest` with the pointer of the first part at fault,
 * `mediaTypeUnsupported`, `requestTooLarge`.
 */
export function parseRequest<
  Path extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
>(
  schemas: RequestSchemas<Path, Query, Body>,
  event: ApiEvent,
): { path: z.infer<Path>; query: z.infer<Query>; body: z.infer<Body> } {
  return {
    path: required(schemas.path, event.pathParameters ?? {}),
    query: required(schemas.query, event.queryStringParameters ?? {}),
    body: required(
      schemas.body,
      schemas.body instanceof z.ZodUndefined ? undefined : readJson(event),
    ),
  };
}

function required<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  refuseBrokenText(value);
  const checked = check(schema, value);
  if (!checked.ok) {
    throw refusal(checked.faults[0]);
  }
  return checked.value;
}

/** The body of a request, of at most {@link MAX_BODY_BYTES}. Throws `requestTooLarge`, `mediaTypeUnsupported`. */
export function readJson(event: ApiEvent): unknown {
  const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (body.length > MAX_BODY_BYTES) {
    throw new DomainError("requestTooLarge", { limit: MAX_BODY_BYTES });
  }
  if (body.length === 0) {
    return undefined;
  }
  const mediaType = event.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new DomainError("mediaTypeUnsupported");
  }
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    // The parser's own text quotes what it could not read, which may be a key.
    throw new DomainError("invalidRequest", { reason: "the body is not JSON" }, "");
  }
}

/**
 * Half of a surrogate pair is no text; DynamoDB and S3 refuse it, so it is refused here. So is a field named
 * `__proto__`, which a schema would leave out of a record without a word. The walk keeps its own stack,
 * because what is sent may be nested deeper than calls can be.
 */
function refuseBrokenText(value: unknown): void {
  const open: { readonly at: string; readonly part: unknown }[] = [{ at: "", part: value }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, part } = next;
    if (typeof part === "string" && !part.isWellFormed()) {
      const reason = "a text holds half of a character (a lone surrogate)";
      throw new DomainError("invalidRequest", { reason }, "");
    }
    if (typeof part === "object" && part !== null) {
      for (const [name, inner] of Object.entries(part)) {
        const field = `${at}/${escapePointer(name)}`;
        if (name === "__proto__") {
          throw new DomainError("invalidRequest", { reason: `no field is named ${name}` }, field);
        }
        open.push({ at: field, part: name }, { at: field, part: inner });
      }
    }
  }
}

function refusal({ path, text }: Fault): DomainError {
  const field = path.map((step) => `/${escapePointer(String(step))}`).join("");
  const name = path.length === 0 ? "the body" : path.map(String).join(".");
  return new DomainError("invalidRequest", { reason: `${name}: ${text}` }, field);
}

/** JSON Pointer, RFC 6901. */
function escapePointer(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}
