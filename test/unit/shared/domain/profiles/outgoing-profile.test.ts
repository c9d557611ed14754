import { describe, expect, it } from "@jest/globals";
import { readPhoneNumber } from "../../../../../shared/adapters/phone-numbers";
import type { FieldMapping } from "../../../../../shared/domain/exports/field-mapping";
import { outgoingProfile } from "../../../../../shared/domain/profiles/outgoing-profile";
import { createProfileReader } from "../../../../../shared/domain/profiles/profile-reader";

const fields = ["Email", "First name", "Mobile", "Town", "Points", "Tier"];
const mapping: FieldMapping = {
  email: "Email",
  first_name: "First name",
  phone_number: { field: "Mobile", defaultCountry: "DE" },
  location: { city: "Town" },
  properties: {
    Points: { field: "Points", type: "number" },
    Tier: { field: "Tier", empty: "clear" },
  },
};
const shown = (row: readonly unknown[], habits = {}) =>
  outgoingProfile(
    mapping,
    createProfileReader(mapping, readPhoneNumber, { habits: new Map(Object.entries(habits)) }),
    fields,
    row,
  );

describe("a row's outgoing profile", () => {
  it("holds what is mapped as Klaviyo is sent it, and what an empty cell clears", () => {
    const { json } = shown([" Ann@Example.org", "Ann", "0171 1234567", "Köln", "120", null]);
    expect(JSON.parse(json!)).toEqual({
      type: "profile",
      attributes: {
        email: "ann@example.org",
        first_name: "Ann",
        phone_number: "+491711234567",
        location: { city: "Köln" },
        properties: { Points: 120 },
      },
      meta: { patch_properties: { unset: ["Tier"] } },
    });
  });

  it("names what is left out, with the reason", () => {
    const { json, dropped } = shown(["bob@example.org", "Bob", "unknown", null, "many", "Gold"]);
    expect(JSON.parse(json!).attributes).toEqual({
      email: "bob@example.org",
      first_name: "Bob",
      properties: { Tier: "Gold" },
    });
    expect(dropped).toEqual([
      { attribute: "phone_number", reason: "notPhone" },
      { attribute: "properties.Points", reason: "notType" },
    ]);
  });

  it("reads a column as its habit says", () => {
    const row = ["bob@example.org", null, null, null, "1.234", null];
    expect(
      JSON.parse(shown(row, { Points: { decimal: "," } }).json!).attributes.properties,
    ).toEqual({ Points: 1234 });
    expect(shown(row).dropped).toEqual([
      { attribute: "properties.Points", reason: "numberAmbiguous" },
    ]);
  });

  it.each([
    [null, "blank"],
    ["ann@", "invalid"],
  ])("is none for a row whose email is %j", (email, verdict) => {
    expect(shown([email, "Ann", null, null, null, null])).toEqual({ email: verdict, dropped: [] });
  });
});
