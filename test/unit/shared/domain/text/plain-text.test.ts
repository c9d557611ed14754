import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  hidesCharacters,
  showLinesPlainly,
  showPlainly,
} from "../../../../../shared/domain/text/plain-text";

describe("a text that is shown", () => {
  it.each([
    ["a terminal's escape", "Sale\u001b[2J", "Sale\\u001b[2J"],
    ["a bell and a backspace", "a\u0007b\u0008", "a\\u0007b\\u0008"],
    ["a control of the upper half", "a\u009b31m", "a\\u009b31m"],
    ["an override of the direction", "exe.\u202egpj", "exe.\\u202egpj"],
    ["isolates", "\u2066a\u2069", "\\u2066a\\u2069"],
    ["a separator of lines", "a\u2028b\u2029", "a\\u2028b\\u2029"],
    ["a line break", "a\r\nb", "a\\u000d\\u000ab"],
    ["a space of no width", "a\u200bb\ufeff", "a\\u200bb\\ufeff"],
    ["a soft hyphen", "a\u00adb", "a\\u00adb"],
    ["a joiner between Latin letters", "a\u200db", "a\\u200db"],
    ["letters as tags", "a\u{e0061}", "a\\u{e0061}"],
  ])("shows what hides in it: %s", (_what, text, shown) => {
    expect(hidesCharacters(text)).toBe(true);
    expect(showPlainly(text)).toBe(shown);
  });

  it.each([
    ...[
      "Café München",
      "日本語",
      "👩‍👩‍👧‍👦 Families",
      "🏳️‍🌈",
      "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Scots",
      "👍🏽",
      "می‌خواهم",
      "क्‍ष",
      "עברית",
      "a b",
    ],
  ])("is left alone where writing needs what it holds: %s", (text) => {
    expect(hidesCharacters(text)).toBe(false);
    expect(showPlainly(text)).toBe(text);
  });

  it("keeps its lines and tabs where it may have several, and nothing else", () => {
    expect(showLinesPlainly("a\r\nb\tc\nd\re\u001b")).toBe("a\r\nb\tc\nd\\u000de\\u001b");
  });

  it("hides nothing any more, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(hidesCharacters(showPlainly(text))).toBe(false);
        expect(hidesCharacters(text) || showPlainly(text) === text).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
