import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { ModelFormat } from "../../../../shared/domain/sources/model/model-json";
import { shapeOfTable } from "../../../../shared/domain/sources/model/table-shape";
import type { CsvShape } from "../../../../shared/domain/segments/csv-shape";
import { createWorkbench, type Workbench } from "../workbench";

let bench: Workbench;
let shape: CsvShape | undefined;
beforeAll(async () => {
  bench = await createWorkbench({ shape: () => shape });
});
afterAll(() => bench.remove());
beforeEach(async () => {
  await bench.clear();
});

/** The table's files are written as a model says. */
function written(attributes: string, format: ModelFormat = {}, mayBeShort = false): void {
  const table = {
    attributes: attributes.split(" ").map((text) => {
      const [name = "", dataType = "string"] = text.split(":");
      return { name, dataType };
    }),
  };
  const told = shapeOfTable(table, format, mayBeShort);
  shape = told.kind === "shape" ? told.shape : undefined;
  expect(told.kind).toBe("shape");
}

const emails = async (): Promise<string[]> =>
  (await bench.prepare()).members.map(({ email }) => email);

describe("a CSV of which the model says how it is written", () => {
  it("has no header unless the model says so, and its columns' names from the model", async () => {
    written("Id Email");
    await bench.put("a.csv", "1,ada@example.com\n2,bea@example.com\n");
    expect(await emails()).toEqual(["ada@example.com", "bea@example.com"]);
  });

  it("may have a header where the model says it has none: the header is nobody", async () => {
    written("Id Email");
    await bench.put("a.csv", '"Id","Email"\n"1","ada@example.com"\n');
    const { numbers, members } = await bench.prepare();
    expect(members.map(({ email }) => email)).toEqual(["ada@example.com"]);
    expect(numbers).toMatchObject({ rows: 1, invalid: 0 });
  });

  it("has its columns where its header says, in whichever order", async () => {
    written("Id Email", { columnHeaders: true });
    await bench.put("a.csv", "Email,Id\nada@example.com,1\n");
    expect(await emails()).toEqual(["ada@example.com"]);
  });

  it("is read with the delimiter, quotes and encoding that the model says, whatever it looks like", async () => {
    const mapping = { email: "Email", first_name: "First" };
    written("Email First", { delimiter: ";" });
    await bench.put("a.csv", 'ada@example.com;"A, d, a"\n');
    const commas = await bench.prepare({ mapping });
    expect(await bench.profiles(commas.chunks)).toMatchObject([
      { attributes: { first_name: "A, d, a" } },
    ]);

    await bench.clear();
    written("Email First", { quoteStyle: "QuoteStyle.None", encoding: "windows-1250" });
    await bench.put("a.csv", Buffer.from('ada@example.com,"\xb3a\n', "latin1"));
    const none = await bench.prepare({ mapping });
    expect(await bench.profiles(none.chunks)).toMatchObject([
      { attributes: { first_name: '"ła' } },
    ]);
    expect(none.warnings).toEqual([]);
  });

  it("has its numbers and dates in the form of the model's culture", async () => {
    const properties = {
      spent: { field: "Spent", type: "number" },
      since: { field: "Since", type: "date" },
    } as const;
    const mapping = { email: "Email", properties };
    const read = async (culture: string | undefined, row: string) => {
      await bench.clear();
      written("Email Spent:decimal Since:dateTime", { culture, delimiter: ";" });
      await bench.put("a.csv", `${row}\n`);
      const prepared = await bench.prepare({ mapping });
      const [profile] = await bench.profiles(prepared.chunks);
      return profile?.attributes["properties"];
    };

    expect(await read("de-DE", "ada@example.com;1.234;06.07.2026")).toEqual({
      spent: 1234,
      since: "2026-07-06",
    });
    expect(await read("en-US", "ada@example.com;1,234;6/7/2026 4:34:35 PM")).toEqual({
      spent: 1234,
      since: expect.stringMatching(/^2026-06-07/),
    });
    expect(await read(undefined, "ada@example.com;1.234;2026-07-06T00:00:00Z")).toEqual({
      spent: 1.234,
      since: expect.stringMatching(/^2026-07-06/),
    });
  });

  it("is described with the model's names and types", async () => {
    written("Email Spent:double Vip:boolean Since:dateTimeOffset Code:string");
    await bench.put("a.csv", "ada@example.com,,,,0123\n");
    const { fields, rows, members } = await bench.describe();
    expect(fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      ...["Email text", "Spent number", "Vip boolean", "Since date", "Code text"],
    ]);
    expect({ rows, members }).toEqual({ rows: 1, members: 1 });
  });

  it("may be empty, or hold nothing but its header: that is nobody", async () => {
    written("Id Email", { columnHeaders: true });
    await bench.put("a.csv", "Id,Email\n");
    expect((await bench.prepare()).numbers).toMatchObject({ rows: 0, members: 0 });
    written("Id Email");
    await bench.put("a.csv", "");
    expect((await bench.prepare()).numbers).toMatchObject({ rows: 0, members: 0 });
  });

  it("may have rows without the last columns only where these were added after the rows", async () => {
    await bench.put("a.csv", "1,ada@example.com\n2,bea@example.com,Bea\n");
    written("Id Email First", {}, true);
    expect(await emails()).toEqual(["ada@example.com", "bea@example.com"]);
    written("Id Email First");
    await expect(bench.prepare()).rejects.toMatchObject({ problem: { code: "rowsUnlikeModel" } });
  });
});

it.each([
  [
    "a row with more values than columns",
    {},
    "1,ada@example.com\n2,bea@example.com,x\n",
    "rowsUnlikeModel",
  ],
  ["a row of another delimiter", {}, "1;ada@example.com\n", "rowsUnlikeModel"],
  [
    "data where the header should be",
    { columnHeaders: true },
    "1,ada@example.com\n",
    "headerUnlikeModel",
  ],
  [
    "another table's header",
    { columnHeaders: true },
    "Id,Mail\n1,ada@example.com\n",
    "headerUnlikeModel",
  ],
  ["a header without the emails", { columnHeaders: true }, "Id\n1\n", "fieldMissing"],
  ["nothing where the header should be", { columnHeaders: true }, "", "headerUnlikeModel"],
  ["Parquet", {}, "PAR1 and so on", "segmentUnreadable"],
  ["a zip archive", {}, "PK\x03\x04 and so on", "segmentUnreadable"],
  ["a web page", {}, "<html><body>Sign in</body></html>\n", "rowsUnlikeModel"],
] as const)("nothing is staged from %s", async (_what, format, content, code) => {
  written("Id Email", format);
  await bench.put("a.csv", content);
  await expect(bench.prepare()).rejects.toMatchObject({ problem: { code } });
});
