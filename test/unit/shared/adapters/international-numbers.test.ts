import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import examples from "libphonenumber-js/examples.mobile.json";
import { plainInternationalNumber } from "../../../../shared/adapters/international-numbers";
import { draws } from "../../../support/seeds/seed-of-draws";

const exampleOf: Readonly<Record<string, string>> = examples;
const countries = getCountries();

it.each([
  ["+491711234567", "+491711234567"],
  ["+49 171 1234567", "+491711234567"],
  ["+44 7400-123456", "+447400123456"],
  ["+1 201 555 0123", "+12015550123"],
])("%s is plainly %s", (cell, number) => {
  expect(plainInternationalNumber(cell)).toBe(number);
});

it.each([
  ["its national prefix", "+4901711234567"],
  ["punctuation that may mean something", "+49 (0) 171 1234567"],
  ["no plus", "491711234567"],
  ["no country", "+8001234567"],
  ["no calling code", "+999123456789"],
  ["a number that its plan lacks", "+491111"],
  ["outer space", " +491711234567"],
  ["two marks side by side", "+49  1711234567"],
  ["another kind of digits", "+４９1711234567"],
  ["a line break at the end", "+491711234567\n"],
])("a number with %s is left to the library", (_, cell) => {
  expect(plainInternationalNumber(cell)).toBeUndefined();
});

it("is told of all calling codes but those whose first country goes by other digits, or whose prefix may be empty", () => {
  const isTold = (country: (typeof countries)[number]): boolean =>
    plainInternationalNumber(`+${getCountryCallingCode(country)}${exampleOf[country] ?? ""}`) !==
    undefined;
  const told = new Set(countries.filter(isTold).map((country) => getCountryCallingCode(country)));
  const left = countries
    .map((country) => getCountryCallingCode(country))
    .filter((code) => !told.has(code));
  expect([...new Set(left)].sort()).toEqual(["212", "290", "358", "47", "54", "599", "7"]);
});

/** So many are drawn. */
const cells = draws(20_000, 200_000);

describe("a number that is told plainly", () => {
  /** A country's example with other digits at its end or one more or less, which mostly leaves it valid. */
  const near = fc
    .tuple(
      fc.constantFrom(...countries),
      fc.array(fc.nat({ max: 9 }), { minLength: 16, maxLength: 16 }),
      fc.nat({ max: 9 }),
      fc.integer({ min: -1, max: 1 }),
    )
    .map(([country, digits, changed, longer]) => {
      const example = exampleOf[country] ?? "";
      const kept = example.slice(0, Math.max(0, example.length - changed));
      const national = (kept + digits.join("")).slice(0, example.length + longer);
      return `+${getCountryCallingCode(country)}${national}`;
    });
  const wild = fc
    .array(fc.nat({ max: 9 }), { minLength: 5, maxLength: 17 })
    .map((digits) => `+${digits.join("")}`);
  const cell = fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: near }, wild),
      fc.array(fc.constantFrom("", "", "", " ", "-"), { minLength: 18, maxLength: 18 }),
    )
    .map(([number, marks]) =>
      Array.from(number, (digit, at) => (at < 2 ? digit : `${marks[at] ?? ""}${digit}`)).join(""),
    );

  it("is what the library reads, whatever country it is told", () => {
    const seen = { told: 0, left: 0 };
    fc.assert(
      fc.property(cell, fc.constantFrom(undefined, ...countries), (text, defaultCountry) => {
        const told = plainInternationalNumber(text);
        seen[told === undefined ? "left" : "told"] += 1;
        if (told !== undefined) {
          const read = parsePhoneNumberFromString(text, {
            ...(defaultCountry === undefined ? {} : { defaultCountry }),
            extract: false,
          });
          expect([text, read?.number, read?.isValid(), read?.isNonGeographic(), read?.ext]).toEqual(
            [text, told, true, false, undefined],
          );
        }
      }),
      { seed: 5, numRuns: cells },
    );
    // The property says something of both kinds.
    expect(Math.min(seen.told, seen.left)).toBeGreaterThan(cells / 10);
  });
});
