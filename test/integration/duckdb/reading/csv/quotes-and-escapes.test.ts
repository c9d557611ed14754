import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createWorkbench, type Workbench } from "../../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const mapping = { email: "email", properties: { name: "name", note: "note" } };

/** Name and note of each profile that a file becomes, by its address. */
async function people(text: string): Promise<Record<string, readonly unknown[]>> {
  await bench.put("members.csv", text);
  const run = await bench.prepare({ mapping });
  expect(run.warnings).toEqual([]);
  const sent = await bench.profiles(run.chunks);
  return Object.fromEntries(
    sent.map(({ attributes }) => {
      const { name, note } = attributes["properties"] as Record<string, unknown>;
      return [String(attributes["email"]).split("@")[0], [name, note]];
    }),
  );
}

/** A file as MySQL writes it: without quotes, with a backslash before what has a meaning. */
function asMySql(rows: readonly (readonly string[])[], delimiter: string): string {
  return rows
    .map((row) =>
      row
        .map((cell) =>
          cell === "" ? "\\N" : cell.replaceAll(/[\\\n]/g, "\\$&").replaceAll(delimiter, "\\$&"),
        )
        .join(delimiter),
    )
    .map((line) => `${line}\n`)
    .join("");
}

describe("backslashes before what parts cells and rows", () => {
  it.each([",", "\t", ";", "|"])("are read as MySQL writes them, between %j", async (delimiter) => {
    const text = asMySql(
      [
        ["name", "email", "note"],
        [`Kim${delimiter} the first`, "kim@example.org", "C:\\temp\\new"],
        ["Lou", "lou@example.org", ""],
        ["Max\nMoritz", "max@example.org", `two\nlines${delimiter} and more\n`],
        ["Noa", "noa@example.org", "ends with a backslash\\"],
        ["", "oda@example.org", 'says "yes"'],
      ],
      delimiter,
    );

    expect(await people(text)).toEqual({
      kim: [`Kim${delimiter} the first`, "C:\\temp\\new"],
      lou: ["Lou", undefined],
      max: ["Max\nMoritz", `two\nlines${delimiter} and more`],
      noa: ["Noa", "ends with a backslash\\"],
      oda: [undefined, 'says "yes"'],
    });
  });

  it("are read beside quotes, with line ends of two characters", async () => {
    const rows = [
      '"name","email","note"',
      String.raw`"Kim \"K, k\"","kim@example.org","C:\\temp"`,
      '"Lou",lou@example.org,\\N',
      '"Max","max@example.org","two\\\r\nlines"',
      "Noa\\\r\nNoe,noa@example.org,n",
    ];

    expect(await people(rows.join("\r\n"))).toEqual({
      kim: ['Kim "K, k"', "C:\\temp"],
      lou: ["Lou", undefined],
      max: ["Max", "two\r\nlines"],
      noa: ["Noa\r\nNoe", "n"],
    });
  });

  it("are told by a line of the last column that goes on", async () => {
    expect(
      await people("name,email,note\nKim,kim@example.org,one\\\ntwo\nLou,lou@example.org,n\n"),
    ).toEqual({ kim: ["Kim", "one\ntwo"], lou: ["Lou", "n"] });
  });

  it("are told far below the header", async () => {
    const rows = Array.from({ length: 9_000 }, (_, row) => `some name,m${row}@example.org,n`);
    const text = ["name,email,note", ...rows, "Z\\, Y,z@example.org,n"].join("\n");

    expect(await people(text)).toMatchObject({ m0: ["some name", "n"], z: ["Z, Y", "n"] });
  });

  it.each([
    ["within a path", String.raw`Kim,kim@example.org,C:\temp\new`, ["Kim", "C:\\temp\\new"]],
    ["at the end of a row", "Kim,kim@example.org,C:\\", ["Kim", "C:\\"]],
    ["at the end of a cell", "C:\\,kim@example.org,n", ["C:\\", "n"]],
    ["doubled", String.raw`Kim,kim@example.org,\\server\share`, ["Kim", "\\\\server\\share"]],
    ["before a doubled quote", String.raw`"C:\","kim@example.org","a ""b"""`, ["C:\\", 'a "b"']],
  ])("are text where the file does not escape: %s", async (_where, row, kim) => {
    expect(await people(`name,email,note\n${row}\nLou,lou@example.org,n\n`)).toEqual({
      kim,
      lou: ["Lou", "n"],
    });
  });

  it("never make one row of two people", async () => {
    await bench.put(
      "members.csv",
      "email,name,note\nkim@example.org,C:\\\nlou@example.org,Lou\nmax@example.org,D:\\\nnoa@example.org\n",
    );

    expect((await bench.prepare({ field: "email" })).members.map(({ email }) => email)).toEqual(
      ["kim", "lou", "max", "noa"].map((name) => `${name}@example.org`),
    );
  });
});

describe("single quotes around a CSV's cells", () => {
  it.each([
    ["around all", "'name','email','note'\n'O''Brien, Kim','kim@example.org','a\nb'\n"],
    ["around all but the header", "name,email,note\n'O''Brien, Kim','kim@example.org','a\nb'\n"],
    [
      "around texts alone",
      "id,name,email,n,m,note\n1,'O''Brien, Kim',kim@example.org,2,3,'a\nb'\n2,'Lou',lou@example.org,4,5,\n",
    ],
    ["escaped by a backslash", "name,email,note\n'O\\'Brien, Kim','kim@example.org','a\nb'\n"],
    ["between semicolons", "name;email;note\n'O''Brien, Kim';'kim@example.org';'a\nb'\n"],
  ])("wrap them: %s", async (_how, text) => {
    expect(await people(text)).toMatchObject({ kim: ["O'Brien, Kim", "a\nb"] });
  });

  it.each([
    ["a spreadsheet's marks of text", "'Kim,'kim@example.org,'98104\n'Lou,lou@example.org,'012"],
    ["names with apostrophes", "O'Kim,kim@example.org,'tis\nLou's,lou@example.org,rock 'n' roll"],
    ["marks of empty texts", "'Kim,kim@example.org,'\n',lou@example.org,'\n'Max,max@example.org,'"],
  ])("are text where they are %s", async (_what, rows) => {
    await bench.put("members.csv", `name,email,note\n${rows}\n`);
    const run = await bench.prepare({ field: "email" });

    expect(run.members.map(({ email }) => email).slice(0, 2)).toEqual([
      "kim@example.org",
      "lou@example.org",
    ]);
    expect(await bench.describe()).toMatchObject({
      fields: expect.arrayContaining([{ name: "note", type: expect.any(String) }]),
    });
  });

  it("are text within a list", async () => {
    const text = "name;email;note\nKim;kim@example.org;'red','blue'\nLou;lou@example.org;'x','y'\n";

    expect(await people(text)).toMatchObject({ kim: ["Kim", "'red','blue'"] });
  });
});
