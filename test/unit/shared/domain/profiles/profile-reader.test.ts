import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readPhoneNumber } from "../../../../../shared/adapters/phone-numbers";
import type { FieldMapping } from "../../../../../shared/domain/exports/field-mapping";
import {
  createProfileReader,
  readDrop,
} from "../../../../../shared/domain/profiles/profile-reader";
import { PLAIN_TEXT_PATTERN } from "../../../../../shared/domain/profiles/profile-values";

const mapping: FieldMapping = {
  email: "E",
  phone_number: "P",
  external_id: "T",
  title: "T",
  locale: "T",
  location: { city: "T", latitude: "N" },
  properties: {
    any: "T",
    text: { field: "T", type: "text" },
    number: { field: "N", type: "number", empty: "clear" },
    list: { field: "T", type: "list" },
    json: { field: "T", type: "json" },
  },
};
const reader = createProfileReader(mapping, readPhoneNumber);
const partOf = (attribute: string) =>
  reader.parts.find(({ mapped }) => mapped.attribute === attribute)!;

describe("a profile's reader", () => {
  it("names each field once, and tells each part where its value lies", () => {
    expect(reader.fields).toEqual(["P", "T", "N"]);
    expect(reader.parts.map(({ mapped, source }) => [mapped.attribute, source])).toEqual([
      ["phone_number", 0],
      ["external_id", 1],
      ["title", 1],
      ["locale", 1],
      ["location.city", 1],
      ["location.latitude", 2],
      ["properties.any", 1],
      ["properties.json", 1],
      ["properties.list", 1],
      ["properties.number", 2],
      ["properties.text", 1],
    ]);
  });

  it.each([
    ["title", " Dr ", '"Dr"'],
    ["title", " ", ""],
    ["title", null, ""],
    ["properties.number", "12.50", "12.5"],
    ["properties.number", "many", "!notType:aaaa"],
    ["phone_number", "call +1", "!notPhone:aaaa␣+9"],
    ["properties.list", "a,!b", '["a","!b"]'],
    ["properties.any", "!notType", '"!notType"'],
  ])("reads for %s %j as %s", (attribute, value, reading) => {
    expect(partOf(attribute).read(value)).toBe(reading);
  });

  it("makes no control characters of any text, which part rows in files", () => {
    const control = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join("");
    for (const { read } of reader.parts) {
      expect(read(`a${control}z`)).not.toMatch(/\p{Cc}/u);
    }
  });

  it("reads plain texts as themselves in quotes, up to the length that each part says", () => {
    const character = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));
    const plain = fc
      .array(character, { minLength: 1, maxLength: 300, size: "max" })
      .map((characters) => characters.join(""))
      .filter((text) => new RegExp(PLAIN_TEXT_PATTERN, "u").test(text));
    fc.assert(
      fc.property(plain, fc.constantFrom(...reader.parts), (text, part) => {
        fc.pre(text.length <= part.plainLength);
        expect(part.read(text)).toBe(`"${text}"`);
      }),
    );
    expect(reader.parts.filter(({ plainLength }) => plainLength > 0)).toHaveLength(5);
  });
});

describe("what was left out", () => {
  it("is read back with its field and reason", () => {
    expect(["0:notPhone", "9:notType"].map((drop) => readDrop(mapping, drop))).toMatchObject([
      { index: 0, field: { attribute: "phone_number", field: "P" }, reason: "notPhone" },
      { index: 9, field: { attribute: "properties.number", field: "N" }, reason: "notType" },
    ]);
  });

  it.each(["", "0", "11:notType", "0:because", "x:notType"])("is not %j", (drop) => {
    expect(() => readDrop(mapping, drop)).toThrow("this mapping can't have");
  });
});
