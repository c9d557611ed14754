import type { Page } from "./answers";

/** The most that a page holds. */
const PAGE_SIZE = 100;

/**
 * Everything of a list, page after page.
 *
 * @param most no more than that is asked for
 * @param unreadable filled with the ids of what the list leaves out, since it can't be read
 */
export async function everything<Item>(
  list: (query: { limit: number; after: string | undefined }) => Promise<Page<Item>>,
  most = Number.POSITIVE_INFINITY,
  unreadable: string[] = [],
): Promise<Item[]> {
  const found: Item[] = [];
  let after: string | undefined;
  do {
    const page = await list({ limit: Math.min(PAGE_SIZE, most - found.length), after });
    found.push(...page.items);
    unreadable.push(...(page.unreadable ?? []));
    after = page.next;
  } while (after !== undefined && found.length < most);
  return found;
}

/** The first of a list for which the condition holds, whichever page it is on. */
export async function firstWhere<Item>(
  list: (query: { limit: number; after: string | undefined }) => Promise<Page<Item>>,
  condition: (item: Item) => boolean,
): Promise<Item | undefined> {
  let after: string | undefined;
  do {
    const page = await list({ limit: PAGE_SIZE, after });
    const found = page.items.find(condition);
    if (found !== undefined) {
      return found;
    }
    after = page.next;
  } while (after !== undefined);
  return undefined;
}
