import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../../../shared/adapters/aws/dynamodb/page-cursor";
import type { Page, PageRequest } from "../../../../shared/ports";

/** Pages of a list in memory; cursors are opaque and checked as the real ones are. */
export function pageOf<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  { limit, after }: PageRequest,
): Page<Item> {
  const from =
    after === undefined ? undefined : decodeCursor(z.strictObject({ id: z.string() }), after).id;
  const start = from === undefined ? 0 : items.findIndex((item) => idOf(item) === from) + 1;
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  return {
    items: page,
    ...(start + limit < items.length && last !== undefined
      ? { next: encodeCursor({ id: idOf(last) }) }
      : {}),
  };
}
