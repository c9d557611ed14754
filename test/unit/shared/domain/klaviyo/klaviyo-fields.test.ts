import { readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { readPhoneNumber } from "../../../../../shared/adapters/phone-numbers";
import type { ValueRule } from "../../../../../shared/domain/exports/field-mapping";
import {
  locationFields,
  profileFields,
  propertyTypes,
  type PropertyType,
  type FieldRule,
  type ValueKind,
} from "../../../../../shared/domain/klaviyo/klaviyo-fields";
import { createValueReader } from "../../../../../shared/domain/profiles/profile-values";

const PAGE = "docs/segments/mapping.md";

/**
 * Expects the table with these headings on the page of mappings to have these rows, however wide its columns are drawn;
 * UPDATE_DOCS=1 writes them.
 */
function expectTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const before = readFileSync(PAGE, "utf8").split("\n");
  const from = before.findIndex((line) => isDeepStrictEqual(cellsOf(line), headings)) + 2;
  const length = before.slice(from).findIndex((line) => !line.startsWith("|"));
  if (process.env["UPDATE_DOCS"] === "1") {
    const widths = headings.map((heading, column) =>
      Math.max(heading.length, ...rows.map((row) => row[column]!.length)),
    );
    const drawn = (cells: readonly string[], fill = " "): string =>
      `| ${cells.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(" | ")} |`;
    const table = [
      drawn(headings),
      drawn(
        headings.map(() => ""),
        "-",
      ),
      ...rows.map((row) => drawn(row)),
    ];
    writeFileSync(PAGE, before.toSpliced(from - 2, length + 2, ...table).join("\n"));
  }
  const after = readFileSync(PAGE, "utf8").split("\n");
  expect(after.slice(from, from + rows.length + 1).map(cellsOf)).toEqual([...rows, []]);
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** What no field of the kind can hold; undefined where every text is taken. */
const unfit: Record<ValueKind, string | undefined> = {
  text: undefined,
  externalId: "x".repeat(256),
  phone: "unknown",
  locale: "English",
  url: "x.io",
  latitude: "91",
  longitude: "181",
  timeZone: "Berlin",
  ip: "localhost",
};
const unfitProperty: Record<PropertyType, string | undefined> = {
  text: undefined,
  number: "many",
  boolean: "perhaps",
  date: "yesterday",
  list: "[a",
  json: "{a",
};

function fateOf(rule: ValueRule, value: string | undefined): string {
  if (value === undefined) {
    return "–";
  }
  const read = createValueReader(rule, readPhoneNumber)(value);
  return read.kind === "dropped" ? `left out: \`${read.reason}\`` : "taken";
}
const ruleOf = (kind: ValueKind): ValueRule =>
  kind === "phone" ? { kind, defaultCountry: "DE" } : { kind };
const ruleOfType = (type: PropertyType): ValueRule =>
  type === "list" ? { kind: "property", type, separator: "," } : { kind: "property", type };

describe("the tables of docs/segments/mapping.md", () => {
  it("name every field of Klaviyo's, what it accepts, and what becomes of the rest", () => {
    const rows = (fields: Readonly<Record<string, FieldRule>>, prefix: string) =>
      Object.entries(fields).map(([name, { kind, accepts }]) => [
        `\`${prefix}${name}\``,
        accepts,
        fateOf(ruleOf(kind), unfit[kind]),
      ]);

    expectTable(
      ["Field", "Accepts", "What it doesn't accept"],
      [
        [
          "`email`",
          "an address of at most 100 characters; required",
          "the row is rejected: `emailInvalid`, `emailBlank`",
        ],
        ...rows(profileFields, ""),
        ...rows(locationFields, "location."),
      ],
    );
  });

  it("name every type of a property", () => {
    expectTable(
      ["Type of a property", "Accepts", "What it doesn't accept"],
      Object.entries(propertyTypes).map(([type, { accepts }]) => [
        `\`${type}\``,
        accepts,
        fateOf(ruleOfType(type as PropertyType), unfitProperty[type as PropertyType]),
      ]),
    );
  });
});
