import { useState } from "react";
import * as z from "zod";
import { keep, readKept } from "../../app/preferences";

/** A list as somebody wants to see it again: filters and columns, under a name. */
export interface SavedView {
  readonly name: string;
  /** What follows the list's address. */
  readonly search: string;
}

const keptSchema = z.array(
  z.object({
    name: z.string().min(1).max(60),
    search: z
      .string()
      .max(4_000)
      .regex(/^(\?|$)/),
  }),
);

/** Most views of one list that are kept. */
const MOST = 30;

/** The views of a list that this browser keeps; saving under a name that is there replaces that view. */
export function useSavedViews(list: string) {
  const name = `${list}:views`;
  const [views, setViews] = useState<readonly SavedView[]>(() => readKept(name, keptSchema, []));
  const change = (next: readonly SavedView[]) => {
    keep(name, next);
    setViews(next);
  };
  return {
    views,
    save: (view: SavedView) =>
      change(
        [...views.filter((other) => other.name !== view.name), view]
          .toSorted((a, b) => a.name.localeCompare(b.name))
          .slice(0, MOST),
      ),
    remove: (view: SavedView) => change(views.filter((other) => other !== view)),
    isFull: views.length >= MOST,
  };
}
