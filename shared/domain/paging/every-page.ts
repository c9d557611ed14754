/** One page of a list; `next` continues it and is opaque. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
  /** Ids of items that belong here and can't be read by this version; absent when all can. */
  readonly unreadable?: readonly string[] | undefined;
}

export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

/** The most that a list gives at once. */
const PAGE_SIZE = 100;

/**
 * Everything that a list holds, or `most` of it, read page by page. What can't be read is left out; its ids are added
 * to `unreadable`, which is whole when the walk has ended.
 */
export async function* everyPage<Item>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  {
    most = Number.POSITIVE_INFINITY,
    unreadable = [],
  }: { most?: number | undefined; unreadable?: string[] | undefined } = {},
): AsyncGenerator<Item, void, undefined> {
  let left = most;
  let after: string | undefined;
  do {
    const page = await list({ limit: Math.min(PAGE_SIZE, left), after });
    unreadable.push(...(page.unreadable ?? []));
    yield* page.items;
    left -= page.items.length;
    after = page.next;
  } while (after !== undefined && left > 0);
}
