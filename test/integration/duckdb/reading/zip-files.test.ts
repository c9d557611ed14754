import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { segmentLimits } from "../../../../shared/domain/segments/segment-limits";
import { zipOf } from "../../../support/files/zip-of";
import { createWorkbench, type Workbench } from "../workbench";
import { parquetOf } from "./parquet-of";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench({ limits: { ...segmentLimits, bytes: 2_000_000 } });
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const csv = "email,name\nkim@example.org,Kim\nlou@example.org,Lou\n";
const ndjson = '{"email":"kim@example.org"}\n{"email":"lou@example.org"}\n';

describe("a zip archive with one table", () => {
  it.each([
    ["of CSV", zipOf({ name: "members.csv", content: csv })],
    ["that is not packed", zipOf({ name: "members.csv", content: csv, packing: "stored" })],
    ["of NDJSON", zipOf({ name: "members.ndjson", content: ndjson })],
    ["in UTF-16", zipOf({ name: "m.txt", content: Buffer.from(`\ufeff${csv}`, "utf16le") })],
    [
      "beside what a desktop leaves",
      zipOf(
        { name: "export/", content: "" },
        { name: "export/members.csv", content: csv },
        { name: "__MACOSX/export/._members.csv", content: "\0\x05\x16\x07" },
        { name: "export/.DS_Store", content: "\0\0\0\x01Bud1" },
        { name: "Thumbs.db", content: "x" },
        { name: "README.txt", content: "read me" },
      ),
    ],
  ])("is read: %s", async (_what, content) => {
    await bench.put("members.zip", content);

    expect(await bench.describe()).toMatchObject({ rows: 2, members: 2, warnings: [] });
    const { members } = await bench.prepare({ field: "email" });
    expect(members.map(({ email, file }) => [email, file])).toEqual([
      ["kim@example.org", "members.zip"],
      ["lou@example.org", "members.zip"],
    ]);
  });
});

describe("a zip archive that is not read", () => {
  const table = { name: "members.csv", content: csv };
  it.each([
    ["more than one file", zipOf(table, { name: "more.csv", content: csv }), "more than one file"],
    ["no table", zipOf({ name: ".DS_Store", content: "x" }), "without a table"],
    ["nothing at all", zipOf(), "without a table"],
    ["what is encrypted", zipOf({ ...table, encrypted: true }), "encrypted"],
    ["what is packed with LZMA", zipOf({ ...table, method: 14 }), "than with Deflate"],
    ["an archive", zipOf({ name: "m.zip", content: zipOf(table) }), "packed itself"],
    ["what gzip packed", zipOf({ name: "m.csv.gz", content: gzipSync(csv) }), "packed itself"],
    [
      "a workbook",
      zipOf({ name: "[Content_Types].xml", content: "" }, { name: "xl/workbook.xml", content: "" }),
      "an Excel workbook, which is not read: save its sheet as CSV UTF-8",
    ],
    ["a web page", zipOf({ name: "a.html", content: "<!doctype html>" }), "a web page"],
    ["other bytes than it says", zipOf({ ...table, checksum: 1 }), "damaged"],
    ["more than it says", zipOf({ ...table, unpackedBytes: 3 }), "damaged"],
    ["what is cut off", zipOf(table).subarray(0, 60), "damaged"],
  ])("is named as what it is: %s", async (_what, content, reason) => {
    await bench.put("members.zip", content);

    const refusal = {
      problem: { code: "segmentUnreadable", params: { reason: expect.stringContaining(reason) } },
    };
    await expect(bench.prepare({ field: "email" })).rejects.toMatchObject(refusal);
  });

  it("is named when it holds Parquet, which is packed already", async () => {
    const parquet = await parquetOf("SELECT 'kim@example.org' AS email");
    await bench.put("members.zip", zipOf({ name: "members.parquet", content: parquet }));

    await expect(bench.describe()).rejects.toMatchObject({
      problem: { params: { reason: expect.stringContaining("a Parquet file") } },
    });
  });

  it("is not unpacked beyond what a segment may hold", async () => {
    const bomb = `email\n${"\n".repeat(50_000_000)}`;
    await bench.put("members.zip", zipOf({ name: "members.csv", content: bomb }));

    await expect(bench.prepare({ field: "email" })).rejects.toMatchObject({
      problem: { code: "segmentTooLarge" },
    });
  });
});
