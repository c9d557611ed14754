import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { differences } from "../../../../../infra/cli/configuration/differences";
import { checkLocated, readLocated } from "../../../../../infra/cli/configuration/positions";

describe("differences between what is and what a file says", () => {
  test("equal entries have none", () => {
    expect(differences({ a: [1, 2], b: { c: 1 } }, { a: [1, 2], b: { c: 1 } })).toEqual([]);
  });

  test("are named by their path", () => {
    expect(differences({ mapping: { email: "A" } }, { mapping: { email: "B" } })).toEqual([
      { path: "mapping.email", from: "A", to: "B" },
    ]);
  });

  test("an array is one value, because its order counts", () => {
    expect(differences({ segments: ["a", "b"] }, { segments: ["b", "a", "c"] })).toEqual([
      { path: "segments", from: ["a", "b"], to: ["b", "a", "c"] },
    ]);
  });

  test("a list by its id is not half of one by its name", () => {
    expect(differences({ list: { id: "A" } }, { list: { name: "B" } })).toEqual([
      { path: "list", from: { id: "A" }, to: { name: "B" } },
    ]);
  });
});

describe("faults of a file", () => {
  const schema = z.strictObject({ exports: z.array(z.strictObject({ name: z.string() })) });

  test.each([
    [
      "exports:\n  - name: A\n  - nam: B\n",
      "f:3: exports[1].name: is required\nf:3: exports[1].nam: there is no such field",
    ],
    ["exports: 7\n", "f:1: exports: "],
    ["- a\n", "f:1: the file: "],
    ["exports: [\n", "f:2: is not YAML: "],
  ])("%j is refused with the line", (text, expected) => {
    expect(() => checkLocated(schema, readLocated("f", text))).toThrow(expected);
  });
});
