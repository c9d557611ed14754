import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createWorkbench, type Workbench } from "../../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

/** Prepares one file and returns its members' emails in row order, and what was set aside. */
async function prepared(content: string | Buffer, field = "Email") {
  await bench.put("members.csv", content);
  const run = await bench.prepare({ field });
  return {
    emails: run.members.map(({ email }) => email),
    rows: run.members.map(({ row }) => row),
    setAside: run.setAside.map(({ row, category, email }) => [row, category, email]),
    total: run.numbers.rows,
    warnings: run.warnings.map(({ code }) => code),
  };
}
const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

describe("CSV as it comes", () => {
  const three = { emails: ["a@x.io", "b@x.io", "c@x.io"], rows: [1, 2, 3], setAside: [], total: 3 };
  const text = "Id,Email,Note\n1,a@x.io,p\n2,b@x.io,q\n3,c@x.io,r\n";

  it.each<[string, string | Buffer]>([
    ["commas", text],
    ["semicolons", text.replaceAll(",", ";")],
    ["tabs", text.replaceAll(",", "\t")],
    ["bars", text.replaceAll(",", "|")],
    ["CRLF", text.replaceAll("\n", "\r\n")],
    ["CR", text.replaceAll("\n", "\r")],
    ["line ends of all kinds", "Id,Email,Note\r\n1,a@x.io,p\n2,b@x.io,q\r3,c@x.io,r"],
    ["doubled CRs, as text mode leaves them", text.replaceAll("\n", "\r\r\n")],
    ["no line end at the end", text.trimEnd()],
    ["a UTF-8 byte-order mark", `\ufeff${text}`],
    ["UTF-16 LE with mark", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 BE with mark", utf16be(`\ufeff${text}`)],
    ["UTF-16 LE without mark", Buffer.from(text, "utf16le")],
    ["UTF-16 BE without mark", utf16be(text)],
    ["Excel's declared separator", `sep=;\r\n${text.replaceAll(",", ";")}`],
    ["quotes around every cell", text.replaceAll(/[^,\n]+/g, '"$&"')],
    ["a quoted header and a byte-order mark", `\ufeff"Id","Email","Note"\n${text.slice(14)}`],
    ["spaces before quotes", 'Id, "Email", "Note"\n1, "a@x.io", "p"\n2,b@x.io,q\n3,"c@x.io" ,r\n'],
    ["quoted line breaks", 'Id,Email,Note\n1,a@x.io,"p\nq\r\n\r\nz"\n2,b@x.io,"\n"\n3,c@x.io,r\n'],
    ["doubled quotes", 'Id,Email,Note\n1,a@x.io,"""p"""\n2,b@x.io,""\n3,c@x.io,"a "","" b"\n'],
    [
      "quotes within unquoted cells",
      'Id,Email,Note\n1,a@x.io,5" pipe\n2,b@x.io,6"\n3,c@x.io,x"y"z\n',
    ],
    ["text after a closing quote", 'Id,Email,Note\n1,a@x.io,"p" q\n2,b@x.io,"x"y"\n3,c@x.io,r\n'],
    ["delimiters in quotes", 'Id,Email,Note\n1,a@x.io,"p,q,r"\n2,b@x.io,";;;"\n3,c@x.io,"|\t"\n'],
    ["empty lines", "\n\nId,Email,Note\n\n1,a@x.io,p\n\n\n2,b@x.io,q\n3,c@x.io,r\n\n\n"],
    [
      "lines of white space",
      "Id,Email,Note\n  \n1,a@x.io,p\n\t\n2,b@x.io,q\n \t \n3,c@x.io,r\n   ",
    ],
    ["too many cells", "Id,Email,Note\n1,a@x.io,p,extra,extra\n2,b@x.io,q,\n3,c@x.io,r\n"],
    ["too few cells", "Id,Email,Note\n1,a@x.io\n2,b@x.io,q\n3,c@x.io\n"],
    [
      "a header that repeats",
      `${text.slice(0, 25)}Id,Email,Note\n${text.slice(25)}Id,Email,Note\n`,
    ],
    [
      "padding around the address",
      "Id,Email,Note\n1,  a@x.io ,p\n2,\ta@x.io,q\n".replace("\ta", "\u00a0b") +
        "3,c@x.io\u200b,r\n",
    ],
  ])("reads %s", async (_, content) => {
    expect(await prepared(content)).toMatchObject(three);
  });

  it("reads accents in UTF-8 and in Windows-1252, also in the fields' names", async () => {
    const accents = "Prénom;Adresse électronique\nZoë;a@x.io\nJosé “J.”;b@x.io\n";
    const windows = Buffer.from(
      accents.replaceAll("“", "\u0093").replaceAll("”", "\u0094"),
      "latin1",
    );
    for (const content of [Buffer.from(accents), windows]) {
      expect(await prepared(content, "Adresse électronique")).toMatchObject({
        emails: ["a@x.io", "b@x.io"],
      });
    }
  });

  it("reports an address with a Windows-1252 accent as it reads", async () => {
    const content = Buffer.from("Email\nzo\xeb@x.io\na@x.io\xa0\n", "latin1");
    expect(await prepared(content)).toMatchObject({
      emails: ["a@x.io"],
      setAside: [[1, "invalid", "zoë@x.io"]],
    });
  });

  it("counts a line with no cell for the email as a blank row", async () => {
    expect(await prepared("Id,Name,Email\n1\n2,n\n3,n,\n,,\n5,n,e@x.io\n")).toMatchObject({
      emails: ["e@x.io"],
      rows: [5],
      total: 5,
      setAside: [1, 2, 3, 4].map((row) => [row, "blank", null]),
    });
  });

  it("counts a quoted empty cell as a row, an empty line as none", async () => {
    expect(await prepared('Email\na@x.io\n""\n\n" "\nb@x.io\n')).toMatchObject({
      emails: ["a@x.io", "b@x.io"],
      rows: [1, 4],
      total: 4,
    });
  });

  it.each([
    "E-mail address",
    'Their "best" mail',
    "select",
    "a'b",
    "email;primary",
    " Email ",
    "*",
    "x\ny",
    "?",
  ])("finds a field called %j", async (name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    expect(await prepared(`id,${quoted},note\n1,a@x.io,z\n`, name)).toMatchObject({
      emails: ["a@x.io"],
    });
  });

  it("finds a field by its name without regard to case and outer space, if one alone has it", async () => {
    expect(await prepared("id, EMAIL \n1,a@x.io\n", "email")).toMatchObject({ emails: ["a@x.io"] });
    await expect(prepared("EMAIL,Email\na@x.io,b@x.io\n", "email")).rejects.toMatchObject({
      problem: {
        code: "fieldMissing",
        params: { fields: "“EMAIL”, “Email” in the line that was taken for its header" },
      },
    });
    expect(await prepared("EMAIL,email\na@x.io,b@x.io\n", "email")).toMatchObject({
      emails: ["b@x.io"],
    });
  });

  it("uses the first of several fields with one name, and says so", async () => {
    expect(await prepared("Email,Email\na@x.io,b@x.io\n")).toMatchObject({
      emails: ["a@x.io"],
      warnings: ["fieldRepeated"],
    });
  });

  it("reads a file of one field whatever its cells hold", async () => {
    expect(await prepared("Email\na@x.io\nnot an address; at all\nb@x.io\n")).toMatchObject({
      emails: ["a@x.io", "b@x.io"],
      total: 3,
    });
  });

  it.each([
    ["with a line end", '1,a@x.io\n2,"b@x.io\n'],
    ["without a line end", '1,a@x.io\n2,"b@x.io'],
  ])("reads the last cell if its quote is never closed, %s", async (_, rows) => {
    expect(await prepared(`Id,Email\n${rows}`)).toMatchObject({
      emails: ["a@x.io", "b@x.io"],
      total: 2,
    });
  });

  it.each([
    ["never closed", '1,"pipe,a@x.io\n2,q,b@x.io\n3,r,c@x.io\n'],
    ["closed only by another row's quote", '1,"pipe,a@x.io\n2,"q",b@x.io\n3,r,c@x.io\n'],
    ["in a row with line breaks elsewhere", '1,"pipe,a@x.io\n2,"q\nq",b@x.io\n3,"r",c@x.io\n'],
  ])("keeps every row when a quote is opened and %s", async (_, rows) => {
    expect(await prepared(`Id,Note,Email\n${rows}`)).toMatchObject(three);
  });

  it("keeps every row of a large file behind a quote that is never closed", async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, row) => `${row},note ${"n".repeat(80)},c${row}@x.io`,
    );
    rows[10] = '10,"note,c10@x.io';
    expect((await prepared(`Id,Note,Email\n${rows.join("\n")}\n`)).total).toBe(60_000);
  });

  it("reads cells of many megabytes, with line breaks of up to four", async () => {
    const lines = `${"line of a long text\n".repeat(150_000)}end`;
    const long = "x".repeat(9_000_000);
    expect(
      await prepared(`Id,Note,Email\n1,"${lines}",a@x.io\n2,${long},b@x.io\n3,"${long}",c@x.io\n`),
    ).toMatchObject(three);
  });

  it("sets aside an endless address and cuts it in the report", async () => {
    const { setAside } = await prepared(`Email\n${"y".repeat(3_000_000)}\n`);
    expect(setAside).toEqual([[1, "invalid", "y".repeat(2_000)]]);
  });

  it("reads on after NUL bytes and other control characters", async () => {
    expect(
      await prepared("Id,Email\n1\0,a@x.io\n2,b\0@x.io\n3,\x1f\x10Jc@x.io\n4,d@x.io\n"),
    ).toMatchObject({
      emails: ["a@x.io", "d@x.io"],
      setAside: [
        [2, "invalid", "b\0@x.io"],
        [3, "invalid", "\x1f\x10Jc@x.io"],
      ],
    });
  });

  it.each([
    ["an empty file", ""],
    ["a file of white space", " \n\n\t\r\n"],
    ["a byte-order mark alone", "\ufeff"],
    ["a header alone", "Id,Email\n"],
    ["a header alone without a line end", "Id,Email"],
  ])("finds no rows in %s", async (_, content) => {
    expect(await prepared(content)).toMatchObject({ total: 0, emails: [], setAside: [] });
  });

  it("names the fields that are there when the mapped one is not", async () => {
    await expect(prepared("Id,Mail,Phone\n1,a@x.io,2\n")).rejects.toMatchObject({
      problem: {
        code: "fieldMissing",
        params: {
          segment: "customers",
          file: "members.csv",
          field: "Email",
          fields: "“Id”, “Mail”, “Phone” in the line that was taken for its header",
        },
      },
    });
  });

  it("names some of the fields when there are many", async () => {
    const header = Array.from({ length: 500 }, (_, index) => `F${index}-${"n".repeat(200)}`);
    const failure = await prepared(`${header.join(",")}\n`).catch(String);
    expect(failure).toContain("and 480 more");
    expect(JSON.stringify(failure).length).toBeLessThan(2_000);
  });

  it("does not repeat the first line of a file without a header", async () => {
    const failure = await prepared("1,a@x.io\n2,b@x.io\n").catch(String);
    expect(failure).toContain("data where the names of its fields should be");
    expect(failure).not.toContain("a@x.io");
  });

  it.each<[string, Buffer, string]>([
    ["an Excel workbook", Buffer.from("504b030414000600", "hex"), "Excel workbook"],
    ["binary data", Buffer.from(Array.from({ length: 999 }, (_, at) => at % 7)), "binary data"],
    ["zstd", Buffer.from("28b52ffd0458", "hex"), "zstd"],
  ])("refuses %s with a reason", async (_, content, reason) => {
    await expect(prepared(content)).rejects.toMatchObject({
      problem: { code: "segmentUnreadable", params: { reason: expect.stringContaining(reason) } },
    });
  });
});
