import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { parquetOf } from "./parquet-of";
import { createWorkbench, type Workbench } from "../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

async function prepared(name: string, content: string | Buffer, field = "Email") {
  await bench.put(name, content);
  const run = await bench.prepare({ field });
  return {
    emails: run.members.map(({ email }) => email),
    rows: run.members.map(({ row }) => row),
    setAside: run.setAside.map(({ row, category, email }) => [row, category, email]),
    total: run.numbers.rows,
  };
}

describe("NDJSON", () => {
  it("takes strings, and sets aside what is no string", async () => {
    const values = [
      '"a@x.io"',
      "null",
      "7",
      "true",
      '{"a":"b@x.io"}',
      '["c@x.io"]',
      '""',
      '"É\\n"',
    ];
    const lines = values.map((value) => `{"id":1,"Email":${value}}`);
    expect(await prepared("m.ndjson", `${lines.join("\n")}\n{"id":2}\n`)).toEqual({
      emails: ["a@x.io"],
      rows: [1],
      setAside: [
        [2, "blank", null],
        [3, "invalid", "7"],
        [4, "invalid", "true"],
        [5, "invalid", '{"a":"b@x.io"}'],
        [6, "invalid", '["c@x.io"]'],
        [7, "blank", null],
        [8, "invalid", "É"],
        [9, "blank", null],
      ],
      total: 9,
    });
  });

  it.each<[string, string | Buffer]>([
    ["CRLF and no last line end", '{"Email":"a@x.io"}\r\n{"Email":"b@x.io"}'],
    ["blank lines and a byte-order mark", '\ufeff{"Email":"a@x.io"}\n\n  \n{"Email":"b@x.io"}\n'],
    ["UTF-16", Buffer.from('\ufeff{"Email":"a@x.io"}\n{"Email":"b@x.io"}\n', "utf16le")],
    ["an array", '[{"Email":"a@x.io"},{"Email":"b@x.io"}]'],
    [
      "an array over lines",
      ' [\n  {"Email": "a@x.io", "n": [1, {"]": "}"}]},\n  {"Email": "b@x.io"}\n]\n',
    ],
    [
      "an array with brackets and quotes in texts",
      '[{"n":"],\\"[{","Email":"a@x.io"},{"Email":"b@x.io"}]',
    ],
  ])("reads %s, plain and packed", async (_, content) => {
    const expected = { emails: ["a@x.io", "b@x.io"], rows: [1, 2], total: 2 };
    expect(await prepared("members.json", content)).toMatchObject(expected);
    expect(await prepared("members.json", gzipSync(content))).toMatchObject(expected);
  });

  it("counts a damaged line as an invalid row and goes on", async () => {
    const lines = [
      '{"Email":"a@x.io"}',
      '{"Email":"b@x',
      '{"Email":"c@x.io"}',
      "[1]",
      '{"Email":"d@x.io"}',
    ];
    expect(await prepared("m.ndjson", lines.join("\n"))).toMatchObject({
      emails: ["a@x.io", "c@x.io", "d@x.io"],
      rows: [1, 3, 5],
      setAside: [
        [2, "invalid", "(malformed JSON)"],
        [4, "invalid", "(malformed JSON)"],
      ],
    });
  });

  it("finds a field that only a late record has", async () => {
    const lines = Array.from({ length: 3_000 }, (_, row) =>
      JSON.stringify(row === 2_500 ? { id: row, Email: "late@x.io" } : { id: row }),
    );
    expect(await prepared("m.jsonl", lines.join("\n"))).toMatchObject({
      emails: ["late@x.io"],
      rows: [2_501],
      total: 3_000,
    });
  });

  it.each([
    ["an array that is cut off", '[{"Email":"a@x.io"},{"Email":', "does not end"],
    ["text after the array", '[{"Email":"a@x.io"}] {"Email":"b@x.io"}', "does not end"],
  ])("refuses %s", async (_, content, reason) => {
    await expect(prepared("members.json", content)).rejects.toMatchObject({
      problem: { code: "segmentUnreadable", params: { reason: expect.stringContaining(reason) } },
    });
  });

  it("names the fields of all records when the mapped one is in none", async () => {
    await expect(prepared("m.ndjson", '{"id":1}\n{"mail":"a@x.io"}\n')).rejects.toMatchObject({
      problem: { code: "fieldMissing", params: { fields: "“id”, “mail”" } },
    });
  });
});

describe("Parquet", () => {
  it("reads rows by number, plain and packed, whatever the file's name", async () => {
    const content = await parquetOf(
      `SELECT * FROM (VALUES (1, 'A@x.io'), (2, NULL), (3, 'no'), (4, 'b@x.io')) AS t(id, "E ""mail""")`,
    );
    for (const bytes of [content, gzipSync(content)]) {
      expect(await prepared("members.csv", bytes, 'E "mail"')).toMatchObject({
        emails: ["a@x.io", "b@x.io"],
        rows: [1, 4],
        setAside: [
          [2, "blank", null],
          [3, "invalid", "no"],
        ],
      });
    }
  });

  it.each([
    ["a number", "7"],
    ["a list", "['a@x.io']"],
    ["a record", "{'a': 'a@x.io'}"],
    ["a date", "DATE '2024-01-01'"],
  ])("sets aside %s", async (_, value) => {
    expect(
      await prepared("m.parquet", await parquetOf(`SELECT ${value} AS "Email"`)),
    ).toMatchObject({
      emails: [],
      setAside: [[1, "invalid", expect.anything()]],
    });
  });

  it("reads text that is stored as bytes", async () => {
    const content = await parquetOf("SELECT 'a@x.io'::BLOB AS \"Email\"");
    expect(await prepared("m.parquet", content)).toMatchObject({ emails: ["a@x.io"] });
  });

  it("names the fields that are there when the mapped one is not", async () => {
    await expect(
      prepared("m.parquet", await parquetOf("SELECT 1 AS id, 2 AS file_row_number")),
    ).rejects.toMatchObject({
      problem: { code: "fieldMissing", params: { fields: "“id”, “file_row_number”" } },
    });
  });

  it.each([
    ["cut off", (whole: Buffer) => whole.subarray(0, whole.length - 20)],
    [
      "damaged",
      (whole: Buffer) =>
        Buffer.concat([
          whole.subarray(0, 4),
          Buffer.alloc(whole.length - 12, 7),
          whole.subarray(-8),
        ]),
    ],
  ])("refuses a file that is %s, without showing what it holds", async (_, damage) => {
    const whole = await parquetOf("SELECT 'a' || range || '@x.io' AS \"Email\" FROM range(5000)");
    const failure = await prepared("m.parquet", damage(whole)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ problem: { code: "segmentUnreadable" } });
    expect(JSON.stringify(failure)).not.toContain("@x.io");
    expect(await bench.leftovers()).toEqual([]);
  });
});

describe("gzip", () => {
  it("reads several members one after the other", async () => {
    const parts = ["Email\na@x.io\n", "b@x.io\n"].map((part) => gzipSync(part));
    expect(await prepared("m.csv.gz", Buffer.concat(parts))).toMatchObject({ total: 2 });
  });

  it.each([
    ["cut off", (whole: Buffer) => whole.subarray(0, whole.length - 30)],
    ["damaged", (whole: Buffer) => Buffer.from(whole).fill(0xff, 40, 90)],
  ])("refuses data that are %s", async (_, damage) => {
    const rows = Array.from({ length: 90_000 }, (_, row) => `c${(row * 7919) % 100_000}@x.io`);
    await expect(
      prepared("m.csv.gz", damage(gzipSync(`Email\n${rows.join("\n")}`))),
    ).rejects.toMatchObject({
      problem: {
        code: "segmentUnreadable",
        params: { reason: "its gzip data is damaged or cut off" },
      },
    });
    expect(await bench.leftovers()).toEqual([]);
  });
});
