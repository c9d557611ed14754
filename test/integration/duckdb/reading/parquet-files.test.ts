import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { FieldMapping } from "../../../../shared/domain/exports/field-mapping";
import { parquetOf } from "./parquet-of";
import { createWorkbench, type Workbench } from "../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

/** The same file with other bytes of the same length. */
function patched(file: Buffer, from: Buffer | string, to: Buffer | string): Buffer {
  const copy = Buffer.from(file);
  const bytes = Buffer.from(to);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) {
    bytes.copy(copy, at);
  }
  expect(copy.equals(file)).toBe(false);
  return copy;
}

async function sent(file: Buffer, mapping: FieldMapping) {
  await bench.put("members.parquet", file);
  const run = await bench.prepare({ mapping });
  return {
    profiles: (await bench.profiles(run.chunks)).map(({ attributes }) => attributes),
    warnings: run.warnings,
  };
}

describe("the columns of a Parquet file", () => {
  const twins = async (): Promise<Buffer> =>
    patched(
      await parquetOf(`SELECT 'lower@example.org' AS "email", 'upper@example.org' AS "Emaix"`),
      "Emaix",
      "Email",
    );

  it.each([
    ["email", "lower@example.org"],
    ["Email", "upper@example.org"],
  ])("are told apart by their case: %s", async (field, email) => {
    await bench.put("members.parquet", await twins());

    const run = await bench.prepare({ field });
    const description = await bench.describe(field);

    expect(run.members.map((member) => member.email)).toEqual([email]);
    expect(description.fields.map(({ name }) => name)).toEqual(["email", "Email"]);
  });

  it("are told apart by their case as values too", async () => {
    const file = patched(
      await parquetOf(`SELECT 'a@example.org' AS "Email", 'one' AS "plan", 'two' AS "PlaX"`),
      "PlaX",
      "Plan",
    );

    const { profiles } = await sent(file, {
      email: "Email",
      properties: { one: "plan", two: "Plan" },
    });

    expect(profiles).toEqual([{ email: "a@example.org", properties: { one: "one", two: "two" } }]);
  });

  it.each(["file_row_number", "File_Row_Number", "filename", "rowid", "file_index", "row", "cell"])(
    "may be called %s",
    async (name) => {
      const rows = `VALUES (7, 'a@example.org'), (8, 'b@example.org'), (9, 'no')`;
      const file = await parquetOf(`SELECT * FROM (${rows}) AS t("${name}", "Email")`);
      await bench.put("members.parquet", file);

      const run = await bench.prepare({
        mapping: { email: "Email", properties: { number: name } },
      });
      const profiles = await bench.profiles(run.chunks);
      const description = await bench.describe();

      expect(profiles.map(({ attributes }) => attributes["properties"])).toEqual([
        { number: 7 },
        { number: 8 },
      ]);
      expect(run.setAside.map(({ row }) => row)).toEqual([3]);
      expect(description.fields).toMatchObject([{ name, type: "number" }, { name: "Email" }]);
    },
  );
});

describe("a Parquet file's values", () => {
  it("keep the digits that single precision has", async () => {
    const { profiles } = await sent(
      await parquetOf(
        `SELECT 'a@example.org' AS "Email", 4.3::FLOAT AS one, [0.1::FLOAT, NULL] AS many,
          {'FLOAT': 1.7::FLOAT, 'name': 'x'} AS inner`,
      ),
      { email: "Email", properties: { one: "one", many: "many", inner: "inner" } },
    );

    expect(profiles[0]?.["properties"]).toEqual({
      one: 4.3,
      many: [0.1, null],
      inner: { FLOAT: 1.7, name: "x" },
    });
  });

  it("are times of ISO 8601, in UTC where they have a zone", async () => {
    const { profiles } = await sent(
      await parquetOf(
        `SELECT 'a@example.org' AS "Email", TIMESTAMPTZ '2026-02-03 04:05:06.5+02' AS zoned,
          TIMESTAMP '2026-02-03 04:05:06' AS plain, [TIMESTAMPTZ '2026-02-03 04:05:06+00'] AS many,
          DATE '2026-02-03' AS day`,
      ),
      {
        email: "Email",
        properties: { zoned: "zoned", plain: "plain", many: "many", day: "day" },
      },
    );

    expect(profiles[0]?.["properties"]).toEqual({
      zoned: "2026-02-03T02:05:06.5Z",
      plain: "2026-02-03T04:05:06",
      many: ["2026-02-03T04:05:06Z"],
      day: "2026-02-03",
    });
  });

  it("are left out and counted where they are times without an end", async () => {
    const endless = await parquetOf(
      `SELECT 'a@example.org' AS "Email", DATE 'infinity' AS day, TIMESTAMP '-infinity' AS plain,
        TIMESTAMPTZ 'infinity' AS zoned, [DATE '2026-02-03', DATE 'infinity'] AS many,
        'infinity' AS text`,
    );
    const mapped = ["day", "plain", "zoned", "many", "text"];
    const { profiles, warnings } = await sent(endless, {
      email: "Email",
      properties: Object.fromEntries(mapped.map((name) => [name, name])),
    });

    expect(profiles[0]?.["properties"]).toEqual({ text: "infinity" });
    const left = warnings.filter(({ code }) => code === "valuesDropped");
    expect(left.map(({ params }) => [params["field"], params["count"]]).sort()).toEqual([
      ...[
        ["day", 1],
        ["many", 1],
        ["plain", 1],
        ["zoned", 1],
      ],
    ]);
  });

  const binary = `SELECT * FROM (VALUES
    ('a@example.org'::BLOB, '\\xFF\\x00'::BLOB), ('\\xFF'::BLOB, 'Zo\\xC3\\xAB'::BLOB),
    ('b@example.org'::BLOB, 'Zo\\xC3\\xAB'::BLOB)) AS t("Email", photo)`;

  it("may be bytes that nobody maps", async () => {
    await bench.put("members.parquet", await parquetOf(binary));

    expect(await bench.describe("Email")).toMatchObject({
      fields: [{ name: "Email" }, { name: "photo", type: "text" }],
      rows: 3,
      members: 2,
    });
  });

  it("are left out where they are bytes and no text", async () => {
    const { profiles, warnings } = await sent(await parquetOf(binary), {
      email: "Email",
      properties: { photo: "photo" },
    });

    expect(profiles).toEqual([
      { email: "a@example.org" },
      { email: "b@example.org", properties: { photo: "Zoë" } },
    ]);
    expect(warnings).toMatchObject([{ code: "valuesDropped", params: { count: 1 } }]);
  });

  it("cost nobody their place where they are nested without end", async () => {
    const nested = `${"[".repeat(40)}1${"]".repeat(40)}`;
    const { profiles, warnings } = await sent(
      await parquetOf(`SELECT 'a@example.org' AS "Email", ${nested} AS deep`),
      { email: "Email", properties: { deep: "deep" } },
    );

    expect(profiles).toEqual([{ email: "a@example.org" }]);
    expect(warnings.map(({ code }) => code)).toEqual(["valuesDropped", "fieldDropped"]);
    expect(await bench.describe()).toMatchObject({ fields: [{}, { name: "deep", type: "list" }] });
  });
});

describe("a Parquet file that is not read", () => {
  const plain = `SELECT 'a@example.org' AS "Email"`;
  /** Codecs are numbered: 7 is LZ4_RAW, 5 LZ4; thrift doubles them. */
  const hadoop = async (): Promise<Buffer> =>
    patched(
      await parquetOf(plain, ", COMPRESSION lz4_raw"),
      Buffer.from([0x15, 0x0e, 0x16]),
      Buffer.from([0x15, 0x0a, 0x16]),
    );

  it("is said to be compressed with Hadoop's LZ4", async () => {
    await bench.put("members.parquet", await hadoop());

    const refused = {
      problem: {
        code: "segmentUnreadable",
        params: { reason: expect.stringContaining("LZ4 in the frames of Hadoop") },
      },
    };
    await expect(bench.prepare()).rejects.toMatchObject(refused);
    await expect(bench.describe("Email")).rejects.toMatchObject(refused);
  });

  it("is said to hold text that is not UTF-8, and only when that is needed", async () => {
    const file = patched(
      await parquetOf(`SELECT 'a@example.org' AS "Email", 'caf+' AS drink`),
      "caf+",
      Buffer.from("caf\xe9", "latin1"),
    );
    await bench.put("members.parquet", file);

    expect(await bench.describe("Email")).toMatchObject({ members: 1, fields: [{}, {}] });
    await expect(
      bench.prepare({ mapping: { email: "Email", properties: { drink: "drink" } } }),
    ).rejects.toMatchObject({
      problem: { params: { reason: expect.stringContaining("not UTF-8") } },
    });
  });

  it.each([
    ["Apache Hudi", "SELECT 1 AS _hoodie_commit_time, 'a@example.org' AS \"Email\"", ""],
    ["Apache Iceberg", plain, ", KV_METADATA {'iceberg.schema': '{}'}"],
  ])("is said to be a part of a table of %s", async (format, query, options) => {
    await bench.put("part.parquet", await parquetOf(query, options));

    const refused = { problem: { code: "lakeTable", params: { format } } };
    await expect(bench.prepare()).rejects.toMatchObject(refused);
    await expect(bench.describe()).rejects.toMatchObject(refused);
  });

  it.each([3, 40, 200])(
    "is said to be damaged when its end is cut off by %d bytes",
    async (bytes) => {
      const file = await parquetOf(plain);
      await bench.put("members.parquet", file.subarray(0, file.length - bytes));

      await expect(bench.prepare()).rejects.toMatchObject({
        problem: { params: { reason: "its Parquet data is damaged or cut off" } },
      });
    },
  );
});
