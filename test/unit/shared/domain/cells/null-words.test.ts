import { expect, it } from "@jest/globals";
import { isNullWord, NULL_WORDS } from "../../../../../shared/domain/cells/null-words";

it("says nothing, whichever of its letters are capitals", () => {
  const spelled = NULL_WORDS.filter((word) => word !== "\\n").flatMap((word) => [
    word,
    word.toUpperCase(),
    word.charAt(0).toUpperCase() + word.slice(1),
  ]);
  expect(spelled.filter((word) => !isNullWord(word))).toEqual([]);
  expect(isNullWord("\\N")).toBe(true);
  // The sign of the kelvin is a k in small letters.
  expect(isNullWord("\u212a.a.")).toBe(true);
});

it.each(["", "\\n", "nobody", "0", "0000-00-01", "#", "+49", "Ｎull"])(
  "%j says something",
  (cell) => {
    expect(isNullWord(cell)).toBe(false);
  },
);
