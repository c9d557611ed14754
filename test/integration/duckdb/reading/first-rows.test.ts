import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { createWorkbench, type Workbench } from "../workbench";
import { parquetOf } from "./parquet-of";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

test("the first rows of files of all kinds stand below each other, by the names of their fields", async () => {
  await bench.put("customers/land=DE/1.csv", "Email,Name\na@x.io,Ann\nb@x.io,\n");
  await bench.put("customers/land=DE/2.ndjson", '{"email":"c@x.io","tags":["t"]}\n');
  await bench.put(
    "customers/land=FR/3.parquet",
    await parquetOf("SELECT 3 AS n, 'd@x.io' AS email"),
  );
  expect(await bench.firstRows()).toEqual({
    fields: ["land", "Email", "Name", "tags", "n"],
    rows: [
      ["DE", "a@x.io", "Ann", null, null],
      ["DE", "b@x.io", null, null, null],
      ["DE", "c@x.io", null, '["t"]', null],
      ["FR", "d@x.io", null, null, "3"],
    ],
    cut: false,
  });
});

test("there are a hundred at most, and long cells and many fields are cut", async () => {
  const wide = Array.from({ length: 300 }, (_, at) => `f${String(at)}`);
  await bench.put("1.csv", `${wide.join()}\n${wide.map(() => "x".repeat(300)).join()}\n`);
  const { fields, rows, cut } = await bench.firstRows();
  expect([fields.length, rows[0]?.[0]?.length, cut]).toEqual([200, 200, true]);
  await bench.clear();
  const many = Array.from({ length: 90 }, (_, at) => `m${String(at)}@x.io`).join("\n");
  await bench.put("1.csv", `email\n${many}\n`);
  await bench.put("2.csv", `email\n${many}\n`);
  const shown = await bench.firstRows();
  expect([shown.rows.length, shown.rows[99], shown.cut]).toEqual([100, ["m9@x.io"], false]);
});
