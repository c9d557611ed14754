import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import examples from "libphonenumber-js/examples.mobile.json";
import { callingCodeOf, readPhoneNumber } from "../../../../shared/adapters/phone-numbers";
import { PHONE_COUNTRIES } from "../../../../shared/domain/profiles/phone-countries";
import { draws } from "../../../support/seeds/seed-of-draws";

const E164 = /^\+[1-9]\d{6,14}$/;
/** What is sent for a cell; or why nothing is. */
const sent = (cell: string, defaultCountry?: string, codeWithoutPlus?: string): string => {
  const read = readPhoneNumber(cell, { defaultCountry, codeWithoutPlus });
  return read.kind === "number" ? read.number : read.kind;
};

it("takes as a default country exactly those whose numbering plans are known", () => {
  expect([...PHONE_COUNTRIES].sort()).toEqual([...getCountries()].sort());
});

describe("a phone number", () => {
  it.each([
    ["'+49 171 1234567", "+491711234567"],
    ["\u202a+49 171 1234567\u202c", "+491711234567"],
    ["+49\u200b1711234567", "+491711234567"],
    ["＋４９ １７１ １２３４５６７", "+491711234567"],
    ["(+49) 171 1234567", "+491711234567"],
    ["(0049) 171 1234567", "+491711234567"],
    ["p:+46701234567", "+46701234567"],
    ["tel:+46-70-123-45-67", "+46701234567"],
    ['="+491711234567"', "+491711234567"],
    ["0171/1234567", "+491711234567"],
  ])("%j is read as people and programs leave it", (cell, number) => {
    expect(sent(cell, "DE")).toBe(number);
  });

  it.each([
    ["1.2.3.5", "DE"],
    ["4.91716E+11", "DE"],
    ["+49 171 1234567²", "DE"],
    ["+49 171 1234567 x12", "DE"],
    ["+800 1234 5678", "DE"],
    ["+870773111632", undefined],
    ["+98 1234", "IR"],
    [`+49${"1".repeat(15)}`, "DE"],
    ["31.01.2024", "DE"],
    ["192.168.0.1", "US"],
  ])("%j of %s is none", (cell, country) => {
    expect(sent(cell, country)).toBe("none");
  });
});

describe("a number that begins with its country's code, without a plus", () => {
  it("is read so where nothing else is valid", () => {
    expect(sent("14155552671", "US")).toBe("+14155552671");
    expect(sent("447911123456", "GB")).toBe("+447911123456");
    expect(sent("393331234567", "IT")).toBe("+393331234567");
    expect(sent("4915123456789.0", "DE", "49")).toBe("+4915123456789");
  });

  it("is left out where it is valid both ways, unless most of its column begins so", () => {
    expect(sent("491716000000", "DE")).toBe("ambiguous");
    expect(sent("491716000000", "DE", "41")).toBe("ambiguous");
    expect(sent("491716000000", "DE", "49")).toBe("+491716000000");
    expect(sent("01716000000", "DE", "49")).toBe("+491716000000");
  });

  it.each([
    ["491716000000", { isCandidate: true, code: "49", isLikePhone: true, needsCountry: true }],
    ["+491716000000", { isCandidate: false, isLikePhone: true, needsCountry: false }],
    ["0049 171 6000000", { isCandidate: true, isLikePhone: true, needsCountry: false }],
    ["01716000000", { isCandidate: true, isLikePhone: true, needsCountry: true }],
    ["12", { isCandidate: true, isLikePhone: false, needsCountry: false }],
    ["ann", { isCandidate: false, isLikePhone: false, needsCountry: false }],
  ])("%s tells its code, and whether it needs a country", (cell, told) => {
    expect(callingCodeOf(cell)).toEqual({ code: undefined, ...told });
  });
});

const exampleOf: Readonly<Record<string, string>> = examples;

it("is each country's example, in every form, or left out", () => {
  const leftOut: string[] = [];
  for (const country of getCountries()) {
    const example = parsePhoneNumberFromString(exampleOf[country] ?? "", country);
    if (example === undefined) {
      throw new Error(`no example for ${country}`);
    }
    for (const cell of [
      example.number,
      example.formatInternational(),
      `'${example.formatInternational()}`,
      example.formatNational(),
    ]) {
      const number = sent(cell, country);
      if (number === "none" || number === "ambiguous") {
        leftOut.push(`${country} ${cell}`);
      } else {
        expect([cell, number]).toEqual([cell, example.number]);
      }
    }
    // Without its plus it is itself or nothing, never another.
    expect([example.number, "ambiguous"]).toContain(sent(example.number.slice(1), country));
    expect(sent(example.number.slice(1), country, example.countryCallingCode)).toBe(example.number);
  }
  expect(leftOut).toEqual([]);
});

/** So many are drawn. */
const cells = draws(5_000, 20_000);

describe("cells that may be phone numbers, of all countries", () => {
  const countries = getCountries();
  const digits = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 18 })
    .map((each) => each.join(""));
  /** A country's example with other digits at its end, which mostly leaves it valid. */
  const near = fc
    .tuple(fc.constantFrom(...countries), digits, fc.integer({ min: 0, max: 6 }))
    .map(([country, other, kept]) => {
      const example = exampleOf[country] ?? "";
      const head = example.slice(0, Math.max(2, example.length - kept));
      return { country, national: head + other.slice(0, example.length - head.length) };
    });
  const wild = fc.record({ country: fc.constantFrom(...countries), national: digits });
  const written = fc
    .tuple(fc.oneof({ weight: 3, arbitrary: near }, wild), fc.nat({ max: 13 }), fc.boolean())
    .map(([{ country, national }, form, known]) => {
      const code = getCountryCallingCode(country);
      const forms = [
        ...[
          `+${code}${national}`,
          `00${code}${national}`,
          `${code}${national}`,
          national,
          `0${national}`,
        ],
        ...[
          `'+${code}${national}`,
          `p:+${code}${national}`,
          `(+${code}) ${national}`,
          `+${code} (0) ${national}`,
        ],
        ...[
          `="${national}"`,
          `\u202a+${code}${national}\u202c`,
          `${code}${national}.0`,
          `+${code}${national} ext 5`,
        ],
        national.replace(/(..)(?=.)/g, "$1."),
      ];
      return { cell: forms[form] ?? national, country: known ? country : undefined };
    });

  it("come to E.164 of 7 to 15 digits, valid by the whole metadata, or to nothing", () => {
    const seen = { sent: 0, leftOut: 0 };
    fc.assert(
      fc.property(written, fc.boolean(), ({ cell, country }, habit) => {
        const code = habit && country !== undefined ? getCountryCallingCode(country) : undefined;
        const number = sent(cell, country, code);
        const isSent = number !== "none" && number !== "ambiguous";
        seen[isSent ? "sent" : "leftOut"] += 1;
        if (isSent) {
          const parsed = parsePhoneNumberFromString(number);
          expect(number).toMatch(E164);
          expect([
            parsed?.isValid(),
            parsed?.number,
            parsed?.isNonGeographic(),
            parsed?.ext,
          ]).toEqual([true, number, false, undefined]);
        }
      }),
      { seed: 14, numRuns: cells },
    );
    // The property says something of both kinds.
    expect(Math.min(seen.sent, seen.leftOut)).toBeGreaterThan(cells / 7);
  });
});
