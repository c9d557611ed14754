import { fixedReasons } from "../../domain/problems/reasons";
import { problem } from "../../domain/problems/problem";
import type { Page } from "../../ports";
import type { CallResult, NotDone } from "./call-result";

/** The most pages that are followed: a list of ten million has as many. */
const MOST_PAGES = 100_000;

/**
 * Reads every page of a collection of Klaviyo's and hands each to `use`. Returns what kept it from reading on, if
 * anything did. Pages that lead to one that was read before have no end, which counts as `faulty`.
 */
export async function readPages<Item>(
  ask: (after: string | undefined) => Promise<CallResult<Page<Item>>>,
  use: (items: readonly Item[]) => void,
): Promise<NotDone | undefined> {
  const trail = createPageTrail();
  let after: string | undefined;
  do {
    const page = await ask(after);
    if (page.kind !== "done") {
      return page;
    }
    use(page.value.items);
    after = page.value.next;
    const endless = after === undefined ? undefined : trail.follow(after);
    if (endless !== undefined) {
      return endless;
    }
  } while (after !== undefined);
  return undefined;
}

type Faulty = Extract<NotDone, { kind: "faulty" }>;

/** Where the pages of a collection have led so far. */
export interface PageTrail {
  /** Goes on to the page after the last one. Returns why it is not to be read, if it is not. */
  follow(next: string): Faulty | undefined;
}

/** @param start the page that is read first; undefined for the collection's first */
export function createPageTrail(start = ""): PageTrail {
  const seen = new Set([start]);
  return {
    follow(next) {
      if (seen.has(next) || seen.size >= MOST_PAGES) {
        const reason = fixedReasons.endlessPages;
        const told = problem("klaviyoUnavailable", { reason });
        return { kind: "faulty", problem: told, unreached: false };
      }
      seen.add(next);
      return undefined;
    },
  };
}
