import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { problem } from "../../../../../shared/domain/problems/problem";
import { createWorkbench, type Workbench } from "../../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const mapping = { email: "email", properties: { name: "name" } };

/** Address and name of each profile that the segment becomes. */
async function people(): Promise<readonly (readonly [unknown, unknown])[]> {
  const run = await bench.prepare({ mapping });
  const sent = await bench.profiles(run.chunks);
  return sent.map(({ attributes }) => [
    attributes["email"],
    (attributes["properties"] as Record<string, unknown> | undefined)?.["name"],
  ]);
}
const kimAndLou = [
  ["kim@example.org", "Kim"],
  ["lou@example.org", "Lou"],
];

describe("rows that have not as many cells as the header", () => {
  it("are warned of once a segment, with their number and the first of them", async () => {
    await bench.put("a.csv", "email,name\nkim@example.org,Kim\n");
    await bench.put("b.csv", "email,name\nlou@example.org,Lou,x\nmax@example.org\n");
    await bench.put(
      "c.csv",
      "email,name\nnoa@example.org,Noa,,x,y\noda@example.org\npia@example.org\n",
    );
    await bench.put("other/d.csv", "email,name\nron@example.org,Ron,x\n");
    const longer = { segment: "customers", rows: 2, file: "b.csv", row: 1 };
    const shorter = { segment: "customers", rows: 3, file: "b.csv", row: 2 };
    const ofCustomers = [problem("cellsBeyondHeader", longer), problem("cellsMissing", shorter)];

    const run = await bench.prepare({ mapping, segments: ["customers", "other"] });

    expect(run.warnings).toEqual([
      problem("cellsBeyondHeader", longer),
      problem("cellsBeyondHeader", { segment: "other", rows: 1, file: "d.csv", row: 1 }),
      problem("cellsMissing", shorter),
    ]);
    expect((await bench.describe()).warnings).toEqual(ofCustomers);
    expect(await people()).toEqual([
      ...kimAndLou,
      ["max@example.org", undefined],
      ["noa@example.org", "Noa"],
      ["oda@example.org", undefined],
      ["pia@example.org", undefined],
    ]);
  });

  it.each([
    [
      "delimiters at the ends of rows",
      "email,name\nkim@example.org,Kim,\nlou@example.org,Lou, ,\n",
    ],
    ["a delimiter at the header's end", "email,name,\nkim@example.org,Kim\nlou@example.org,Lou\n"],
    ["blank lines", "email,name\n\nkim@example.org,Kim\n  \nlou@example.org,Lou\n\n"],
  ])("are none where nothing is lost: %s", async (_what, text) => {
    await bench.put("members.csv", text);

    expect((await bench.prepare({ mapping })).warnings).toEqual([]);
    expect(await people()).toEqual(kimAndLou);
  });
});

describe("files that were put together", () => {
  const first = "email,name\nkim@example.org,Kim\n";
  it.each<[string, string | Buffer]>([
    ["with their headers", `${first}email,name\nlou@example.org,Lou\n`],
    ["with their byte-order marks", `\ufeff${first}\ufeffemail,name\nlou@example.org,Lou\n`],
    [
      "with quoted headers behind the marks",
      `\ufeff${first}\ufeff"email","name"\nlou@example.org,Lou\n`,
    ],
    ["whose columns stand in another order", `${first}name,email\nLou,lou@example.org\n`],
    ["in UTF-16", Buffer.from(`\ufeff${first}\ufeffemail,name\nlou@example.org,Lou\n`, "utf16le")],
    [
      "packed one by one",
      Buffer.concat([gzipSync(first), gzipSync("email,name\nlou@example.org,Lou\n")]),
    ],
  ])("are read as one: %s", async (_how, content) => {
    await bench.put("members.csv", content);

    expect(await people()).toEqual(kimAndLou);
    expect(await bench.describe()).toMatchObject({ rows: 2, members: 2, warnings: [] });
  });
});

it("reads columns that are parted as Hive does it", async () => {
  await bench.put("000000_0", "email\x01name\nkim@example.org\x01Kim\nlou@example.org\x01Lou\n");

  expect(await people()).toEqual(kimAndLou);
});
