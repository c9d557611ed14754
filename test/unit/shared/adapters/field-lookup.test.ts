import { expect, it } from "@jest/globals";
import { fieldMissing } from "../../../../shared/adapters/duckdb/reading/field-lookup";
import { aSegmentFile } from "../../../support/builders";

const persons = [
  "ann@example.org",
  "Ann Lee <ann@example.org>",
  "+49 30 1234567",
  "1985-04-12",
  "12.04.1985",
];

it.each(persons)("a field that is missing is told beside the others, but for %s", (person) => {
  const { problem } = fieldMissing(aSegmentFile(), ["mail"], ["id", person, "plan"]);
  expect(problem.params["fields"]).toBe("“id”, “plan” and 1 more");
  expect(JSON.stringify(problem)).not.toContain(person);
});

it.each(persons)("of a row in place of a header no cell is told, since one is %s", (person) => {
  const { problem } = fieldMissing(aSegmentFile(), ["mail"], ["Ann Lee", person], "firstLine");
  expect(problem.params["fields"]).toBe("no fields in the line that was taken for its header");
  expect(JSON.stringify(problem)).not.toContain("Ann");
});

it("of many and long fields the first are told, cut short", () => {
  const fields = Array.from({ length: 30 }, (_, index) => `${index} ${"x".repeat(100)}`);
  const told = String(fieldMissing(aSegmentFile(), ["mail"], fields).problem.params["fields"]);
  expect(told.match(/“/g)).toHaveLength(20);
  expect(told).toMatch(/… and 10 more$|…” and 10 more$/);
  expect(told.length).toBeLessThan(20 * 70);
});
