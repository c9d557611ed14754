import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { valueShape } from "../../../../../shared/domain/profiles/value-shape";

describe("what a value looks like", () => {
  it.each([
    ["1.2.3.5", "9.9.9.9"],
    ["+351 912 345-678", "+999␣999␣999-999"],
    ["Ann O'Neil", "Aaa␣A'Aaaa"],
    ["Zürich", "Aaaaaa"],
    ["ÄRGER", "AAAAA"],
    ["a\tb\u0000", "a␣a␣"],
    ["٣東😀", "9a?"],
    ["123456789012345678901234", "999999999999999999999999"],
    ["1234567890123456789012345", "999999999999999999999999…"],
    [12.5, "99.9"],
    [true, "true/false"],
    [null, ""],
    [["a"], "[…]"],
    [{ a: 1 }, "{…}"],
  ])("%j looks like %j", (value, shape) => {
    expect(valueShape(value)).toBe(shape);
  });

  it("is the same for plain letters whatever stands behind them", () => {
    const plain = fc.string({ unit: "binary-ascii", maxLength: 23 });
    fc.assert(
      fc.property(plain, (text) => {
        expect(valueShape(`${text}é`)).toBe(`${valueShape(text)}a`);
      }),
    );
  });
});
