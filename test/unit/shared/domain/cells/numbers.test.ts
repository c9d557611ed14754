import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decimalEvidence, readNumber } from "../../../../../shared/domain/cells/numbers";

describe("a number", () => {
  it.each<[string, number]>([
    ["12", 12],
    ["1.0", 1],
    ["5.", 5],
    ["99,00", 99],
    ["0,125", 0.125],
    ["1,234.50", 1_234.5],
    ["1.234,50", 1_234.5],
    ["1 234,50", 1_234.5],
    ["1\u00a0234,5", 1_234.5],
    ["1'234.50", 1_234.5],
    ["1,234,567", 1_234_567],
    ["1.234.567", 1_234_567],
    ["12,34,567.5", 1_234_567.5],
    ["$12.50", 12.5],
    ["-$12.50", -12.5],
    ["$-12.50", -12.5],
    ["12,50 €", 12.5],
    ["€12", 12],
    ["EUR 12.50", 12.5],
    ["12.50 USD", 12.5],
    ["R$ 1.234,50", 1_234.5],
    ["99 kr", 99],
    ["12,50 zł", 12.5],
    ["(12.50)", -12.5],
    ["12.50-", -12.5],
    ["−5", -5],
    ["1,5e3", 1_500],
    ["Rs. 500", 500],
    ["Rp 1.234.567", 1_234_567],
    ["R 1 234,50", 1_234.5],
    ["12,50 TL", 12.5],
    ["1.234,-", 1_234],
    ["CHF 12.–", 12],
    ["99:-", 99],
  ])("is read from %s, which can mean one thing only", (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  it.each(["1,234", "1.234", "$1,234", "999.000", "-12,500"])(
    "is not guessed from %s, which the decimal mark decides",
    (text) => {
      expect(readNumber(text)).toBe("ambiguous");
      const digits = text.replace(/[^\d.,-]/g, "");
      expect(readNumber(text, { decimal: "." })).toBe(Number(digits.replace(",", "")));
      expect(readNumber(text, { decimal: "," })).toBe(
        Number(digits.replace(".", "").replace(",", ".")),
      );
    },
  );

  it.each([
    "",
    "12 kg",
    "12 PCS",
    "1,2,3",
    "1.2.3.4",
    "12-34",
    "--5",
    "5 5",
    "1,23,4",
    "12%",
    "+",
    "$",
  ])("is not read from %j", (text) => {
    expect(readNumber(text)).toBe("none");
  });

  it("is not read with the other mark than the one that was set", () => {
    expect(readNumber("99,00", { decimal: ".", isSet: true })).toBe("none");
    expect(readNumber("99.00", { decimal: ",", isSet: true })).toBe("none");
    expect(readNumber("1,234.50", { decimal: ".", isSet: true })).toBe(1_234.5);
  });

  it("is the same with a plus before it, whatever mark its column has", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{1,12}(?:\.\d{0,3})?$/),
        fc.constantFrom(".", ",", undefined),
        fc.boolean(),
        (text, decimal, set) => {
          const column = { decimal, isSet: set && decimal !== undefined };
          expect([text, readNumber(text, column)]).toEqual([text, readNumber(`+${text}`, column)]);
        },
      ),
      { seed: 3, numRuns: 5_000 },
    );
  });

  it("is the same in every way of writing it", () => {
    const ways = ["en", "de", "fr", "de-CH", "en-IN", "sv", "pl", "pt-BR"].flatMap((locale) =>
      [{}, { style: "currency", currency: "EUR" } as const].map(
        (style) => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, ...style }),
      ),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -1e11, max: 1e11 }).map((cents) => cents / 100),
        fc.constantFrom(...ways),
        (number, format) => {
          expect(readNumber(format.format(number))).toBe(number);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

it("shows its decimal mark where it has one", () => {
  expect(
    ["1.5", "1,5", "1.234", "1,234", "1,234,567", "1.234.567", "12", "abc"].map(decimalEvidence),
  ).toEqual([".", ",", "either", "either", ".", ",", "any", "none"]);
});
