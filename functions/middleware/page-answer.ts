import type { Caller } from "../../shared/domain/access/identity";
import type { Page } from "../../shared/ports";

/** A page of a list as its caller is shown it; `next` goes into `?after=` of the following request. */
export function presentPage<Item, Shown>(
  { role }: Pick<Caller, "role">,
  { items, next, unreadable }: Page<Item>,
  present: (item: Item) => Shown,
): { items: Shown[]; next: string | undefined; unreadable: string[] | undefined } {
  return {
    items: items.map(present),
    next,
    // Only administrators can do anything about it.
    unreadable: unreadable === undefined || role !== "Administrator" ? undefined : [...unreadable],
  };
}
