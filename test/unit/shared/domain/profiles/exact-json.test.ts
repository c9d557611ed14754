import { expect, it } from "@jest/globals";
import { parseJsonExactly } from "../../../../../shared/domain/profiles/exact-json";

it.each([
  ["12", 12],
  ["9007199254740991", 9_007_199_254_740_991],
  ["9007199254740993", "9007199254740993"],
  ['{"id":[-12345678901234567890]}', { id: ["-12345678901234567890"] }],
  ["0.1234567890123456", 0.1234567890123456],
  ["1e300", 1e300],
  ["1e400", "1e400"],
  ["[-1E+999]", ["-1E+999"]],
  [`${"9".repeat(400)}.5`, `${"9".repeat(400)}.5`],
  ['"1e400"', "1e400"],
])("reads %s without making another number of it", (text, value) => {
  expect(parseJsonExactly(text)).toEqual(value);
});
