import type { Page, PageRequest } from "../ports";

/** The most that a store gives at once. */
const PAGE_SIZE = 100;

/** Everything that a list holds, read page by page. */
export async function* everyPage<Item>(
  list: (page: PageRequest) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let after: string | undefined;
  do {
    const page = await list({ limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
