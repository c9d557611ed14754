import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createWorkbench, type Workbench } from "../../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const records = [
  { email: "kim@example.org", name: 'Kim "K" {1}', tags: ["}", { a: 1 }] },
  { email: "lou@example.org", name: "Lou \\", tags: [] },
  { email: "max@example.org", name: "Max,\n{", tags: ["{"] },
];
const lines = records.map((record) => JSON.stringify(record));
const pretty = records.map((record) => JSON.stringify(record, undefined, 2));
const mapping = { email: "email", properties: { name: "name", tags: "tags" } };

describe("JSON records", () => {
  it.each([
    ["one a line", `${lines.join("\n")}\n`],
    ["one a line, with CRs alone", lines.join("\r")],
    ["one a line, with commas", `${lines.join(",\n")},\n`],
    ["over several lines", pretty.join("\n")],
    ["over several lines, with CRLF", pretty.join("\n").replaceAll("\n", "\r\n")],
    ["over several lines, with commas", pretty.join(",\n")],
    ["all on one line", lines.join("")],
    ["as a JSON text sequence", lines.map((line) => `\x1e${line}\n`).join("")],
    ["as a JSON text sequence without line breaks", lines.map((line) => `\x1e${line}`).join("")],
    ["in an array", JSON.stringify(records)],
    ["in an array over several lines", JSON.stringify(records, undefined, 2)],
  ])("are read: %s", async (_how, text) => {
    await bench.put("members.json", text);
    const run = await bench.prepare({ mapping });

    expect((await bench.profiles(run.chunks)).map(({ attributes }) => attributes)).toEqual(
      records.map(({ email, ...properties }) => ({ email, properties })),
    );
    expect(run.numbers).toMatchObject({ rows: 3, members: 3 });
    expect(await bench.describe()).toMatchObject({ rows: 3, members: 3 });
  });

  it("come to the same one a line, where most need no parsing, and in an array, where each is parsed", async () => {
    // The first thousand are parsed, to see what the fields are called.
    const many = Array.from({ length: 2_500 }, (_, row) => ({
      email: [`m${row}@example.org`, `ü${row}@example.org`, " ", null, `q"${row}`][row % 5],
      name: [`Name ${row}`, "Zoë \\", 12.5, null, { deep: row }, true][row % 6],
      ...(row % 7 === 0 ? {} : { other: "x" }),
    }));
    await bench.put("members.json", JSON.stringify(many));
    const parsed = await bench.prepare({
      mapping: { email: "email", properties: { name: "name" } },
    });
    const ofArray = await bench.profiles(parsed.chunks);
    await bench.clear();
    await bench.put("members.json", many.map((record) => JSON.stringify(record)).join("\n"));
    const read = await bench.prepare({ mapping: { email: "email", properties: { name: "name" } } });

    expect(await bench.profiles(read.chunks)).toEqual(ofArray);
    expect(read.numbers).toEqual(parsed.numbers);
    expect(read.setAside).toEqual(parsed.setAside);
    expect(read.hashes).toEqual(parsed.hashes);
    expect(read.numbers.members).toBe(500);
  });

  it("are read wherever the stream is cut", async () => {
    const many = Array.from({ length: 20_000 }, (_, row) =>
      JSON.stringify({ email: `m${row}@example.org`, name: '"{}\\' }, undefined, 1),
    );
    await bench.put("members.json", many.join("\n"));

    expect((await bench.prepare({ field: "email" })).numbers).toMatchObject({
      rows: 20_000,
      members: 20_000,
    });
  });

  it("set aside what stands between them", async () => {
    await bench.put("members.json", `${pretty.join("\n")}\nsomething else\n`);

    expect((await bench.prepare({ field: "email" })).numbers).toMatchObject({
      members: 3,
      invalid: 1,
    });
  });

  it("lose none to what stands before it", async () => {
    await bench.put(
      "members.json",
      `${pretty[0]}\nsomething else [1]\n${pretty.slice(1).join("\n")}`,
    );

    expect((await bench.prepare({ field: "email" })).numbers).toMatchObject({
      members: 3,
      invalid: 1,
    });
  });

  it("are refused when the last of them does not end, since it may have swallowed others", async () => {
    await bench.put("members.json", `${pretty[0]}\n${pretty[1]?.slice(0, -1)}\n${pretty[2]}\n`);

    await expect(bench.prepare({ field: "email" })).rejects.toMatchObject({
      problem: { code: "segmentUnreadable", params: { reason: "it ends within a JSON object" } },
    });
  });
});
