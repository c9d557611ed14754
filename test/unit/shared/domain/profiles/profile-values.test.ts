import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readPhoneNumber } from "../../../../../shared/adapters/phone-numbers";
import type { ColumnHabit } from "../../../../../shared/domain/cells/column-habit";
import type { ValueRule } from "../../../../../shared/domain/exports/field-mapping";
import {
  createValueReader,
  type ReadValue,
} from "../../../../../shared/domain/profiles/profile-values";

/** What a cell comes to: the value sent, `empty`, or why it is left out. */
function read(rule: ValueRule, cell: unknown, habit?: ColumnHabit): unknown {
  const value: ReadValue = createValueReader(rule, readPhoneNumber, habit)(cell);
  switch (value.kind) {
    case "value":
      return JSON.parse(value.json);
    case "empty":
      return EMPTY;
    case "dropped":
      return { dropped: value.reason };
  }
}
const EMPTY = Symbol("empty");
const dropped = (reason: string): object => ({ dropped: reason });

const text: ValueRule = { kind: "text" };
const property = (type?: "text" | "number" | "boolean" | "date" | "json"): ValueRule => ({
  kind: "property",
  type,
});
const list = (separator = ","): ValueRule => ({ kind: "property", type: "list", separator });
const everyRule: ValueRule[] = [
  text,
  { kind: "externalId" },
  { kind: "phone", defaultCountry: "DE" },
  { kind: "locale" },
  { kind: "url" },
  { kind: "latitude" },
  { kind: "longitude" },
  { kind: "timeZone" },
  { kind: "ip" },
  property(),
  property("text"),
  property("number"),
  property("boolean"),
  property("date"),
  property("json"),
  list(),
];

/** Decimals as people and programs write them: short and long ones, very large and very small ones. */
const digits = (most: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
    minLength: 1,
    maxLength: most,
  });
const decimal: fc.Arbitrary<string> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number.toPrecision(17)),
  fc
    .tuple(
      fc.constantFrom("", "-"),
      digits(25),
      fc.option(digits(25), { nil: undefined }),
      fc.option(fc.integer({ min: -400, max: 400 }), { nil: undefined }),
    )
    .map(
      ([sign, whole, fraction, exponent]) =>
        sign +
        whole +
        (fraction === undefined ? "" : `.${fraction}`) +
        (exponent === undefined ? "" : `e${String(exponent)}`),
    ),
);

/** JSON has no zeros before other digits. */
function asJson(written: string): string {
  return written.replace(/^(-?)0+(?=\d)/, "$1");
}

/** Whether two decimals are the same number, as whole numbers of the smallest unit that either needs. */
function isSame(one: string, other: string): boolean {
  const parts = [one, other].map((text) => {
    const [, sign, whole = "", fraction = "", exponent = "0"] =
      /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text) ?? [];
    return {
      count: BigInt(`${sign ?? ""}${whole}${fraction}`),
      unit: Number(exponent) - fraction.length,
    };
  });
  const unit = Math.min(...parts.map((part) => part.unit));
  const [first, second] = parts.map((part) => part.count * 10n ** BigInt(part.unit - unit));
  return first === second;
}

describe.each(everyRule)("a cell of %j", (rule) => {
  it.each(["", "   ", "\t\r\n", "\u00a0", "\0", null, undefined])("is empty with %j", (cell) => {
    expect(read(rule, cell)).toBe(EMPTY);
  });
});

describe("a word for nothing", () => {
  const words = ["NULL", "null", "NaN", "NA", "n/a", "k.A.", "#N/A", "#WERT!", "#¡VALOR!", "-"];
  const names: ValueRule[] = [text, { kind: "externalId" }, property(), property("text")];

  it.each(everyRule)("is never a value of %j if it is \\\\N", (rule) => {
    expect(read(rule, "\\N")).toBe(EMPTY);
  });

  it("is empty in columns of numbers, dates, phones and the like", () => {
    for (const rule of everyRule.filter((each) => !names.some((name) => name === each))) {
      if (!names.some((name) => JSON.stringify(name) === JSON.stringify(rule))) {
        expect(words.map((word) => read(rule, word))).toEqual(words.map(() => EMPTY));
      }
    }
  });

  it("is a text among texts, unless their column shows that it stands for nothing", () => {
    for (const rule of names) {
      expect(words.map((word) => read(rule, word))).toEqual(words);
      expect(read(rule, "NULL", { empty: ["NULL"] })).toBe(EMPTY);
      expect(read(rule, "Null", { empty: ["NULL"] })).toBe("Null");
    }
  });
});

describe("text", () => {
  it.each<[unknown, unknown]>([
    ["  Ann ", "Ann"],
    ["Zoë 🎉 東京", "Zoë 🎉 東京"],
    ['a "quoted"\nline\\', 'a "quoted"\nline\\'],
    ["a\0b", "ab"],
    ["half \ud83c", "half \ufffd"],
    [7, "7"],
    [1.5, "1.5"],
    [true, "true"],
    [["a", 1], '["a",1]'],
    [{ a: 1 }, '{"a":1}'],
  ])("%j is sent as %j", (cell, sent) => {
    expect(read(text, cell)).toBe(sent);
    expect(read(property("text"), cell)).toBe(sent);
  });
});

describe("what a spreadsheet puts around a value", () => {
  it.each<[ValueRule, string, unknown]>([
    [text, "'98104", "98104"],
    [text, '="01067"', "01067"],
    [text, "\u200e\ufeffAnn\u202c", "Ann"],
    [text, "O'Neill", "O'Neill"],
    [text, "'t Hooft", "'t Hooft"],
    [text, "'", "'"],
    [{ kind: "externalId" }, "'007", "007"],
    [{ kind: "phone", defaultCountry: "US" }, "'+14155552671", "+14155552671"],
    [{ kind: "phone", defaultCountry: undefined }, "p:+46701234567", "+46701234567"],
    [{ kind: "locale" }, "'en-US", "en-US"],
    [{ kind: "url" }, '="https://x.io"', "https://x.io"],
    [{ kind: "latitude" }, "'52.5", 52.5],
    [{ kind: "ip" }, "\u200b127.0.0.1", "127.0.0.1"],
    [property("number"), "'12", 12],
    [property("boolean"), '="true"', true],
    [property("date"), "'2024-01-31", "2024-01-31"],
    [list(), "'a,b", ["a", "b"]],
  ])("is no part of it: %j, %s", (rule, cell, sent) => {
    expect(read(rule, cell)).toEqual(sent);
  });
});

describe("an external id", () => {
  it("is any text of at most 255 characters", () => {
    expect(read({ kind: "externalId" }, "x".repeat(255))).toBe("x".repeat(255));
    expect(read({ kind: "externalId" }, 42)).toBe("42");
    expect(read({ kind: "externalId" }, "x".repeat(256))).toEqual(dropped("tooLong"));
  });
});

describe("a phone number", () => {
  it.each([
    ["+49 171 1234567", undefined, "+491711234567"],
    ["+1 (415) 555-2671", undefined, "+14155552671"],
    ["0171 1234567", "DE", "+491711234567"],
    ["00491711234567", "DE", "+491711234567"],
    ["+49 (0) 171 1234567", "DE", "+491711234567"],
    ["415.555.2671", "US", "+14155552671"],
    ["+44 20 7946 0958", "DE", "+442079460958"],
    ["４１５５５５２６７１", "US", "+14155552671"],
    [4155552671, "US", "+14155552671"],
    ["+49 171 1234567.0", undefined, "+491711234567"],
    ["044 668 18.00", "CH", "+41446681800"],
    ["0049 30 1234567", undefined, "+49301234567"],
    ["whatsapp:+4917112345678", undefined, "+4917112345678"],
  ])("%s from %s is sent as %s", (cell, defaultCountry, sent) => {
    expect(read({ kind: "phone", defaultCountry }, cell)).toBe(sent);
  });

  it.each([
    ["0171 1234567", undefined],
    ["4155552671", undefined],
    ["911", "US"],
    ["+1 555", "US"],
    ["+49 171 1234567 ext. 9", "DE"],
    ["call +49 171 1234567", "DE"],
    ["+49 171 1234567, +49 171 1234568", "DE"],
    ["+999 12345678", "DE"],
    ["1".repeat(61), "DE"],
    ["+49'; DROP TABLE members", "DE"],
  ])("%s from %s is left out", (cell, defaultCountry) => {
    expect(read({ kind: "phone", defaultCountry }, cell)).toEqual(dropped("notPhone"));
  });
});

describe("Klaviyo's other attributes", () => {
  it.each<[ValueRule["kind"], unknown, unknown]>([
    ["locale", "en-US", "en-US"],
    ["locale", "EN_us", "en-US"],
    ["locale", "fil-PH", "fil-PH"],
    ["url", "https://x.io/a b.png?q=ü", "https://x.io/a b.png?q=ü"],
    ["url", "HTTP://x.io", "HTTP://x.io"],
    ["latitude", "52.52", 52.52],
    ["latitude", -90, -90],
    ["latitude", "52,52", 52.52],
    ["longitude", "13,404", 13.404],
    ["longitude", "+180.0", 180],
    ["longitude", "-0.1278", -0.1278],
    ["timeZone", "Europe/Berlin", "Europe/Berlin"],
    ["timeZone", "UTC", "UTC"],
    ["ip", "127.0.0.1", "127.0.0.1"],
    ["ip", "2001:db8::1", "2001:db8::1"],
  ])("%s %j is sent as %j", (kind, cell, sent) => {
    expect(read({ kind } as ValueRule, cell)).toBe(sent);
  });

  it.each<[ValueRule["kind"], unknown, string]>([
    ["locale", "en", "notLocale"],
    ["locale", "English", "notLocale"],
    ["locale", "en-USA", "notLocale"],
    ["url", "x.io/a.png", "notUrl"],
    ["url", "javascript:alert(1)", "notUrl"],
    ["url", "https://", "notUrl"],
    ["latitude", "90.1", "notCoordinate"],
    ["latitude", "52,52,0", "notCoordinate"],
    ["latitude", "$52.5", "notCoordinate"],
    ["longitude", "180.5", "notCoordinate"],
    ["longitude", "0x10", "notCoordinate"],
    ["longitude", "Infinity", "notCoordinate"],
    ["timeZone", "Berlin", "notTimeZone"],
    ["timeZone", "+02:00", "notTimeZone"],
    ["ip", "256.1.1.1", "notIp"],
    ["ip", "fe80::1%eth0", "notIp"],
    ["ip", "localhost", "notIp"],
  ])("%s %j is left out", (kind, cell, reason) => {
    expect(read({ kind } as ValueRule, cell)).toEqual(dropped(reason));
  });
});

describe("a custom property", () => {
  it.each<[unknown]>([
    ["text"],
    [7],
    [-1.5],
    [true],
    [false],
    [0],
    [["a", 1, null]],
    [{ a: [{}] }],
  ])("without a type keeps that of its source: %j", (cell) => {
    expect(read(property(), cell)).toEqual(cell);
    expect(read(property("json"), typeof cell === "string" ? JSON.stringify(cell) : cell)).toEqual(
      cell,
    );
  });

  it.each<[unknown, unknown]>([
    ["12", 12],
    ["-3.50", -3.5],
    ["+7", 7],
    [".5", 0.5],
    ["1e6", 1_000_000],
    ["1.0", 1],
    ["1,5", 1.5],
    ["99,00", 99],
    ["1.000,5", 1_000.5],
    ["1,234.50", 1_234.5],
    ["$12.50", 12.5],
    ["12 EUR", 12],
    ["007", 7],
    [12, 12],
    ["9007199254740991", 9_007_199_254_740_991],
  ])("is the number %j as %j", (cell, sent) => {
    expect(read(property("number"), cell)).toBe(sent);
  });

  it.each(["1.000.5", "12 kg", "0x1f", "1_000", "Infinity", "1e999", "1,2,3", "12.5.24"])(
    "is no number with %j",
    (cell) => {
      expect(read(property("number"), cell)).toEqual(dropped("notType"));
    },
  );

  it.each([
    "9007199254740993",
    "12345678901234567.0",
    "0.12345678901234567890123",
    "1e-400",
    "1e309",
    "-1.00000000000000000000001e2",
  ])("is no number with %s, of which a number keeps only a part", (cell) => {
    expect(read(property("number"), cell)).toEqual(dropped("notType"));
  });

  it.each<[string, number]>([
    ["9007199254740992", 2 ** 53],
    ["1.50000000000000000000000", 1.5],
    ["0.00000000000000000000000000000000", 0],
    ["1000000000000000000000e-21", 1],
    ["1e308", 1e308],
    ["5e-324", 5e-324],
    // As programs write 0.1 that give every double 17 digits.
    ["0.10000000000000001", 0.1],
  ])("is the number %s, however many digits it was written with", (cell, sent) => {
    expect(read(property("number"), cell)).toBe(sent);
  });

  it("is never another number than was written", () => {
    const seen = { kept: 0, left: 0 };
    fc.assert(
      fc.property(decimal, (written) => {
        const sent = createValueReader(property("number"), readPhoneNumber)(written);
        seen[sent.kind === "value" ? "kept" : "left"] += 1;
        // What is left open is asked for: a single mark with three digits after it may part thousands.
        fc.pre(!/^-?[1-9]\d{0,2}\.\d{3}$/.test(written));
        return sent.kind === "value"
          ? isSame(sent.json, written) || isSame(Number(written).toPrecision(17), written)
          : !isSame(String(Number(written)), written);
      }),
      { numRuns: 2_000 },
    );
    // The property says something of both kinds.
    expect(Math.min(seen.kept, seen.left)).toBeGreaterThan(100);
  });

  it("keeps all digits of numbers within JSON, as text if a number would be another", () => {
    expect(read(property("json"), "[12345678901234567890, 9007199254740992, 1.5, 1e400]")).toEqual([
      "12345678901234567890",
      "9007199254740992",
      1.5,
      "1e400",
    ]);
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 1 }), (written) => {
        const numbers = written.map(asJson);
        const cell = `{"a": [${numbers.join(", ")}]}`;
        const { a: sent } = read(property("json"), cell) as { a: (number | string)[] };
        return numbers.every(
          (number, index) =>
            isSame(String(sent[index]), number) || isSame(Number(number).toPrecision(17), number),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[unknown, unknown]>([
    ["true", true],
    ["YES", true],
    ["1", true],
    [true, true],
    [1, true],
    ["False", false],
    ["no", false],
    [0, false],
    [false, false],
    ["on", true],
    ["Y", true],
    ["f", false],
    ["Ja", true],
    ["nein", false],
    ["NON", false],
    ["sí", true],
    ["si\u0301", true],
    ["tak", true],
    ["Nie", false],
    ["1.0", true],
    ["-1", true],
    ["HAYIR", false],
    ["igaz", true],
    ["да", true],
    ["не", false],
    ["はい", true],
    ["✗", false],
    ["maybe", dropped("notType")],
    ["2", dropped("notType")],
  ])("is the boolean %j as %j", (cell, sent) => {
    expect(read(property("boolean"), cell)).toEqual(sent);
  });

  it.each<[unknown, string]>([
    ["2024-02-29", "2024-02-29"],
    ["2024-01-31 10:00", "2024-01-31T10:00:00"],
    ["2024-01-31T10:00:05.250Z", "2024-01-31T10:00:05.250Z"],
    ["2024-01-31t10:00:05z", "2024-01-31T10:00:05Z"],
    ["2024-01-31 10:00:05 +0200", "2024-01-31T10:00:05+02:00"],
    ["2024-01-31 10:00:05-05", "2024-01-31T10:00:05-05:00"],
    ["2024-01-31 12:00:00 UTC", "2024-01-31T12:00:00Z"],
    ["2024-01-31T10:00:05.123456789Z", "2024-01-31T10:00:05.123456Z"],
    ["31.01.2024", "2024-01-31"],
    ["01/31/2024", "2024-01-31"],
    ["20240131", "2024-01-31"],
    [1_706_659_200, "2024-01-31T00:00:00Z"],
  ])("is the date %j as %j", (cell, sent) => {
    expect(read(property("date"), cell)).toBe(sent);
  });

  it.each([
    "2023-02-29",
    "1900-02-29",
    "2024-02-30",
    "2024-04-31",
    "2024-13-01",
    "2024-00-10",
    "2024-01-31T24:00",
    "2024-01-31T10:60",
    "45322",
    "20241331",
    "32.01.2024",
  ])("is no date with %j", (cell) => {
    expect(read(property("date"), cell)).toEqual(dropped("notType"));
  });

  it.each<[unknown, string, unknown]>([
    ["a, b ,,c", ",", ["a", "b", "c"]],
    ["a;b", ";", ["a", "b"]],
    ["a", ";", ["a"]],
    [" || ", "|", []],
    ['["a", 1, true, null]', ",", ["a", 1, true, null]],
    [["a", { b: 1 }], ",", ["a", { b: 1 }]],
    [7, ",", [7]],
    [{ a: 1 }, ",", [{ a: 1 }]],
    ["[a, b", ",", dropped("notType")],
    ['"a","b, c"', ",", ["a", "b, c"]],
    ["{a,b}", ",", ["a", "b"]],
    ["['a', 'b']", ";", ["a", "b"]],
  ])("is the list %j, parted by %j, as %j", (cell, separator, sent) => {
    expect(read(list(separator), cell)).toEqual(sent);
  });

  it.each<[string, unknown]>([
    ['{"a": [1, {"b": null}]}', { a: [1, { b: null }] }],
    ['"x"', "x"],
    ["null", EMPTY],
    ["{a: 1}", dropped("notType")],
    ["Gold", dropped("notType")],
  ])("is the JSON %j as %j", (cell, sent) => {
    expect(read(property("json"), cell)).toEqual(sent);
  });

  it("holds no NUL and no half of a character, however deep", () => {
    expect(read(property(), { "k\0": ["a\0", { b: "\ud83c" }] })).toEqual({
      k: ["a", { b: "\ufffd" }],
    });
  });
});
