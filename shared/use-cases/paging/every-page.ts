import type { Page, PageRequest } from "../../ports";

/** The most that a store gives at once. */
const PAGE_SIZE = 100;

/**
 * Everything that a list holds, read page by page. What can't be read is left out; its ids are added to
 * `unreadable`, which is whole when the walk has ended.
 */
export async function* everyPage<Item>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  unreadable: string[] = [],
): AsyncGenerator<Item, void, undefined> {
  let after: string | undefined;
  do {
    const page = await list({ limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) });
    unreadable.push(...(page.unreadable ?? []));
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
