import { describe, expect, it } from "@jest/globals";
import type { FieldMapping } from "../../../../../shared/domain/exports/field-mapping";
import {
  leavesQuestions,
  mappingQuestions,
} from "../../../../../shared/domain/exports/mapping-questions";

const readings = new Map([
  ["Points", { unclear: ["decimal"] as const }],
  ["Joined", { unclear: ["format"] as const, formats: ["d/M/yyyy", "M/d/yyyy"] }],
  ["Mobile", { withoutCountry: true }],
  ["Spent", { decimal: "," as const }],
]);
const mapped = (further: Omit<FieldMapping, "email">) =>
  mappingQuestions({ email: "Email", ...further }, "customers", readings).map(
    ({ segment: _, ...question }) => question,
  );
const property = (field: string, more: object) => ({ properties: { P: { field, ...more } } });
const points = { field: "Points", attribute: "properties.P" };
const joined = { field: "Joined", attribute: "properties.P" };

describe("what a mapping has to say", () => {
  it.each([
    ["a decimal mark", property("Points", { type: "number" }), { ...points, setting: "decimal" }],
    ["a date's format", property("Joined", { type: "date" }), { ...joined, setting: "format" }],
    [
      "a phone number's country",
      { phone_number: "mobile" },
      { field: "mobile", attribute: "phone_number", setting: "defaultCountry" },
    ],
  ])("is %s that the column does not show", (_what, mapping, question) => {
    const choices = { decimal: [".", ","], format: ["d/M/yyyy", "M/d/yyyy"], defaultCountry: [] };
    expect(mapped(mapping)).toEqual([
      { ...question, choices: choices[question.setting as keyof typeof choices] },
    ]);
  });

  it.each([
    ["it says the mark", property("Points", { type: "number", decimal: "." })],
    ["it says the format", property("Joined", { type: "date", format: "d/M/yyyy" })],
    ["it says the country", { phone_number: { field: "Mobile", defaultCountry: "DE" } }],
    ["the value stays text", property("Points", { type: "text" })],
    ["the value stays as it is", { properties: { P: "Joined" } }],
    ["the field fills something else", { first_name: "Mobile" }],
  ])("is nothing where %s", (_why, mapping) => {
    expect(mapped(mapping)).toEqual([]);
    expect(leavesQuestions({ email: "Email", ...mapping })).toBe(false);
  });

  it.each([
    ["the column shows it", property("Spent", { type: "number" })],
    ["nothing is known of the column", property("Other", { type: "date" })],
  ])("is nothing where %s", (_why, mapping) => {
    expect(mapped(mapping)).toEqual([]);
  });
});
