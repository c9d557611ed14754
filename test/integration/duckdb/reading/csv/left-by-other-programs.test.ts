import { gzipSync } from "node:zlib";
import * as zlib from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createWorkbench, type Workbench } from "../../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const emails = async (): Promise<readonly unknown[]> =>
  (await bench.prepare({ field: "email" })).members.map(({ email }) => email);

describe("the mark of DOS at the end of a text", () => {
  it.each([
    ["members.csv", "email\r\nann@example.org\r\nbob@example.org\r\n\x1a"],
    ["members.csv", "email\r\nann@example.org\r\nbob@example.org\x1a\r\n"],
    ["members.csv", "email\r\nann@example.org\r\nbob@example.org\r\n\x1a\x1a\x1a"],
    ["members.ndjson", '{"email":"ann@example.org"}\n{"email":"bob@example.org"}\n\x1a'],
  ])("is no row, and no part of one: %s %j", async (name, text) => {
    await bench.put(name, text);
    expect((await bench.prepare({ field: "email" })).numbers).toMatchObject({
      ...{ rows: 2, invalid: 0, members: 2 },
    });
  });

  it("is text where more follows", async () => {
    await bench.put("members.csv", "email,note\nann@example.org,a\x1ab\n");
    const run = await bench.prepare({ mapping: { email: "email", properties: { n: "note" } } });
    expect(run.numbers).toMatchObject({ rows: 1, members: 1 });
  });
});

describe("characters in a header that nobody sees", () => {
  it.each(["email\u200b", "\u200bEmail", "e\u00admail", "email\u2060 ", "\ufeffemail"])(
    "keep no field from being found: %j",
    async (name) => {
      await bench.put("members.csv", `id,${name}\n1,ann@example.org\n`);
      expect(await emails()).toEqual(["ann@example.org"]);
      await bench.clear();
      await bench.put("members.ndjson", `${JSON.stringify({ [name]: "ann@example.org" })}\n`);
      expect(await emails()).toEqual(["ann@example.org"]);
    },
  );

  it("leave it to the exact name where they tell two fields apart", async () => {
    await bench.put("members.csv", "email\u200b,email\nann@example.org,bob@example.org\n");
    expect(await emails()).toEqual(["bob@example.org"]);
  });
});

describe("lines that are quoted as a whole", () => {
  it.each([
    '"email,name"\n"ann@example.org,Ann"\n"bob@example.org,Bob"\n',
    '"name;email"\r\n"Ann;ann@example.org"\r\n',
    '"email,name"\n"ann@example.org,""Lee, Ann"""\n"bob@example.org,Bob"\n',
  ])("are refused as what they are: %j", async (text) => {
    await bench.put("members.csv", text);
    const refused = {
      problem: {
        code: "segmentUnreadable",
        params: { reason: expect.stringContaining("in quotes as a whole") },
      },
    };
    await expect(bench.prepare({ field: "email" })).rejects.toMatchObject(refused);
    await expect(bench.describe()).rejects.toMatchObject(refused);
  });

  it("are none where a file has one column", async () => {
    await bench.put("members.csv", '"email"\n"ann@example.org"\n"bob@example.org"\n');
    expect(await emails()).toEqual(["ann@example.org", "bob@example.org"]);
  });
});

const packings: [string, (text: string) => Buffer][] = [
  ["gzip", (text) => gzipSync(text)],
  ["zstd", (text) => zlib.zstdCompressSync(text)],
];

describe.each(packings)("a file packed with %s", (packing, pack) => {
  const file = pack("email\nann@example.org\n");
  const more = pack("bob@example.org\n");
  const large = pack(`${"\n".repeat(3_000_000)}cyd@example.org\n`);

  it.each([
    ["another part", [more], 2],
    ["parts of all sizes", [more, large, more, large], 3],
    ["zeros", [Buffer.alloc(1_024)], 1],
    ["many zeros", [Buffer.alloc(1_000_000)], 1],
    ["zeros and another part", [Buffer.alloc(700), more], 2],
  ])("is read to its end with %s behind it", async (_what, rest, members) => {
    await bench.put("members.csv", Buffer.concat([file, ...rest]));
    expect((await bench.prepare({ field: "email" })).numbers).toMatchObject({ members });
  });

  it.each([
    ["text", [Buffer.from("email\nbob@example.org\n")]],
    ["zeros and text", [Buffer.alloc(600), Buffer.from("bob@example.org\n")]],
    ["many zeros and text", [Buffer.alloc(600_000), Buffer.from("bob@example.org\n")]],
  ])("is refused when %s follows that would be lost", async (_what, rest) => {
    await bench.put("members.csv", Buffer.concat([file, ...rest]));
    await expect(bench.prepare({ field: "email" })).rejects.toMatchObject({
      problem: {
        code: "segmentUnreadable",
        params: { reason: `something else follows its ${packing} data` },
      },
    });
  });

  it.each([
    ["a byte", Buffer.from("x")],
    ["the first byte of a part", more.subarray(0, 1)],
  ])("is refused when %s follows, in which nothing more may be told", async (_what, rest) => {
    await bench.put("members.csv", Buffer.concat([file, rest]));
    await expect(bench.prepare({ field: "email" })).rejects.toMatchObject({
      problem: { params: { reason: expect.stringMatching(/follows its|damaged or cut off/) } },
    });
  });

  it("is called damaged when it is cut off", async () => {
    await bench.put("members.csv", Buffer.concat([file, more.subarray(0, more.length - 3)]));
    await expect(bench.prepare({ field: "email" })).rejects.toMatchObject({
      problem: { params: { reason: `its ${packing} data is damaged or cut off` } },
    });
  });
});
