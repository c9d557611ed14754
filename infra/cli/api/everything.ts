import { everyPage, type Page, type PageRequest } from "../../../shared/domain/paging/every-page";

/**
 * Everything of a list, page after page.
 *
 * @param list an operation of the API, or one with more in its request
 * @param most no more than that is asked for
 * @param unreadable filled with the ids of what the list leaves out, since it can't be read
 */
export async function everything<Item>(
  list: (request: { query: PageRequest }) => Promise<Page<Item>>,
  most?: number,
  unreadable?: string[],
): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of everyPage((query) => list({ query }), { most, unreadable })) {
    found.push(item);
  }
  return found;
}
