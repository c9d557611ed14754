import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { createWorkbench, type Workbench } from "../workbench";
import { parquetOf } from "./parquet-of";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const mapping = { email: "email", first_name: "name", location: { country: "country" } };

async function put(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await bench.put(`customers/${name}`, content);
  }
}

async function profiles(mapped: Parameters<Workbench["prepare"]>[0] = { mapping }) {
  const { chunks, warnings } = await bench.prepare(mapped);
  const sent = await bench.profiles(chunks);
  return {
    profiles: sent.map(({ attributes }) => attributes),
    warnings: warnings.map(({ code, params }) => ({ code, ...params })),
  };
}

/** A person from Germany and one from nowhere, in each format; `extra` is a column beside. */
const formats = {
  csv: async (email: string, extra = "") =>
    extra === "" ? `email,name\n${email},N\n` : `email,name,country\n${email},N,${extra}\n`,
  ndjson: async (email: string, extra = "") =>
    `${JSON.stringify({ email, name: "N", ...(extra === "" ? {} : { country: extra }) })}\n`,
  json: async (email: string, extra = "") =>
    JSON.stringify([{ email, name: "N", ...(extra === "" ? {} : { country: extra }) }]),
  parquet: async (email: string, extra = "") =>
    parquetOf(
      `SELECT '${email}' AS email, 'N' AS name${extra === "" ? "" : `, '${extra}' AS country`}`,
    ),
};
const kinds = Object.entries(formats);

describe.each(kinds)("folders' fields, in %s", (kind, file) => {
  test("are mapped, described and unescaped; a default partition has none", async () => {
    await put({
      [`country=C%C3%B4te%20d%27Ivoire/part-0.${kind}`]: await file("a@x.io"),
      [`country=__HIVE_DEFAULT_PARTITION__/part-0.${kind}`]: await file("b@x.io"),
    });
    expect(await profiles()).toEqual({
      profiles: [
        { email: "a@x.io", first_name: "N", location: { country: "Côte d'Ivoire" } },
        { email: "b@x.io", first_name: "N" },
      ],
      warnings: [],
    });
    const described = await bench.describe();
    expect(described).toMatchObject({ rows: 2, members: 2, warnings: [] });
    expect(described.fields.map(({ name }) => name)).toEqual(["country", "email", "name"]);
    expect(described.suggestedMapping).toMatchObject({ location: { country: "country" } });
  });

  test("stand for a column of the same name, which is told", async () => {
    await put({ [`Country=DE/part-0.${kind}`]: await file("a@x.io", "FR") });
    expect(await profiles()).toEqual({
      profiles: [{ email: "a@x.io", first_name: "N", location: { country: "DE" } }],
      warnings: [
        expect.objectContaining({ code: "fieldHidden", field: "country", segment: "customers" }),
      ],
    });
    const { fields, warnings } = await bench.describe();
    expect(fields.map(({ name }) => name)).toEqual(["Country", "email", "name"]);
    expect(warnings).toMatchObject([{ code: "fieldHidden" }]);
  });

  test("can be the email's", async () => {
    await put({ [`Email=a%40x.io/part-0.${kind}`]: await file("b@x.io") });
    const { members } = await bench.prepare({ mapping: { email: "Email", first_name: "name" } });
    expect(members.map(({ email }) => email)).toEqual(["a@x.io"]);
    const alone = await bench.prepare({ field: "Email" });
    expect(alone.members.map(({ email }) => email)).toEqual(["a@x.io"]);
  });
});

test("a number or a date of folders is described by what it is", async () => {
  await put({ "year=2026/day=2026-11-26/_x=1/part-0.csv": "email\na@x.io\n" });
  expect((await bench.describe()).fields).toMatchObject([
    { name: "year", type: "number" },
    { name: "day", type: "date" },
    { name: "_x", type: "number" },
    { name: "email", type: "text" },
  ]);
});

describe.each(kinds)("a column that some files lack, in %s", (kind, file) => {
  test("is empty there, and both run and description say so", async () => {
    await put({
      [`part-0.${kind}`]: await file("a@x.io"),
      [`part-1.${kind}`]: await file("b@x.io", "DE"),
      [`part-2.${kind}`]: await file("c@x.io"),
    });
    const told = {
      code: "fieldAbsent",
      segment: "customers",
      field: "country",
      count: 2,
      files: 3,
      file: `part-0.${kind}`,
    };
    expect(await profiles()).toEqual({
      profiles: [
        { email: "a@x.io", first_name: "N" },
        { email: "b@x.io", first_name: "N", location: { country: "DE" } },
        { email: "c@x.io", first_name: "N" },
      ],
      warnings: [told],
    });
    const { warnings } = await bench.describe();
    expect(warnings.map(({ code, params }) => ({ code, ...params }))).toEqual([told]);
  });

  test("refuses the segment when all files lack it, or one of them the email", async () => {
    await put({ [`part-0.${kind}`]: await file("a@x.io") });
    const missing = { problem: { code: "fieldMissing", params: { field: "country" } } };
    await expect(bench.prepare({ mapping })).rejects.toMatchObject(missing);
    const other =
      kind === "parquet"
        ? await parquetOf("SELECT 'N' AS name, 'DE' AS country")
        : kind === "csv"
          ? "name,country\nN,DE\n"
          : '{"name":"N","country":"DE"}\n';
    await put({ [`part-1.${kind === "json" ? "ndjson" : kind}`]: other });
    await expect(bench.prepare({ mapping })).rejects.toMatchObject({
      problem: { code: "fieldMissing", params: { file: expect.stringContaining("part-1") } },
    });
  });
});

test("a file without rows lacks nothing that anyone would miss", async () => {
  await put({ "1.csv": "email,name,country\na@x.io,N,DE\n", "2.csv": "email\n" });
  expect(await profiles()).toMatchObject({ warnings: [] });
});

test("a consent that some files lack is unclear there: nobody counts as having agreed", async () => {
  await put({
    "1.csv": "email,optin\na@x.io,yes\n",
    "2.csv": "email\nb@x.io\n",
    "3.parquet": await parquetOf("SELECT 'c@x.io' AS email"),
  });
  const { warnings } = await bench.prepare({
    field: "email",
    consent: { field: "optin", meaning: "agreed" },
  });
  expect(warnings.map(({ code }) => code)).toEqual(["fieldAbsent"]);
});

test("columns are matched by their names, in whatever order and case", async () => {
  await put({
    "1.csv": "email,Name,country\na@x.io,A,DE\n",
    "2.csv": "Country,NAME,Email\nFR,B,b@x.io\n",
  });
  expect(await profiles()).toEqual({
    profiles: [
      { email: "a@x.io", first_name: "A", location: { country: "DE" } },
      { email: "b@x.io", first_name: "B", location: { country: "FR" } },
    ],
    warnings: [],
  });
  const { fields, warnings } = await bench.describe();
  expect(fields.map(({ name }) => name)).toEqual(["email", "Name", "country"]);
  expect(warnings).toEqual([]);
});
