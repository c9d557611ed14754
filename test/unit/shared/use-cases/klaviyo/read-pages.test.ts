import { describe, expect, it } from "@jest/globals";
import type { CallResult } from "../../../../../shared/use-cases/klaviyo/call-result";
import { readPages } from "../../../../../shared/use-cases/klaviyo/read-pages";
import type { Page } from "../../../../../shared/ports";

/** Pages by their cursors, each of which holds its own name and leads to another. */
function pagesOf(next: Readonly<Record<string, string | undefined>>) {
  const read: string[] = [];
  const asked: (string | undefined)[] = [];
  const ask = async (after: string | undefined): Promise<CallResult<Page<string>>> => {
    asked.push(after);
    const page = after ?? "first";
    return { kind: "done", value: { items: [page], next: next[page] } };
  };
  return { read, asked, readAll: () => readPages(ask, (items) => read.push(...items)) };
}

describe("reading the pages of a collection", () => {
  it("ends with the page that leads to no other", async () => {
    const pages = pagesOf({ first: "b", b: "c" });
    expect(await pages.readAll()).toBeUndefined();
    expect(pages.read).toEqual(["first", "b", "c"]);
  });

  it.each([
    ["the page itself", { first: "b", b: "b" }, 2],
    ["the one before", { first: "b", b: "c", c: "b" }, 3],
    ["one long before", { first: "b", b: "c", c: "d", d: "e", e: "b" }, 5],
  ])("is Klaviyo's fault when a page leads back to %s", async (_what, next, reads) => {
    const pages = pagesOf(next);
    expect(await pages.readAll()).toMatchObject({
      kind: "faulty",
      problem: { code: "klaviyoUnavailable", params: { reason: "pages without an end" } },
    });
    expect(pages.asked).toHaveLength(reads);
  });

  it("stops at what keeps a page from being read", async () => {
    const later = { kind: "later", by: "limiter", at: new Date() } as never;
    expect(
      await readPages(
        async () => later,
        () => undefined,
      ),
    ).toBe(later);
  });
});
