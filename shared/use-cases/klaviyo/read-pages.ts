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
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const page = await ask(after);
    if (page.kind !== "done") {
      return page;
    }
    use(page.value.items);
    after = page.value.next;
    if (after !== undefined && (seen.has(after) || seen.size >= MOST_PAGES)) {
      return withoutEnd();
    }
    seen.add(after ?? "");
  } while (after !== undefined);
  return undefined;
}

function withoutEnd(): NotDone {
  const reason = "pages without an end";
  return { kind: "faulty", problem: problem("klaviyoUnavailable", { reason }), unreached: false };
}
