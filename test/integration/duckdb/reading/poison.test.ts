import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createWorkbench, type Workbench } from "../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

describe("a record that is too much", () => {
  it.each([
    ["a value nested without end", `${"[".repeat(9_000)}${"]".repeat(9_000)}`],
    [
      "the same with a long number",
      `[12345678901234567890,${"[".repeat(9_000)}${"]".repeat(9_000)}]`,
    ],
    ["objects nested without end", `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`],
  ])("costs a person a value and not their place: %s", async (_what, value) => {
    await bench.put(
      "m.ndjson",
      `{"Email":"a@x.io","deep":${value},"id":98765432109876543210}\n{"Email":"b@x.io"}\n`,
    );

    const run = await bench.prepare({
      mapping: { email: "Email", properties: { deep: "deep", id: "id" } },
    });

    expect((await bench.profiles(run.chunks)).map(({ attributes }) => attributes)).toEqual([
      { email: "a@x.io", properties: { id: "98765432109876543210" } },
      { email: "b@x.io" },
    ]);
  });

  it("is an invalid address where the address itself is nested", async () => {
    await bench.put(
      "m.ndjson",
      `{"Email":${"[".repeat(9_000)}${"]".repeat(9_000)}}\n{"Email":"b@x.io"}\n`,
    );

    expect((await bench.prepare()).numbers).toMatchObject({ rows: 2, invalid: 1, members: 1 });
    expect(await bench.describe("Email")).toMatchObject({ rows: 2, members: 1 });
  });

  it("leaves out numbers that no number is", async () => {
    await bench.put("m.csv", "Email,n\na@x.io,1e999999999\nb@x.io,7\n");

    const run = await bench.prepare({
      mapping: { email: "Email", properties: { n: { field: "n", type: "number" } } },
    });

    expect((await bench.profiles(run.chunks)).map(({ attributes }) => attributes)).toEqual([
      { email: "a@x.io" },
      { email: "b@x.io", properties: { n: 7 } },
    ]);
  });

  it("is a whole file that unpacks to one record of more than 64 MB", async () => {
    await bench.put(
      "m.csv",
      gzipSync(Buffer.concat([Buffer.from("Email\n"), Buffer.alloc(70_000_000, 32)])),
    );

    await expect(bench.prepare()).rejects.toMatchObject({
      problem: { code: "segmentUnreadable", params: { reason: "a record is longer than 64 MB" } },
    });
  });

  it.each([5_001, 100_000])("is a header of %d columns", async (count) => {
    const names = Array.from({ length: count }, (_, column) => `c${column}`);
    await bench.put("m.csv", `Email,${names.join()}\na@x.io\n`);
    const refused = {
      problem: { code: "segmentTooLarge", params: { what: "columns", limit: 5_000 } },
    };

    await expect(bench.describe()).rejects.toMatchObject(refused);
    await expect(bench.prepare()).rejects.toMatchObject(refused);
  });
});
