import { describe, expect, it } from "@jest/globals";
import {
  canonicalMapping,
  consentOf,
  fieldMappingSchema,
  mappedFields,
  mapsOnlyEmail,
  type FieldMapping,
} from "../../../../../shared/domain/exports/field-mapping";
import { snapshotFingerprint } from "../../../../../shared/domain/runs/snapshot";

describe("a mapping", () => {
  it.each<[string, FieldMapping]>([
    ["the email alone", { email: "Email" }],
    ["names as they are", { email: "E", first_name: "F", location: { city: "C" } }],
    ["objects with a field", { email: "E", title: { field: "T", empty: "leave" } }],
    ["a phone's country", { email: "E", phone_number: { field: "P", defaultCountry: "DE" } }],
    [
      "a number's decimal mark",
      { email: "E", properties: { a: { field: "A", type: "number", decimal: "," } } },
    ],
    [
      "a date's format",
      { email: "E", properties: { a: { field: "A", type: "date", format: "MM/dd/yyyy" } } },
    ],
    ["a field for consent", { email: "E", consent: "email_opt_in" }],
    ["a property in short", { email: "E", properties: { "Loyalty tier": "Tier" } }],
    [
      "properties with types",
      {
        email: "E",
        properties: {
          a: { field: "A", type: "number", empty: "clear" },
          b: { field: "B", type: "list", separator: ";" },
          c: { field: "B", type: "json" },
        },
      },
    ],
  ])("takes %s", (_what, mapping) => {
    expect(fieldMappingSchema.parse(mapping)).toEqual(mapping);
  });

  it.each<[string, unknown, string]>([
    [
      "a format of no date",
      { properties: { a: { field: "A", type: "date", format: "QQ" } } },
      "no part",
    ],
    [
      "a format of a text",
      { properties: { a: { field: "A", type: "text", format: "yyyy-MM-dd" } } },
      "only a property of type date",
    ],
    [
      "a decimal mark of a date",
      { properties: { a: { field: "A", type: "date", decimal: "," } } },
      "only a property of type number",
    ],
    ["a consent that a yes refuses, unsaid", { consent: "Email Opt Out" }, "a yes refuses"],
  ])("refuses %s", (_what, mapping, message) => {
    const { error } = fieldMappingSchema.safeParse({ email: "E", ...(mapping as object) });
    expect(JSON.stringify(error?.issues)).toContain(message);
  });

  it("says where consent stands, and what a yes means there", () => {
    expect(
      consentOf(fieldMappingSchema.parse({ email: "E", consent: "Accepts Email Marketing" })),
    ).toEqual({
      ...{ field: "Accepts Email Marketing", meaning: "agreed" },
    });
    expect(
      consentOf(
        fieldMappingSchema.parse({
          email: "E",
          consent: { field: "donotemail", meaning: "refused" },
        }),
      ),
    ).toEqual({
      ...{ field: "donotemail", meaning: "refused" },
    });
    expect(consentOf({ email: "E" })).toBeUndefined();
  });

  it("keeps the email alone as it always was: nothing else is mapped", () => {
    expect(mapsOnlyEmail({ email: "Email" })).toBe(true);
    expect(mapsOnlyEmail({ email: "Email", location: {}, properties: {} })).toBe(true);
    expect(mapsOnlyEmail({ email: "Email", title: "T" })).toBe(false);
  });

  it("tells where each value goes, each field by itself", () => {
    const mapped = mappedFields({
      email: "E",
      properties: { z: "Z", a: { field: "A", type: "list" } },
      location: { city: "C" },
      phone_number: { field: "P", defaultCountry: "US" },
    });

    expect(mapped.map(({ attribute, field, rule }) => [attribute, field, rule])).toEqual([
      ["phone_number", "P", { kind: "phone", defaultCountry: "US" }],
      ["location.city", "C", { kind: "text" }],
      ["properties.a", "A", { kind: "property", type: "list", separator: "," }],
      ["properties.z", "Z", { kind: "property", type: undefined }],
    ]);
  });
});

describe("the fingerprint of a snapshot", () => {
  const fingerprint = (mapping: FieldMapping): string =>
    snapshotFingerprint("AbC123", { listId: "LiSt01", mapping });

  it("is for the email alone what it has always been, so that snapshots stay good", () => {
    expect(fingerprint({ email: "Email" })).toBe('["AbC123","LiSt01",[["email","Email"]]]');
    expect(fingerprint({ email: "Email", properties: {} })).toBe(fingerprint({ email: "Email" }));
  });

  it("is the same however the same mapping was written", () => {
    const short: FieldMapping = { email: "E", first_name: "F", properties: { b: "B", a: "A" } };
    const long: FieldMapping = {
      properties: { a: { field: "A", empty: "leave" }, b: { field: "B" } },
      first_name: { empty: "leave", field: "F" },
      email: "E",
    };

    expect(fingerprint(long)).toBe(fingerprint(short));
    expect(
      fingerprint({ email: "E", properties: { a: { field: "A", type: "list", separator: "," } } }),
    ).toBe(fingerprint({ email: "E", properties: { a: { field: "A", type: "list" } } }));
  });

  it("differs with everything that changes what is sent", () => {
    const mappings: FieldMapping[] = [
      { email: "E" },
      { email: "F" },
      { email: "E", phone_number: "P" },
      { email: "E", phone_number: { field: "P", defaultCountry: "DE" } },
      { email: "E", external_id: "P" },
      { email: "E", location: { city: "P" } },
      { email: "E", location: { zip: "P" } },
      { email: "E", properties: { city: "P" } },
      { email: "E", properties: { city: { field: "P", empty: "clear" } } },
      { email: "E", properties: { city: { field: "P", type: "text" } } },
      { email: "E", properties: { city: { field: "P", type: "list" } } },
      { email: "E", properties: { city: { field: "P", type: "list", separator: ";" } } },
      { email: "E", properties: { "location.city": "P" } },
    ];

    expect(new Set(mappings.map((mapping) => JSON.stringify(canonicalMapping(mapping)))).size).toBe(
      mappings.length,
    );
  });
});
