import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import {
  createSegmentSizes,
  segmentLimits,
} from "../../../../../shared/domain/segments/segment-limits";

describe("a segment's limits", () => {
  it("are those in the table of docs/segments/files.md", () => {
    const page = readFileSync("docs/segments/files.md", "utf8");
    const [, table = ""] = /\| Limit on .*\n\|.*\n((?:\|.*\n)+)/.exec(page) ?? [];
    const rows = [...table.matchAll(/^\| (\w+) .*\| ([\d,]+) +\|$/gm)].map(([, what, most]) => [
      what,
      Number(most?.replaceAll(",", "")),
    ]);

    expect(Object.fromEntries(rows)).toEqual(segmentLimits);
  });

  it("hold for what is read of all of a segment's files, and for each segment", () => {
    const sizes = createSegmentSizes({ ...segmentLimits, rows: 10 });
    sizes.add("vip", "rows", 10);
    sizes.add("vip", "bytes", 11);
    sizes.add("customers", "rows", 10);

    expect(() => {
      sizes.add("vip", "rows", 1);
    }).toThrow("has more than 10 rows");
  });
});
