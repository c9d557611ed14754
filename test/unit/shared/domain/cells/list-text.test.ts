import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isBracketedList, readListText } from "../../../../../shared/domain/cells/list-text";

describe("a list that is written as text", () => {
  it.each<[string, unknown[]]>([
    ['["a", 1, null]', ["a", 1, null]],
    ["[]", []],
    ["['a', 'b']", ["a", "b"]],
    [`['it\\'s', "O'Neill", 1, True, None,]`, ["it's", "O'Neill", 1, true, null]],
    ["{a,b}", ["a", "b"]],
    ["{}", []],
    ['{a,"b, c","say \\"hi\\"",NULL}', ["a", "b, c", 'say "hi"']],
    ['"a","b"', ["a", "b"]],
    ['"a, b", c', ["a, b", "c"]],
    ['"say ""hi""",b', ['say "hi"', "b"]],
    ["'a','b'", ["a", "b"]],
    ["a, b ,,c", ["a", "b", "c"]],
    ['5" pipe, 6" pipe', ['5" pipe', '6" pipe']],
    ["O'Neill, 't Hooft", ["O'Neill", "'t Hooft"]],
    ['"open, b', ['"open', "b"]],
    ["[gold, not paid]", ["gold", "not paid"]],
    ["[VIP]", ["VIP"]],
    ["[u'a', b'b', nan]", ["a", "b", null]],
    ["('a', 'b')", ["a", "b"]],
    ["('a',)", ["a"]],
    ["(a, b)", ["(a", "b)"]],
  ])("is read from %s", (text, items) => {
    expect(readListText(text, ",")).toEqual(items);
  });

  it.each(["[a, b", "[a,,b]", "['a'", '{"a":1}', "{a,,b}", "[1 2]", "[a 'b']"])(
    "is not read from %s",
    (text) => {
      expect(readListText(text, ",")).toBeUndefined();
    },
  );

  it("is the same in each way of writing it", () => {
    const item = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((text) => text.trim() === text && text !== "");
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        const postgres = items.map((text) => `"${text.replace(/[\\"]/g, "\\$&")}"`).join(",");
        const python = items.map((text) => `'${text.replace(/[\\']/g, "\\$&")}'`).join(", ");
        expect(readListText(JSON.stringify(items), ";")).toEqual(items);
        expect(readListText(`{${postgres}}`, ";")).toEqual(items);
        expect(readListText(`[${python}]`, ";")).toEqual(items);
      }),
      { numRuns: 500 },
    );
  });

  it("takes time that grows with its size alone", () => {
    const many = 200_000;
    for (const text of [
      "'a,".repeat(many),
      `"${'a",'.repeat(many)}`,
      `{a${" ".repeat(many)}"}`,
      `['a'${" ".repeat(many)}x]`,
      `{"${'""'.repeat(many)}x}`,
      `('a'${" ".repeat(many)}x)`,
    ]) {
      readListText(text, ",");
    }
    expect(readListText("'a,".repeat(3), ",")).toEqual(["a", "a", "a"]);
  });

  it("is told by its brackets", () => {
    expect(
      ['["a"]', "['a']", "{a,b}", '{"a":1}', "a,b", "[draft] text", "[draft]"].map(isBracketedList),
    ).toEqual([true, true, true, false, false, false, false]);
  });
});
