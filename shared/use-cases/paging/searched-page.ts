import * as z from "zod";
import { DomainError } from "../../domain/problems/problem";
import type { Page, PageRequest } from "../../ports";
import { everyPage } from "../../domain/paging/every-page";

/** What a list is looked through by; `-` before a field's name sorts from last to first. */
export interface ListSearch<Field extends string = string, Filter extends object = object> {
  readonly page: PageRequest;
  /** Part of a name, whatever the case. */
  readonly search?: string | undefined;
  readonly sort?: Field | `-${Field}` | undefined;
  /** What must hold of an item; all that is given. */
  readonly filter?: Filter;
}

/** Where a page ended: what its last item is sorted by, and the item's id. */
const cursorSchema = z.strictObject({ sortedBy: z.string(), id: z.string() });

/** Texts are compared by their characters' numbers, so that a cursor means the same on every machine. */
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** What a list's items are found and sorted by. */
export interface ListedBy<Item, Field extends string, Filter extends object> {
  readonly id: (item: Item) => string;
  readonly name: (item: Item) => string;
  readonly fields: Readonly<Record<Field, (item: Item) => string>>;
  /** Whether all holds that a filter asks for. */
  readonly passes: (item: Item, filter: Filter) => boolean;
}

/**
 * A page of what a search finds, in the order asked for. The store keeps no such order, so with any of
 * search, order and filter the whole list is read, which holds as many items as people have made; without
 * them, only a page.
 */
export async function searchedPage<Item, Field extends string, Filter extends object>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  search: ListSearch<Field, Filter>,
  by: ListedBy<Item, Field, Filter>,
): Promise<Page<Item>> {
  return search.search === undefined && search.sort === undefined && !isFiltered(search.filter)
    ? list(search.page)
    : wholeListPage(list, search, by);
}

/** Whether a filter asks for anything. */
export function isFiltered(filter: object | undefined): boolean {
  return Object.values(filter ?? {}).some((wanted) => wanted !== undefined);
}

/** The same of a list that is read whole in any case, and sorted by id unless it is asked for otherwise. */
export async function wholeListPage<Item, Field extends string, Filter extends object>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  { page, search, sort, filter }: ListSearch<Field, Filter>,
  texts: ListedBy<Item, Field, Filter>,
): Promise<Page<Item>> {
  const wanted = isFiltered(filter) ? filter : undefined;
  const field = Object.keys(texts.fields).find(isIn(texts.fields, sort));
  const keyOf = field === undefined ? texts.id : texts.fields[field];
  const direction = sort?.startsWith("-") === true ? -1 : 1;
  const order = (left: Position, right: Position): number =>
    direction * compare(left.sortedBy, right.sortedBy) || compare(left.id, right.id);
  const after = page.after === undefined ? undefined : readCursor(page.after);
  const found: (Position & { readonly item: Item })[] = [];
  const unreadable: string[] = [];
  for await (const item of everyPage(list, { unreadable })) {
    const position = { sortedBy: comparable(keyOf(item)), id: texts.id(item) };
    if (
      (wanted === undefined || texts.passes(item, wanted)) &&
      comparable(texts.name(item)).includes(comparable(search ?? "")) &&
      (after === undefined || order(position, after) > 0)
    ) {
      found.push({ ...position, item });
    }
  }
  found.sort(order);
  const shown = found.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    // Whether they are what was looked for can't be told.
    ...(unreadable.length === 0 ? {} : { unreadable }),
    ...(last !== undefined && found.length > shown.length ? { next: writeCursor(last) } : {}),
  };
}

type Position = z.infer<typeof cursorSchema>;

function isIn<Field extends string>(
  fields: Readonly<Record<Field, unknown>>,
  sort: string | undefined,
): (name: string) => name is Field {
  return (name): name is Field =>
    Object.hasOwn(fields, name) && (sort === name || sort === `-${name}`);
}

/** Without regard to case and to how accents are composed. */
function comparable(text: string): string {
  return text.trim().normalize("NFC").toLowerCase();
}

function writeCursor({ sortedBy, id }: Position): string {
  return Buffer.from(JSON.stringify({ sortedBy, id })).toString("base64url");
}

function readCursor(after: string): Position {
  try {
    const cursor = cursorSchema.safeParse(
      JSON.parse(Buffer.from(after, "base64url").toString("utf8")),
    );
    if (cursor.success) {
      return cursor.data;
    }
  } catch {
    // Not JSON: no cursor of ours.
  }
  const reason = "after is not the “next” of an earlier page of this search";
  throw new DomainError("invalidRequest", { reason }, "/after");
}
