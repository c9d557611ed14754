import { invalidParameter } from "./errors";
import type { Query } from "./query";

/** Something that is read page by page: places that keep their content, some of them empty. */
export interface Places<T> {
  readonly length: number;
  at(place: number): T | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Cursors of the neighbouring pages, where there are any. */
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

interface Cursor {
  readonly direction: "next" | "prev";
  readonly place: number;
}

/**
 * One page. A cursor names the place at which the page starts (or before which it ends), so a
 * page never shifts when something before it is removed.
 *
 * @throws ApiFailure 400 for a cursor that the simulator did not give out
 */
export function pageOf<T>(places: Places<T>, query: Query, descending = false): Page<T> {
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  // Places are counted in reading direction from here on.
  const { length } = places;
  const real = (place: number): number => (descending ? length - 1 - place : place);
  const read = (place: number): T | undefined => places.at(real(place));
  const nextFilled = (from: number, step: 1 | -1): number => {
    let place = from;
    while (place >= 0 && place < length && read(place) === undefined) place += step;
    return place;
  };

  let start = cursor === undefined ? 0 : real(cursor.place);
  if (cursor?.direction === "prev") {
    let found = 0;
    let place = start - 1;
    for (; place >= 0 && found < query.pageSize; place -= 1) {
      if (read(place) !== undefined) found += 1;
    }
    start = place + 1;
  }
  const items: T[] = [];
  let place = start;
  for (; place < length && items.length < query.pageSize; place += 1) {
    const item = read(place);
    if (item !== undefined) items.push(item);
  }
  const following = nextFilled(place, 1);
  const preceding = nextFilled(start - 1, -1);
  return {
    items,
    next:
      following < length ? encodeCursor({ direction: "next", place: real(following) }) : undefined,
    previous: preceding >= 0 ? encodeCursor({ direction: "prev", place: real(start) }) : undefined,
  };
}

function encodeCursor({ direction, place }: Cursor): string {
  return Buffer.from(`${direction}::place::${place}`).toString("base64url");
}

function decodeCursor(text: string): Cursor {
  // The official client takes the whole `links.next` as a cursor, but takes the cursor out of it
  // only when it begins with https://, which the simulator's address does not.
  const value = text.startsWith("http://") ? new URL(text).searchParams.get("page[cursor]") : text;
  const decoded = Buffer.from(value ?? "", "base64url").toString();
  const [, direction, place] = /^(next|prev)::place::(\d{1,15})$/.exec(decoded) ?? [];
  if ((direction !== "next" && direction !== "prev") || place === undefined) {
    throw invalidParameter("page[cursor]", "The cursor is invalid.");
  }
  return { direction, place: Number(place) };
}

/** `links` of a collection, from the URL of the request: where there is no neighbouring page, recorded answers have null. */
export function collectionLinks(url: URL, page: Page<unknown>): Record<string, string | null> {
  const at = (cursor: string): string => {
    const other = new URL(url);
    other.searchParams.set("page[cursor]", cursor);
    return other.href;
  };
  return {
    self: url.href,
    next: page.next === undefined ? null : at(page.next),
    prev: page.previous === undefined ? null : at(page.previous),
  };
}

/** Places over an array that was filtered and sorted for this request. */
export function placesOf<T>(items: readonly (T | undefined)[]): Places<T> {
  return { length: items.length, at: (place) => items[place] };
}

/** Places of which only those are filled whose content meets a condition. */
export function only<T>(places: Places<T>, condition: (item: T) => boolean): Places<T> {
  return {
    length: places.length,
    at(place) {
      const item = places.at(place);
      return item !== undefined && condition(item) ? item : undefined;
    },
  };
}
