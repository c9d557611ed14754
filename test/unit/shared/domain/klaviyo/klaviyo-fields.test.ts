import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { readPhoneNumber } from "../../../../../shared/adapters/phone-numbers";
import {
  fieldMappingSchema,
  type ValueRule,
} from "../../../../../shared/domain/exports/field-mapping";
import {
  locationFields,
  profileFields,
  propertyTypes,
  type PropertyType,
  type FieldRule,
  type ValueKind,
} from "../../../../../shared/domain/klaviyo/klaviyo-fields";
import { createValueReader } from "../../../../../shared/domain/profiles/profile-values";

const readme = readFileSync("README.md", "utf8");

/** The rows of the README's table whose first column has this heading. */
function tableOf(heading: string): string[][] {
  const [, after = ""] = readme.split(new RegExp(`^\\| ${heading} +\\|.*\\n`, "m"));
  return after
    .split("\n\n")[0]!
    .split("\n")
    .slice(1)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
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

describe("the README's tables", () => {
  it("name every field of Klaviyo's, what it accepts, and what becomes of the rest", () => {
    const rows = (fields: Readonly<Record<string, FieldRule>>, prefix: string) =>
      Object.entries(fields).map(([name, { kind, accepts }]) => [
        `\`${prefix}${name}\``,
        accepts,
        fateOf(ruleOf(kind), unfit[kind]),
      ]);

    const [email, ...others] = tableOf("Field");

    expect(email?.[0]).toBe("`email`");
    expect(others).toEqual([...rows(profileFields, ""), ...rows(locationFields, "location.")]);
  });

  it("name every type of a property", () => {
    expect(tableOf("Type of a property")).toEqual(
      Object.entries(propertyTypes).map(([type, { accepts }]) => [
        `\`${type}\``,
        accepts,
        fateOf(ruleOfType(type as PropertyType), unfitProperty[type as PropertyType]),
      ]),
    );
  });

  it("name exactly what a mapping can hold", () => {
    const {
      email: _,
      location,
      properties: __,
      consent: ___,
      ...profile
    } = fieldMappingSchema.shape;
    expect(Object.keys(profile).sort()).toEqual(Object.keys(profileFields).sort());
    expect(Object.keys(location.unwrap().shape)).toEqual(Object.keys(locationFields));
  });
});
