import type { KlaviyoResult, Page } from "../../ports";

/** Klaviyo API reference: the largest page of jobs, import errors and profiles. */
const PAGE_SIZE = "100";

/** A cursor is part of a URL, which servers take up to some 8,000 characters of. */
const LONGEST_CURSOR = 4_000;

/** The same result with another value. */
export function map<Value, Mapped>(
  result: KlaviyoResult<Value>,
  change: (value: Value) => Mapped,
): KlaviyoResult<Mapped> {
  return result.ok ? { ...result, value: change(result.value) } : result;
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

interface PagedAnswer {
  readonly links?: { readonly next?: string | null | undefined } | undefined;
}

/**
 * The page that an answer holds. Klaviyo links to the next page by URL; only the cursor is taken from it, never
 * the host. A link that leads nowhere, or back to this page, is no end: what follows is not known then, so the
 * answer counts as none (`unavailable`).
 *
 * @param after the cursor that was asked with
 */
export function pageOf<Answer extends PagedAnswer, Item>(
  result: KlaviyoResult<Answer>,
  after: string | undefined,
  itemsOf: (answer: Answer) => readonly Item[],
): KlaviyoResult<Page<Item>> {
  if (!result.ok) {
    return result;
  }
  const link = result.value.links?.next;
  const next = link == null ? undefined : cursorOf(link);
  if (next === null || (next !== undefined && next === after)) {
    const reason = "a page that does not lead to the next one";
    return { ok: false, failure: { kind: "unavailable", reason } };
  }
  const items = itemsOf(result.value);
  return { ok: true, value: next === undefined ? { items } : { items, next } };
}

/** Null where the link has none. */
function cursorOf(link: string): string | null {
  const base = "https://a.klaviyo.com";
  const cursor = URL.canParse(link, base)
    ? new URL(link, base).searchParams.get("page[cursor]")
    : null;
  return cursor === "" || (cursor?.length ?? 0) > LONGEST_CURSOR ? null : cursor;
}
