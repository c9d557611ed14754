import type { Page } from "./answers";

/** The most that a page holds. */
const PAGE_SIZE = 100;

/** Everything of a list, page after page; with `most`, no more than that. */
export async function everything<Item>(
  list: (query: { limit: number; after: string | undefined }) => Promise<Page<Item>>,
  most = Number.POSITIVE_INFINITY,
): Promise<Item[]> {
  const found: Item[] = [];
  let after: string | undefined;
  do {
    const page = await list({ limit: Math.min(PAGE_SIZE, most - found.length), after });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined && found.length < most);
  return found;
}
