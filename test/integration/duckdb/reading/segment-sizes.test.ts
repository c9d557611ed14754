import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { parquetOf } from "./parquet-of";
import { createWorkbench, type Workbench } from "../workbench";

const limits = { files: 10, bytes: 1_000, rows: 10, columns: 3 };

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench({ limits });
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const emails = (count: number): string[] =>
  Array.from({ length: count }, (_, row) => `m${row}@x.io`);

/** The same rows in each format of files. */
const formats: Record<string, (rows: readonly string[]) => Promise<string | Buffer>> = {
  csv: async (rows) => ["Email", ...rows].join("\n"),
  ndjson: async (rows) => rows.map((Email) => JSON.stringify({ Email })).join("\n"),
  json: async (rows) => JSON.stringify(rows.map((Email) => ({ Email }))),
  parquet: (rows) =>
    parquetOf(`SELECT unnest([${rows.map((row) => `'${row}'`).join()}]) AS "Email"`),
};

async function expectTooLarge(what: keyof typeof limits): Promise<void> {
  const refused = {
    problem: {
      code: "segmentTooLarge",
      params: { segment: "customers", what, limit: limits[what] },
    },
  };
  await expect(bench.describe()).rejects.toMatchObject(refused);
  await expect(bench.describe("Email")).rejects.toMatchObject(refused);
  await expect(bench.prepare()).rejects.toMatchObject(refused);
  await expect(
    bench.prepare({ mapping: { email: "Email", properties: { same: "Email" } } }),
  ).rejects.toMatchObject(refused);
}

describe.each(Object.entries(formats))("the rows of a segment in %s files", (format, write) => {
  it("are counted over all its files", async () => {
    await bench.put(`1.${format}`, await write(emails(6)));
    await bench.put(`2.${format}`, await write(emails(5)));

    await expectTooLarge("rows");
  });

  it("may be as many as the limit, though they are read more than once", async () => {
    await bench.put(`1.${format}`, await write(emails(6)));
    await bench.put(`2.${format}`, await write(emails(4)));

    expect(await bench.describe()).toMatchObject({ rows: 10, members: 6 });
    expect((await bench.prepare()).numbers).toMatchObject({ rows: 10, members: 6 });
  });
});

describe("the bytes of a segment", () => {
  const text = `Email\nm@x.io${" ".repeat(580)}\n`;

  it.each<[string, (text: string) => string | Buffer]>([
    ["plain", (plain) => plain],
    ["unpacked from gzip", (plain) => gzipSync(plain)],
    ["unpacked from zstd", (plain) => zstdCompressSync(plain)],
  ])("are counted over all its files: %s", async (_what, pack) => {
    await bench.put("1.csv", pack(text));
    expect(await bench.describe()).toMatchObject({ members: 1 });

    await bench.put("2.csv", pack(text));

    await expectTooLarge("bytes");
  });
});

it("segments of one run are each counted for themselves", async () => {
  await bench.put("customers/1.csv", (await formats["csv"]?.(emails(8))) ?? "");
  await bench.put("vip/1.csv", (await formats["csv"]?.(emails(9))) ?? "");

  const run = await bench.prepare({ segments: ["customers", "vip"] });

  expect(run.numbers).toMatchObject({ rows: 17, members: 9 });
});
