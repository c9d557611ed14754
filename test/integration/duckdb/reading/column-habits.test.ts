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

const number = { field: "Value", type: "number" } as const;
const date = { field: "Value", type: "date" } as const;
const phone: FieldMapping = {
  email: "Email",
  phone_number: { field: "Value", defaultCountry: "DE" },
};
const emailOf = (row: number): string => `p${String(row).padStart(5, "0")}@x.io`;

/** The same column in each format of files. */
const formats: Record<string, (cells: readonly string[]) => Promise<string | Buffer>> = {
  "m.csv": async (cells) =>
    `Email;Value\n${cells.map((cell, row) => `${emailOf(row)};${cell}\n`).join("")}`,
  "m.ndjson": async (cells) =>
    cells
      .map(
        (Value, row) =>
          `${JSON.stringify({ Email: emailOf(row), ...(Value === "" ? {} : { Value }) })}\n`,
      )
      .join(""),
  "m.json": async (cells) =>
    JSON.stringify(
      cells.map((Value, row) => ({ Email: emailOf(row), ...(Value === "" ? {} : { Value }) })),
    ),
  "m.parquet": (cells) =>
    parquetOf(
      `SELECT * FROM (VALUES ${cells.map((cell, row) => `('${emailOf(row)}', nullif('${cell}', ''))`).join(", ")}) AS t("Email", "Value")`,
    ),
};

/** What becomes of a column: what is sent of each cell, what a run and describing say of the column. */
async function fate(cells: readonly string[], mapping: FieldMapping, file = "m.csv") {
  await bench.put(file, await formats[file]!(cells));
  const run = await bench.prepare({ mapping });
  const profiles = await bench.profiles(run.chunks);
  expect(profiles).toHaveLength(cells.length);
  const described = await bench.describe();
  return {
    sent: profiles.map(({ attributes }) => {
      const { email: _, properties, ...others } = attributes;
      const held = (properties ?? others) as Record<string, unknown>;
      return Object.values(held)[0];
    }),
    reading: run.readings?.find(({ field }) => field === "Value"),
    warnings: run.warnings.map(({ code, params }) => [code, params["reason"] ?? params["code"]]),
    described: described.fields.find(({ name }) => name === "Value"),
  };
}
const property = (value: FieldMapping["properties"] & object): FieldMapping => ({
  email: "Email",
  properties: value,
});

describe.each(Object.keys(formats))("a column of %s", (file) => {
  it("shows its decimal mark, and numbers are read by it", async () => {
    const found = await fate(["1.234", "99,00", "12"], property({ v: number }), file);
    expect(found.sent).toEqual([1234, 99, 12]);
    expect(found.reading).toEqual({ field: "Value", decimal: "," });
    expect(found.described).toMatchObject({ reading: { decimal: "," } });
  });

  it("is not guessed at where it does not show its decimal mark", async () => {
    const found = await fate(["1,234", "5,678", "12"], property({ v: number }), file);
    expect(found.sent).toEqual([undefined, undefined, 12]);
    expect(found.warnings).toEqual([["valuesDropped", "numberAmbiguous"]]);
    expect(found.reading).toEqual({ field: "Value", unclear: ["decimal"] });
    expect(found.described).toMatchObject({ reading: { unclear: ["decimal"] } });

    const said = await fate(
      ["1,234", "5,678", "12"],
      property({ v: { ...number, decimal: "." } }),
      file,
    );
    expect(said.sent).toEqual([1234, 5678, 12]);
    expect(said.warnings).toEqual([]);
  });

  it("shows its order of day and month, and dates are read by it", async () => {
    const found = await fate(["01/02/2024", "1/31/2024"], property({ v: date }), file);
    expect(found.sent).toEqual(["2024-01-02", "2024-01-31"]);
    expect(found.reading).toEqual({ field: "Value", dateOrder: "monthFirst" });
    expect(found.described).toMatchObject({ type: "date", reading: { dateOrder: "monthFirst" } });
  });

  it("is not guessed at where it does not show its order of day and month", async () => {
    const found = await fate(["01/02/2024", "2024-01-31"], property({ v: date }), file);
    expect(found.sent).toEqual([undefined, "2024-01-31"]);
    expect(found.warnings).toEqual([["valuesDropped", "dateAmbiguous"]]);
    expect(found.described).toMatchObject({
      type: "date",
      reading: { unclear: ["format"], formats: ["d/M/yyyy", "M/d/yyyy"] },
    });

    const said = await fate(
      ["01/02/2024", "2024-01-31"],
      property({ v: { ...date, format: "dd/MM/yyyy" } }),
      file,
    );
    expect(said.sent).toEqual(["2024-02-01", "2024-01-31"]);
  });

  it("shows whether its phone numbers begin with the country's code, and the run says so", async () => {
    const found = await fate(["491716000000", "491716000001", "01716000002"], phone, file);
    expect(found.sent).toEqual(["+491716000000", "+491716000001", "+491716000002"]);
    expect(found.warnings).toEqual([["codeWithoutPlus", "49"]]);
    expect(found.reading).toEqual({ field: "Value", countryCode: "49" });
    expect(found.described).toMatchObject({ reading: { countryCode: "49" } });
  });

  it("is described as phone numbers without a country's code, of which a run knows the country", async () => {
    const found = await fate(["0171 6000000", "+49 171 6000001", "01716000002"], phone, file);
    expect(found.sent).toEqual(["+491716000000", "+491716000001", "+491716000002"]);
    expect(found.described).toMatchObject({ reading: { withoutCountry: true } });
    expect(found.reading).toBeUndefined();
    for (const cells of [
      ["+491716000000", "0049 171 6000001"],
      ["01/02/2024"],
      ["Ann"],
      ["50667"],
    ]) {
      const { described } = await fate(cells, { email: "Email" }, file);
      expect(described?.reading?.withoutCountry).toBeUndefined();
    }
  });

  it("whose phone numbers mostly begin without it holds nobody's number for another's", async () => {
    const found = await fate(["01716000000", "01716000001", "491716000002"], phone, file);
    expect(found.sent).toEqual(["+491716000000", "+491716000001", undefined]);
    expect(found.warnings).toEqual([["valuesDropped", "phoneAmbiguous"]]);
    expect(found.reading).toBeUndefined();
  });

  it("shows its word for nothing, and leaves a name that is such a word", async () => {
    const found = await fate(["NULL", "Ann", "NULL", "Null", "Bo"], property({ v: "Value" }), file);
    expect(found.sent).toEqual([undefined, "Ann", undefined, "Null", "Bo"]);
    expect(found.reading).toEqual({ field: "Value", empty: ["NULL"] });
    expect(found.described).toEqual({ name: "Value", type: "text", reading: { empty: ["NULL"] } });
  });

  it("keeps names that are such words where they are no habit", async () => {
    const names = ["Null", "Null", "Smith", "NULL", "Nan"];
    expect((await fate(names, { email: "Email", last_name: "Value" }, file)).sent).toEqual(names);
  });
});

describe("a column", () => {
  it("is looked at as far as it takes, beyond its first cells", async () => {
    const cells = Array.from({ length: 20_000 }, () => "01/02/2024");
    const found = await fate([...cells, "31/12/2024"], property({ v: date }));
    expect(new Set(found.sent)).toEqual(new Set(["2024-02-01", "2024-12-31"]));
    expect(found.described).toMatchObject({ reading: { dateOrder: "dayFirst" } });
  });

  it("is one over all files of a segment", async () => {
    await bench.put("1.csv", "Email,Value\na@x.io,01/02/2024\n");
    await bench.put("2.csv", "Email,Value\nb@x.io,25/02/2024\n");
    const run = await bench.prepare({ mapping: property({ v: date }) });
    const profiles = await bench.profiles(run.chunks);
    expect(profiles.map(({ attributes }) => attributes["properties"])).toEqual([
      ...[{ v: "2024-02-01" }, { v: "2024-02-25" }],
    ]);
  });

  it("that shows both marks holds what is certain by itself, and nothing else", async () => {
    const found = await fate(["99,00", "99.50", "1,234"], property({ v: number }));
    expect(found.sent).toEqual([99, 99.5, undefined]);
    expect(found.reading).toEqual({ field: "Value", unclear: ["decimal"] });
  });

  it("is described by the types by which it is read", async () => {
    const rows = [
      ["$12.50", "Y", "31.01.2024", "NULL", "[1]", "01067"],
      ["1,234.50", "N", "1.2.2024", "2024-01-31 12:00:00 UTC", "['a']", "98104"],
    ];
    await bench.put(
      "m.csv",
      `Email;Sum;Vip;Day;At;Tags;Zip\n${rows.map((cells, row) => `${emailOf(row)};${cells.join(";")}\n`).join("")}`,
    );
    expect((await bench.describe()).fields.map(({ name, type }) => [name, type])).toEqual([
      ...[
        ["Email", "text"],
        ["Sum", "number"],
        ["Vip", "boolean"],
        ["Day", "date"],
      ],
      ...[
        ["At", "date"],
        ["Tags", "list"],
        ["Zip", "text"],
      ],
    ]);
  });
});

it("counts an email that is a word for nothing as blank", async () => {
  await bench.put("m.csv", "Email\nann@x.io\nNULL\nn/a\n\\N\n'bob@x.io\nnobody\n");
  expect((await bench.prepare()).numbers).toMatchObject({
    rows: 6,
    blank: 3,
    invalid: 1,
    members: 2,
  });
});
