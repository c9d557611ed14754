import { describe, expect, it } from "@jest/globals";
import {
  everyPage,
  type Page,
  type PageRequest,
} from "../../../../../shared/domain/paging/every-page";

/** A list of these pages, whose cursors are the pages' places, and what it was asked for. */
function listOf(...pages: Page<string>[]) {
  const asked: PageRequest[] = [];
  const list = async (page: PageRequest): Promise<Page<string>> => {
    asked.push(page);
    const at = Number(page.after ?? 0);
    return { ...pages[at]!, next: at + 1 < pages.length ? String(at + 1) : undefined };
  };
  return { asked, list };
}

async function read(items: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

describe("everyPage", () => {
  it("gives the items of all pages in their order, a hundred at a time, past pages that are empty", async () => {
    const { asked, list } = listOf({ items: ["a", "b"] }, { items: [] }, { items: ["c"] });

    expect(await read(everyPage(list))).toEqual(["a", "b", "c"]);
    expect(asked).toEqual([{ limit: 100 }, { limit: 100, after: "1" }, { limit: 100, after: "2" }]);
  });

  it("asks for no more than is wanted", async () => {
    const { asked, list } = listOf({ items: ["a", "b"] }, { items: ["c"] }, { items: ["d"] });

    expect(await read(everyPage(list, { most: 3 }))).toEqual(["a", "b", "c"]);
    expect(asked).toEqual([{ limit: 3 }, { limit: 1, after: "1" }]);
  });

  it("reads no further page than is looked at", async () => {
    const { asked, list } = listOf({ items: ["a"] }, { items: ["b"] });

    for await (const item of everyPage(list)) {
      expect(item).toBe("a");
      break;
    }
    expect(asked).toHaveLength(1);
  });

  it("names what can't be read", async () => {
    const unreadable: string[] = [];
    const { list } = listOf({ items: ["a"], unreadable: ["x"] }, { items: [], unreadable: ["y"] });

    expect(await read(everyPage(list, { unreadable }))).toEqual(["a"]);
    expect(unreadable).toEqual(["x", "y"]);
  });
});
