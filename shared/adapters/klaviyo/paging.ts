import type { KlaviyoResult, Page } from "../../ports";

/** Klaviyo API reference: the largest page of jobs, import errors and profiles. */
const PAGE_SIZE = "100";

/** The same result with another value. */
export function map<Value, Mapped>(
  result: KlaviyoResult<Value>,
  change: (value: Value) => Mapped,
): KlaviyoResult<Mapped> {
  return result.ok ? { ok: true, value: change(result.value) } : result;
}

/** A page of a collection: the first one, or the one that a cursor continues with. */
export function pagePath(
  path: string,
  after: string | undefined,
  query: Record<string, string> = {},
  pageSize = PAGE_SIZE,
) {
  const search = new URLSearchParams({ ...query, "page[size]": pageSize });
  if (after !== undefined) {
    search.set("page[cursor]", after);
  }
  return `${path}?${search.toString()}`;
}

/** Klaviyo links to the next page by URL; only the cursor is taken from it, never the host. */
export function page<Item>(items: readonly Item[], next: string | null | undefined): Page<Item> {
  const cursor =
    next == null ? null : new URL(next, "https://a.klaviyo.com").searchParams.get("page[cursor]");
  return cursor === null ? { items } : { items, next: cursor };
}
