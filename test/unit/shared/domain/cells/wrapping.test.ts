import { describe, expect, it } from "@jest/globals";
import { judgeEmail } from "../../../../../shared/domain/profiles/email";
import { unwrapped } from "../../../../../shared/domain/cells/wrapping";

describe("what stands around a cell's text", () => {
  it.each([
    ["'98104", "98104"],
    ["'+1775", "+1775"],
    ["'Ann", "Ann"],
    ["'98104'", "98104"],
    ['="01067"', "01067"],
    ['="say ""hi"""', 'say "hi"'],
    ["\u200b\ufeff Ann\u200e", "Ann"],
    ["\u202a+49\u202c", "+49"],
    ["'\u00a0x", "x"],
  ])("is cut off: %j is %j", (cell, text) => {
    expect(unwrapped(cell)).toBe(text);
  });

  it.each([
    ...[
      "O'Neill",
      "'",
      "''",
      "'t Hooft",
      "'s-Hertogenbosch",
      "'so-called'",
      "rock 'n' roll",
      "=1+1",
    ],
    ...['"quoted"', "=", "\u{1f468}\u200d\u{1f469}", "\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}"],
  ])("is not %j itself", (text) => {
    expect(unwrapped(text)).toBe(text);
  });

  it("is cut off of email addresses by the same rule", () => {
    for (const cell of [
      "'ann@example.org",
      '="ann@example.org"',
      "\u200eAnn@example.org\u202c",
      "'ann@example.org'",
    ]) {
      expect(judgeEmail(cell)).toEqual({ kind: "valid", email: "ann@example.org" });
    }
    expect(judgeEmail("o'neill@example.org")).toEqual({
      kind: "valid",
      email: "o'neill@example.org",
    });
    expect(
      ["NULL", "n/a", "\\N", "#N/A", "-", "NaN", "'", '=""'].map((cell) => judgeEmail(cell).kind),
    ).toEqual(Array.from({ length: 8 }, () => "blank"));
  });
});
