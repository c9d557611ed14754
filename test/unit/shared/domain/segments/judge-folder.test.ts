import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DomainError } from "../../../../../shared/domain/problems/problem";
import { judgeFolder } from "../../../../../shared/domain/segments/judge-folder";
import type { SegmentFile } from "../../../../../shared/domain/segments/segment";
import type { SegmentMarker } from "../../../../../shared/domain/segments/segment-marker";

const NOW = new Date("2026-11-02T10:00:00Z");

/** A file in the folder `vip`; `age` is in minutes, the content is a marker's or a manifest's. */
function aFile(name: string, age = 60, content = "x"): SegmentFile & { content: string } {
  const modifiedAt = new Date(NOW.getTime() - age * 60_000);
  return {
    segment: "vip",
    name,
    bytes: content.length,
    version: `${name}@${String(age)}`,
    modifiedAt,
    content,
  };
}

async function judge(
  files: readonly ReturnType<typeof aFile>[],
  marker: SegmentMarker = { kind: "none" },
) {
  const pin = await judgeFolder({
    segment: "vip",
    found: files,
    marker,
    now: NOW,
    readText: async ({ name }) => files.find((file) => file.name === name)?.content ?? "",
  });
  return pin.kind === "ready"
    ? [pin.refresh.completeness, ...pin.refresh.files.map(({ name }) => name)]
    : pin.kind === "missing"
      ? "missing"
      : pin.problem.message;
}

describe("without a marker", () => {
  test("a folder without files, or with bookkeeping alone, is no segment", async () => {
    expect(await judge([])).toBe("missing");
    expect(await judge([aFile("_SUCCESS", 1, "")])).toBe("missing");
  });

  test("files that have lain still for five minutes are settled, younger ones are not known to be", async () => {
    expect(await judge([aFile("a.csv"), aFile("b.csv", 5)])).toEqual(["settled", "a.csv", "b.csv"]);
    expect(await judge([aFile("a.csv"), aFile("b.csv", 4)])).toEqual(["unknown", "a.csv", "b.csv"]);
  });

  test("_SUCCESS proves what is no younger than itself", async () => {
    expect(await judge([aFile("a.csv", 2), aFile("_SUCCESS", 1, "")])).toEqual(["proven", "a.csv"]);
    expect(await judge([aFile("a.csv", 1), aFile("_SUCCESS", 2, "")])).toEqual([
      "unknown",
      "a.csv",
    ]);
  });

  test.each([
    "_temporary/0/_temporary/attempt_1/part-0.csv",
    "__magic/job-1/part-0.parquet",
    "country=DE/_temporary/part-0.csv",
    ".spark-staging-7f/country=DE/part-0.parquet",
    "part-1.csv._COPYING_",
    "customers.csv.tmp",
    "customers.csv.filepart",
    "_started_8261",
  ])("“%s” is of a job that is still writing", async (name) => {
    expect(await judge([aFile("a.csv"), aFile(name)])).toMatch(
      /^Segment “vip” is not whole: “.*” is of a job that is still writing, or broke off/,
    );
  });

  test("of Databricks, what is committed counts, and what a commit took out does not", async () => {
    const [old, now] = ["part-0-tid-1-a.csv", "part-0-tid-2-b.csv"];
    const files = [
      ...["_started_1", "_started_2"].map((name) => aFile(name)),
      aFile("_committed_1", 60, JSON.stringify({ added: [old], removed: [] })),
      aFile(old),
      aFile(now),
    ];
    expect(await judge(files)).toMatch(/_started_2/);
    const committed = aFile("_committed_2", 60, JSON.stringify({ added: [now], removed: [old] }));
    expect(await judge([...files, committed])).toEqual(["settled", now]);
  });
});

describe("with a marker of the user's", () => {
  const ready: SegmentMarker = { kind: "file", name: "export/ready.txt" };

  test("the segment is not whole until it is there, and no older than any file", async () => {
    const data = aFile("export/a.csv", 5);
    expect(await judge([data], ready)).toMatch(/“export\/ready.txt” is not there/);
    expect(await judge([data, aFile("export/ready.txt", 6)], ready)).toMatch(/is older than some/);
    expect(await judge([data, aFile("export/ready.txt", 5)], ready)).toEqual([
      "proven",
      "export/a.csv",
    ]);
  });

  test("it is no data itself, and alone it is no refresh", async () => {
    expect(await judge([aFile("export/ready.txt")], ready)).toMatch(/no file with rows/);
  });

  test("a job that began anew is not finished by the marker of the one before", async () => {
    const files = [aFile("a.csv"), aFile("_SUCCESS", 1, ""), aFile("_temporary/0/b.csv", 1)];
    expect(await judge(files, { kind: "success" })).toMatch(/_temporary/);
  });

  test("_SUCCESS of the S3A committers lists the files that must be there", async () => {
    const success = (...filenames: string[]) => aFile("_SUCCESS", 1, JSON.stringify({ filenames }));
    const file = "/segments/vip/part-0.csv";
    expect(await judge([aFile("part-0.csv"), success(file)], { kind: "success" })).toEqual([
      "proven",
      "part-0.csv",
    ]);
    expect(await judge([aFile("part-1.csv"), success(file)])).toMatch(
      /part-0.csv, which is not there/,
    );
  });
});

describe("with a manifest", () => {
  const marker: SegmentMarker = { kind: "manifest", name: "manifest" };
  const files = ["2026/a.csv", "2026/b.csv", "a.csv"].map((name) => aFile(name));
  const withManifest = (content: string, age = 1) =>
    judge([...files, aFile("manifest", age, content)], marker);

  test.each([
    ["paths, one a line", "2026/a.csv\r\n2026/b.csv\r\n"],
    [
      "S3's URIs, one a line",
      '"s3://bucket/segments/vip/2026/a.csv"\n"s3://bucket/segments/vip/2026/b.csv"',
    ],
    [
      "Redshift's",
      JSON.stringify({
        entries: [
          { url: "s3://b/segments/vip/2026/a.csv", mandatory: true },
          { url: "s3://b/segments/vip/2026/b.csv" },
          { url: "s3://b/segments/vip/gone.csv", mandatory: false },
        ],
      }),
    ],
    ["a list in JSON", JSON.stringify(["2026/a.csv", "2026/b.csv"])],
    [
      "objects in JSON, with a BOM",
      `\uFEFF${JSON.stringify({ files: [{ path: "2026/a.csv" }, { name: "2026/b.csv" }] })}`,
    ],
    [
      "places in another store, escaped",
      "https://account.blob.core.windows.net/out/2026/a%2Ecsv?sig=x\nhttps://account.blob.core.windows.net/out/2026/b.csv",
    ],
  ])("as %s, only what it lists is read", async (_form, content) => {
    expect(await withManifest(content)).toEqual(["proven", "2026/a.csv", "2026/b.csv"]);
  });

  test.each([
    ["lists what is not there", "2026/a.csv\n2026/c.csv", /2026\/c.csv, which is not there/],
    ["is older than what it lists", "2026/a.csv", /is older than some/, 61],
  ])("the segment is unfinished when it %s", async (_what, content, expected, age = 1) => {
    expect(await withManifest(content, age)).toMatch(expected);
  });

  test.each([
    ["lists nothing", "\n"],
    ["is broken JSON", '{"entries": ['],
    ["is JSON of something else", '{"rows": 7}'],
    ["leads out of the folder", "../other/a.csv"],
    ["is a web page", "<html>\n<body>"],
  ])("it is refused by name when it %s", async (_what, content) => {
    await expect(withManifest(content)).rejects.toThrow(DomainError);
    await expect(withManifest(content)).rejects.toMatchObject({
      problem: { code: "manifestUnreadable", params: { file: "manifest" } },
    });
  });

  test("whatever it says, only files of the folder are read, and what is proven lists them all", async () => {
    const line = fc.oneof(
      fc.constantFrom(
        "a.csv",
        "2026/a.csv",
        "s3://b/segments/vip/2026/b.csv",
        "../a.csv",
        "s3://b/segments/other/a.csv",
      ),
      fc.string({ maxLength: 30 }),
      fc.webUrl(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
        const judged = await withManifest(lines.join("\n")).catch((error: unknown) => {
          if (error instanceof DomainError) return error.problem.message;
          throw error;
        });
        if (Array.isArray(judged)) {
          expect(judged[0]).toBe("proven");
          expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(judged.slice(1)));
        }
      }),
    );
  });
});
