import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  jsonField,
  parseJsonRecord,
} from "../../../../shared/adapters/duckdb/reading/json/json-records";
import { createPlainRecordReader } from "../../../../shared/adapters/duckdb/reading/json/plain-records";
import { draws, seedOfDraws } from "../../../support/seeds/seed-of-draws";

const wanted = ["Email", "Größe", "__proto__", "Email"];

/** What the reader finds of the wanted fields; undefined where the line has to be parsed. */
function readPlainly(line: string | Buffer): unknown[] | undefined {
  const bytes = Buffer.concat([Buffer.from("before\n"), Buffer.from(line), Buffer.from("\nafter")]);
  const reader = createPlainRecordReader(wanted);
  const start = "before\n".length;
  return reader.read(bytes, start, bytes.length - "\nafter".length)
    ? wanted.map((_, field) => reader.value(field))
    : undefined;
}

/** The same by parsing the whole line. */
function parsed(line: string | Buffer): unknown[] | undefined {
  const record = parseJsonRecord(Buffer.from(line).toString("utf8").trim());
  return record === undefined ? undefined : wanted.map((name) => jsonField(record, name));
}

describe("a line that is a plain record", () => {
  it.each([
    ['{"Email":"ann@example.org","City":"Bonn"}', "ann@example.org"],
    [' { "Email" : "ann@example.org" } \r', "ann@example.org"],
    ['{"Email":"jürgen@example.org"}', "jürgen@example.org"],
    ['{"Email":""}', ""],
    ['{"Email":null}', null],
    ['{"Email":true}', true],
    ['{"Email":-12.5e3}', -12500],
    ['{"Email":90071992547409931}', "90071992547409931"],
    ['{"Email":"first@example.org","Email":"last@example.org"}', "last@example.org"],
    ['{"email":"other@example.org"}', undefined],
    ["{}", undefined],
  ])("is read without being parsed: %s", (line, email) => {
    expect(readPlainly(line)?.[0]).toEqual(email);
    expect(readPlainly(line)).toEqual(parsed(line));
  });

  it("has its text in ASCII as it stands in the file", () => {
    const reader = createPlainRecordReader(wanted);
    const line = Buffer.from('{"Email":"ann@example.org","Größe":"groß"}');
    expect(reader.read(line, 0, line.length)).toBe(true);
    expect(reader.ascii(0)?.toString()).toBe("ann@example.org");
    expect(reader.ascii(1)).toBeUndefined();
    expect(reader.value(1)).toBe("groß");
  });
});

it.each([
  ...['{"Email":"a\\u0040b"}', '{"Email":{"a":1}}', '{"Email":["a"]}', "[]", "", '"Email"', "7"],
  ...['{"Email":"a"', '{"Email":"a}', '{"Email":"a"}}', '{"Email":"a"},', '{"Email" "a"}'],
  ...[
    '{"Email":01}',
    '{"Email":1.}',
    '{"Email":.5}',
    '{"Email":1e}',
    '{"Email":-}',
    '{"Email":+1}',
  ],
  ...['{"Email":tru}', '{"Email":nul}', '{"Email":}', '{"Email":"a",}', "{,}", '{"Email":"a\tb"}'],
  ...['\uFEFF{"Email":"a"}', '{"Email":"a"}\u00A0', '{Email:"a"}', "{'Email':'a'}"],
])("leaves to the parser what is no plain record: %s", (line) => {
  expect(readPlainly(line)).toBeUndefined();
});

it("finds what the parser finds, or leaves it to the parser", () => {
  const name = fc.oneof(fc.constantFrom(...wanted, "email", "City"), fc.string());
  const value = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.double(),
    fc.maxSafeInteger(),
    fc.bigInt().map((big) => ({ big: big.toString() })),
    fc.constantFrom(null, true, false, "ann@example.org", []),
  );
  const space = fc.constantFrom("", " ", "\t", "  ");
  const pair = fc
    .tuple(name, space, space, value)
    .map(([key, before, after, of]) =>
      [
        `${before}${JSON.stringify(key)}${after}:`,
        `${after}${typeof of === "object" && of !== null && "big" in of ? of.big : JSON.stringify(of)}${before}`,
      ].join(""),
    );
  const record = fc.array(pair, { maxLength: 5 }).map((pairs) => Buffer.from(`{${pairs.join()}}`));
  // A byte more, less or another, anywhere.
  const damaged = fc
    .tuple(record, fc.nat(), fc.nat(255), fc.constantFrom(0, 1))
    .map(([line, at, byte, dropped]) => {
      const place = at % (line.length + 1);
      const damage = Buffer.from([byte === 0x0a ? 0x20 : byte]);
      return Buffer.concat([line.subarray(0, place), damage, line.subarray(place + dropped)]);
    });
  let plain = 0;
  fc.assert(
    fc.property(fc.oneof(record, damaged), (line) => {
      const found = readPlainly(line);
      if (found !== undefined) {
        plain += 1;
        expect(found).toEqual(parsed(line));
      }
    }),
    { seed: seedOfDraws, numRuns: draws(2_000, 100_000) },
  );
  expect(plain).toBeGreaterThan(100);
});
