import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import {
  noSegmentSettings,
  type SegmentSettings,
} from "../../../../../shared/domain/segments/segment-settings";
import { createWorkbench, type Workbench } from "../../workbench";

let bench: Workbench;
let settings: SegmentSettings;
beforeAll(async () => {
  bench = await createWorkbench({ settings: () => settings });
});
beforeEach(() => void (settings = noSegmentSettings));
afterEach(() => bench.clear());
afterAll(() => bench.remove());

/** The profiles that a file becomes, with its fields `name` and `note` as properties. */
async function profiles(
  text: string,
  fields: readonly string[] = ["name", "note"],
  email = "email",
) {
  await bench.put("members.csv", text);
  const properties = Object.fromEntries(fields.map((field) => [field, field]));
  const run = await bench.prepare({ mapping: { email, properties } });
  const sent = await bench.profiles(run.chunks);
  return sent.map(({ attributes }) => [attributes["email"], attributes["properties"]]);
}

describe("quotes in a CSV's cells", () => {
  it.each([
    [
      "escaped by backslashes",
      String.raw`"kim@example.org","Kim \"Kimmy, the\" Lee","a \\"`,
      { name: 'Kim "Kimmy, the" Lee', note: "a \\" },
    ],
    [
      "doubled",
      `"kim@example.org","Kim ""Kimmy, the"" Lee","b"`,
      { name: 'Kim "Kimmy, the" Lee', note: "b" },
    ],
    [
      "doubled, after a cell that ends with a backslash",
      String.raw`"kim@example.org","C:\temp\","say ""yes"", then"`,
      { name: "C:\\temp\\", note: 'say "yes", then' },
    ],
    [
      "escaped over two lines",
      `"kim@example.org","Kim \\"the\n one\\", Lee","c"`,
      { name: 'Kim "the\n one", Lee', note: "c" },
    ],
    [
      "both ways in one cell",
      String.raw`"kim@example.org","a \"b\", ""c"" d","e"`,
      { name: 'a "b", "c" d', note: "e" },
    ],
  ])("may be %s", async (_how, line, properties) => {
    expect(await profiles(`email,name,note\n${line}\nlou@example.org,Lou,n\n`)).toEqual([
      ["kim@example.org", properties],
      ["lou@example.org", { name: "Lou", note: "n" }],
    ]);
  });

  it("may be escaped in both ways in one file", async () => {
    const lines = [
      String.raw`a@example.org,"one \"1, 2\" x",n`,
      `b@example.org,"two ""1, 2"" x",n`,
      String.raw`c@example.org,"C:\",n`,
      String.raw`d@example.org,"three \"1, 2\"",n`,
    ];

    const sent = await profiles(["email,name,note", ...lines].join("\n"));

    expect(sent.map(([, properties]) => properties)).toEqual([
      { name: 'one "1, 2" x', note: "n" },
      { name: 'two "1, 2" x', note: "n" },
      { name: "C:\\", note: "n" },
      { name: 'three "1, 2"', note: "n" },
    ]);
  });

  it("may be escaped for the first time long after the header", async () => {
    const rows = Array.from(
      { length: 9_000 },
      (_, row) => `m${row}@example.org,some name or other,n`,
    );
    const text = ["email,name,note", ...rows, String.raw`z@example.org,"Z \"y, x\" W","v"`].join(
      "\n",
    );

    expect((await profiles(text)).at(-1)).toEqual([
      "z@example.org",
      { name: 'Z "y, x" W', note: "v" },
    ]);
  });
});

describe("lines above a CSV's header", () => {
  it.each([
    ["a title", "Newsletter members"],
    ["a title as spreadsheets write it", "Newsletter members,,"],
    ["comments", "# made by the shop\n# 2026-02-03"],
    ["a note and an empty line", "Notes: for the spring, and more\n\n"],
    ["settings", "Created:,2026-02-03\nBy:,somebody"],
    ["settings of as many cells", "Report,of,members\nFrom,2026-02-03,x\nTo,2026-03-04,y"],
  ])("are passed over: %s", async (_what, lines) => {
    const text = `${lines}\nemail,name,note\nkim@example.org,Kim,n\nlou@example.org,Lou,n\n`;

    expect(await profiles(text)).toEqual([
      ["kim@example.org", { name: "Kim", note: "n" }],
      ["lou@example.org", { name: "Lou", note: "n" }],
    ]);
    const description = await bench.describe();
    expect(description.fields.map(({ name }) => name)).toEqual(["email", "name", "note"]);
    expect(description).toMatchObject({ rows: 2, members: 2, suggestedEmailField: "email" });
    expect((await bench.prepare({ field: "email" })).warnings).toMatchObject([
      { code: "linesAboveHeader" },
    ]);
  });

  it.each(["email", "Courriel", "E-Mail-Adresse"])(
    "are passed over above %s alone",
    async (email) => {
      await bench.put("members.csv", `Our members\n${email}\nkim@example.org\nlou@example.org\n`);

      expect(await bench.describe()).toMatchObject({
        rows: 2,
        members: 2,
        fields: [{ name: email }],
      });
      expect((await bench.prepare({ field: email })).numbers).toMatchObject({
        rows: 2,
        members: 2,
      });
    },
  );

  it.each([
    ["a header with fewer names than there are cells", "email,name\nkim@example.org,Kim,\n"],
    ["a table of one line", "email,name,note\n"],
    ["a header with gaps", "email,,\nkim@example.org,Kim,n\n"],
  ])("are none where there are none: %s", async (_what, text) => {
    await bench.put("members.csv", text);

    expect((await bench.prepare({ field: "email" })).warnings).toEqual([]);
  });

  it("are named as what was taken for the header where no table is plain", async () => {
    await bench.put("members.csv", "All members of spring\nthen, and now\nor later, too, or\n");

    await expect(bench.prepare({ field: "email" })).rejects.toMatchObject({
      problem: {
        code: "fieldMissing",
        params: { fields: "“All members of spring” in the line that was taken for its header" },
      },
    });
  });
});

describe("a CSV without a header", () => {
  it.each([
    ["addresses", "kim@example.org,Kim\nlou@example.org,Lou\n", "kim@example.org"],
    ["an address with a name", "Kim <kim@example.org>,Kim\nLou <lou@example.org>,Lou\n", "Kim"],
    ["dates", "2026-02-03,Kim\n2026-03-04,Lou\n", "Kim"],
    ["numbers", "1042,Kim,\n1043,Lou,\n", "Kim"],
    ["phone numbers", "Kim;+44 20 7946 0958\nLou;+44 20 7946 0959\n", "Kim"],
    ["national phone numbers", "Kim;0171 2345678\nLou;(030) 345678-9\n", "Kim"],
    ["sums", "Kim;12,50 €\nLou;13,50 €\n", "Kim"],
    ["yes and no", "Kim,ja,\nLou,nein,\n", "Kim"],
    ["a word for nothing above addresses", "1042,n/a,Kim\n1043,lou@example.org,Lou\n", "Kim"],
    ["days beside a gap", "Kim,,2026-02-03\nLou,7,2026-03-04\nJo,8,2026-03-05\n", "Kim"],
  ])("is refused in describing and in a run, without its cells: %s", async (_what, text, field) => {
    await bench.put("members.csv", text);
    const refusals = await Promise.all([
      bench.describe().catch((error: unknown) => error),
      bench.describe(field).catch((error: unknown) => error),
      bench.prepare({ field }).catch((error: unknown) => error),
    ]);

    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ problem: { code: "headerMissing" } });
      expect(JSON.stringify(refusal)).not.toMatch(/kim|lou|@/i);
    }
  });

  it.each([
    ["years as fields", "email,2025,2026\nkim@example.org,3,4\n"],
    ["numbered fields", "1,2,3\nkim@example.org,Kim,x\nlou@example.org,Lou,y\n"],
    ["all texts", "email,name\nkim@example.org,Kim\n"],
    ["a season above numbers", "email,2025-2026\nkim@example.org,3\n"],
    ["answers as fields", "email,yes,no\nkim@example.org,x,\n"],
  ])("is not seen in %s", async (_what, text) => {
    await bench.put("members.csv", text);

    expect(await bench.describe()).toMatchObject({ members: expect.any(Number) });
  });

  it("hides keys of NDJSON that are addresses", async () => {
    await bench.put("members.ndjson", '{"email":"a@example.org","kim@example.org":1}\n');

    const description = await bench.describe();
    const refused = await bench.prepare({ field: "mail" }).catch((error: unknown) => error);

    expect(description.fields.map(({ name }) => name)).toEqual(["email"]);
    expect(JSON.stringify(refused)).not.toContain("kim");
  });
});

describe("a CSV whose columns are named in its segment's settings", () => {
  const named = (...columns: string[]) => void (settings = { columns, version: 2 });

  it.each([
    ["without a header", "kim@example.org,Kim,1\nlou@example.org,Lou,2\n"],
    [
      "with these names for a header",
      "email,name,note\nkim@example.org,Kim,1\nlou@example.org,Lou,2\n",
    ],
    ["whose last cells are missing at times", "kim@example.org,Kim,1\nlou@example.org,Lou\n"],
  ])("keeps its first row: %s", async (_what, text) => {
    named("email", "name", "note");

    const sent = await profiles(text, ["name"]);

    expect(sent).toEqual([
      ["kim@example.org", { name: "Kim" }],
      ["lou@example.org", { name: "Lou" }],
    ]);
    expect(await bench.describe()).toMatchObject({ members: 2, emailField: "email" });
  });

  it.each([
    ["too few", ["email", "name"]],
    ["too many", ["email", "first", "name", "note"]],
  ])("is refused, in describing and in a run, when the names are %s", async (_what, names) => {
    named(...names);
    await bench.put("members.csv", "kim@example.org,Kim,1\nlou@example.org,Lou,2\n");

    const differ = {
      problem: { code: "columnsDiffer", params: { columns: 3, names: names.length } },
    };
    await expect(bench.describe()).rejects.toMatchObject(differ);
    await expect(bench.prepare({ field: "email" })).rejects.toMatchObject(differ);
  });

  it("may lie beside files that name their fields themselves, or are empty", async () => {
    named("email", "name", "note");
    await bench.put("more.ndjson", '{"email":"max@example.org","name":"Max"}\n');
    await bench.put("empty.csv", "");

    const sent = await profiles("kim@example.org,Kim,1\n", ["name"]);

    expect(sent.map(([email]) => email)).toEqual(["kim@example.org", "max@example.org"]);
  });
});
