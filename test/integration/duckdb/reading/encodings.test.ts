import { zstdCompressSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { problem } from "../../../../shared/domain/problems/problem";
import { decoderOf } from "../../../../shared/adapters/duckdb/reading/encoding/text-decoders";
import { createWorkbench, type Workbench } from "../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

/** A text in an encoding of eight bits, by trying which byte each character is. */
function encoded(text: string, label: string): Buffer {
  const decoder = decoderOf(label);
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Buffer.from([byte])), byte]),
  );
  return Buffer.from(text.split("").map((character) => bytes.get(character) ?? 0x3f));
}

const SPACE = Buffer.from(" ");

async function names(file: string, content: Buffer) {
  await bench.put(file, content);
  const run = await bench.prepare({ mapping: { email: "Email", properties: { name: "Name" } } });
  const sent = await bench.profiles(run.chunks);
  return {
    names: sent.map(({ attributes }) => (attributes["properties"] as { name: string }).name),
    warnings: run.warnings.map(({ code, params }) => [code, params["encoding"]]),
  };
}

describe("a text that is not UTF-8", () => {
  it.each([
    ["windows-1250", ["Łukasz Wróbel", "Božena Řezníčková", "Šárka"]],
    ["windows-1250", ["Łukasz"]],
    ["windows-1250", ["Ana Kovač", "Žiga Golob"]],
    ["windows-1252", ["Jörg Weiß", "Zoë François", "Íñigo Núñez"]],
    ["windows-1252", ["Søren Ågård"]],
    ["macintosh", ["Jörg Weiß", "Zoë François", "Íñigo Núñez"]],
    ["macintosh", ["Zoë"]],
    ["windows-1250", ["Győző Erdős", "Jenő"]],
    ["windows-1252", ["Siobhán O’Brien – Kö", "12 €", "“Zoë”"]],
    ["iso-8859-2", ["Šárka Řezníčková", "Žaneta"]],
    ["iso-8859-15", ["Cœur", "Gaëlle Lefèvre"]],
    ["windows-1254", ["Ayşe Yılmaz", "Oğuz"]],
    ["windows-1257", ["Žydrūnas Šimkus", "Eglė"]],
    ["windows-1251", ["Анна Петрова", "Иван"]],
    ["koi8-r", ["Анна Петрова", "Иван"]],
    ["ibm866", ["Анна Петрова", "Иван"]],
    ["windows-1253", ["Γιώργος Παπαδόπουλος", "Ελένη"]],
    ["windows-1255", ["דוד כהן", "שרה לוי"]],
    ["windows-1256", ["محمد علي", "فاطمة"]],
    ["cp850", ["Müller", "Größe", "José Muñoz"]],
    ["cp852", ["Łukasz Wójcik", "Žižek"]],
  ])("is read as %s, and that is said: %j", async (label, people) => {
    const csv = ["Email,Name", ...people.map((name, at) => `m${at}@example.org,${name}`)];
    const ndjson = people.map((Name, at) => JSON.stringify({ Email: `m${at}@example.org`, Name }));
    const expected = { names: people, warnings: [["encodingTold", label]] };

    expect(await names("m.csv", encoded(csv.join("\n"), label))).toEqual(expected);
    await bench.clear();
    expect(await names("m.ndjson", encoded(ndjson.join("\n"), label))).toEqual(expected);
  });

  it.each([
    ["shift_jis", "8e529363", "山田"],
    ["gb18030", "c0eecec4 d5c5cebab9fa", "李文 张魏国"],
    ["euc-kr", "b1e8c3b6bcf6 c0ccbfb5c8f1", "김철수 이영희"],
    // Its second bytes are those of a backslash and a bar.
    ["shift_jis", "835c837c955c8e52", "ソポ表山"],
  ])("is read as %s, whose characters take two bytes", async (label, hex, name) => {
    const bytes = hex.split(" ").map((part) => Buffer.from(part, "hex"));
    const person = Buffer.concat(bytes.flatMap((part, at) => (at === 0 ? [part] : [SPACE, part])));
    const rows = Array.from({ length: 3 }, (_, at) => [
      Buffer.from(`m${at}@example.org,`),
      person,
      Buffer.from("\n"),
    ]);

    expect(
      await names("m.csv", Buffer.concat([Buffer.from("Email,Name\n"), ...rows.flat()])),
    ).toEqual({
      names: [name, name, name],
      warnings: [["encodingTold", label]],
    });
  });

  it("is warned of where characters were lost before it was written", async () => {
    await bench.put("m.csv", "Email,Name\na@example.org,J\ufffdrg\n");
    const lost = problem("charactersLost", { segment: "customers", file: "m.csv" });

    expect((await bench.prepare()).warnings).toEqual([lost]);
    expect((await bench.describe()).warnings).toEqual([lost]);
  });

  it("is described with the same warning as it is exported with", async () => {
    await bench.put("m.csv", encoded("Email,Name\na@example.org,Łukasz", "windows-1250"));
    await bench.put("n.csv", "Members of May\nEmail,Name\nb@example.org,Kim\nc@example.org,Ann\n");

    const { warnings } = await bench.describe();

    expect(warnings).toEqual([
      problem("encodingTold", { segment: "customers", file: "m.csv", encoding: "windows-1250" }),
      problem("linesAboveHeader", { segment: "customers", file: "n.csv", lines: 1 }),
    ]);
    expect(warnings).toEqual((await bench.prepare()).warnings);
  });

  it("is warned of nothing where nothing is told, whatever columns have no name", async () => {
    await bench.put("m.csv", "Name,,\nKim,,\n");

    expect((await bench.describe()).warnings).toEqual([]);
  });

  it("is warned of where its letters don't tell", async () => {
    const text = Buffer.concat([
      Buffer.from("Email,Name\na@example.org,"),
      Buffer.from([0x98, 0xa6, 0xb5]),
    ]);

    expect((await names("m.csv", text)).warnings).toEqual([["encodingUnsure", "windows-1252"]]);
  });

  it("may be so in some lines only", async () => {
    const text = Buffer.concat([
      Buffer.from("Email,Name\na@example.org,Łukasz Müller\nb@example.org,"),
      encoded("Jörg Müller", "windows-1252"),
    ]);

    expect((await names("m.csv", text)).names).toEqual(["Łukasz Müller", "Jörg Müller"]);
  });
});

describe("a file that is no table", () => {
  it.each([
    ["a web page", "<!DOCTYPE html>\n<html><body>Sign in</body></html>"],
    ["XML", '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>'],
    ["vCards", "BEGIN:VCARD\nVERSION:3.0\nFN:Kim\nEND:VCARD\n"],
    ["Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"],
    ["a dump of SQL", "-- MySQL dump 10.13\nINSERT INTO t VALUES (1);\n"],
    ["an Excel workbook", "PK\u0003\u0004\u0014\u0000\u0006\u0000[Content_Types].xml"],
    ["a zip archive", "PK\u0003\u0004\u0014\u0000\u0000\u0000members.csv"],
    ["an image", Buffer.from("89504e470d0a1a0a", "hex")],
  ])("is called what it is: %s", async (what, content) => {
    await bench.put("members.csv", content);
    const refused = {
      problem: {
        code: "segmentUnreadable",
        params: { reason: expect.stringContaining(what) },
      },
    };

    await expect(bench.describe()).rejects.toMatchObject(refused);
    await expect(bench.prepare()).rejects.toMatchObject(refused);
  });
});

describe("a file packed with zstd", () => {
  const text = "Email,Name\na@example.org,Kim\n";

  it("is read", async () => {
    expect((await names("m.csv.zst", zstdCompressSync(text))).names).toEqual(["Kim"]);
  });

  it("is refused when it is cut off", async () => {
    await bench.put("m.csv.zst", zstdCompressSync(text).subarray(0, 20));

    await expect(bench.prepare()).rejects.toMatchObject({
      problem: { params: { reason: "its zstd data is damaged or cut off" } },
    });
  });
});
