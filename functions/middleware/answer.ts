import type { Caller } from "../../shared/domain/access/identity";
import type { Page } from "../../shared/ports";
import type { ApiResult } from "./api-event";
import { etagOf } from "./if-match";

const headers = { "content-type": "application/json" };

export function ok(body: unknown): ApiResult {
  return { statusCode: 200, headers, body: JSON.stringify(body) };
}

export function created(location: string, body: unknown): ApiResult {
  return { statusCode: 201, headers: { ...headers, location }, body: JSON.stringify(body) };
}

/** For work that has begun and not ended; `location` is where it can be followed. */
export function accepted(location: string, body: unknown): ApiResult {
  return { statusCode: 202, headers: { ...headers, location }, body: JSON.stringify(body) };
}

/** Adds the `ETag` that `If-Match` takes. */
export function versioned(answer: ApiResult, { version }: { readonly version: number }): ApiResult {
  return { ...answer, headers: { ...answer.headers, etag: etagOf(version) } };
}

export function noContent(): ApiResult {
  return { statusCode: 204 };
}

/** A page of a list; `next` goes into `?after=` of the following request. */
export function okPage<Item>(
  { role }: Pick<Caller, "role">,
  { items, next, unreadable }: Page<Item>,
  present: (item: Item) => unknown,
): ApiResult {
  return ok({
    items: items.map(present),
    ...(next === undefined ? {} : { next }),
    // Only administrators can do anything about it.
    ...(unreadable === undefined || role !== "Administrator" ? {} : { unreadable }),
  });
}
