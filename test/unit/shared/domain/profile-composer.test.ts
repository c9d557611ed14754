import { describe, expect, it } from "@jest/globals";
import { PROFILE_MAX_BYTES } from "../../../../shared/domain/chunk";
import type { FieldMapping } from "../../../../shared/domain/field-mapping";
import { createProfileComposer, readDrop } from "../../../../shared/domain/profile-composer";

/** Composes one record and reads the profile as Klaviyo would. */
function compose(mapping: Omit<FieldMapping, "email">, record: Record<string, unknown>) {
  const composer = createProfileComposer({ email: "E", ...mapping }, (text) =>
    text.startsWith("+") ? text : undefined,
  );
  const { attributes, dropped } = composer.compose((field) => record[composer.fields[field]!]);
  return {
    fields: composer.fields,
    attributes,
    profile:
      attributes === ""
        ? undefined
        : JSON.parse(`{"type":"profile","attributes":{"email":"a@x.io"${attributes}`),
    dropped,
  };
}

describe("a composed profile", () => {
  it("has each value where its field is mapped to", () => {
    const { profile } = compose(
      {
        first_name: "First",
        phone_number: "Phone",
        location: { city: "City", latitude: "Lat" },
        properties: { "Loyalty tier": "Tier", points: { field: "Points", type: "number" } },
      },
      { First: "Ann", Phone: "+4930", City: "Köln", Lat: "50.9", Tier: "Gold", Points: "12" },
    );

    expect(profile).toEqual({
      type: "profile",
      attributes: {
        email: "a@x.io",
        phone_number: "+4930",
        first_name: "Ann",
        location: { city: "Köln", latitude: 50.9 },
        properties: { "Loyalty tier": "Gold", points: 12 },
      },
    });
  });

  it("goes without what is empty, with nothing empty in its place", () => {
    const { profile, dropped } = compose(
      { first_name: "First", location: { city: "City" }, properties: { tier: "Tier" } },
      { First: " ", City: "", Tier: null },
    );

    expect(profile).toEqual({ type: "profile", attributes: { email: "a@x.io" } });
    expect(dropped).toBe("");
  });

  it("removes a property whose cell is empty, where that is what empty means", () => {
    const mapping: Omit<FieldMapping, "email"> = {
      properties: {
        tier: { field: "Tier", empty: "clear" },
        'so-called "tags"': { field: "Tags", type: "list", empty: "clear" },
        points: "Points",
      },
    };

    expect(compose(mapping, { Tier: "", Tags: null, Points: "" }).profile).toEqual({
      type: "profile",
      attributes: { email: "a@x.io" },
      meta: { patch_properties: { unset: ['so-called "tags"', "tier"] } },
    });
    expect(compose(mapping, { Tier: "Gold", Tags: "a", Points: "" }).profile).toEqual({
      type: "profile",
      attributes: { email: "a@x.io", properties: { tier: "Gold", 'so-called "tags"': ["a"] } },
    });
  });

  it("goes without what is unfit, which neither clears nor is forgotten", () => {
    const mapping: FieldMapping = {
      email: "E",
      phone_number: "Phone",
      properties: { points: { field: "Points", type: "number", empty: "clear" } },
    };
    const { profile, dropped } = compose(mapping, { Phone: "none", Points: "many" });

    expect(profile).toEqual({ type: "profile", attributes: { email: "a@x.io" } });
    expect(dropped.split(" ").map((drop) => readDrop(mapping, drop))).toMatchObject([
      { field: { attribute: "phone_number", field: "Phone" }, reason: "notPhone" },
      { field: { attribute: "properties.points", field: "Points" }, reason: "notType" },
    ]);
  });

  it("reads a field once that fills several, and knows nothing of the record before", () => {
    const composer = createProfileComposer(
      { email: "E", title: "T", properties: { title: "T", tier: { field: "X", empty: "clear" } } },
      () => undefined,
    );
    expect(composer.fields).toEqual(["T", "X"]);
    composer.compose(() => "");
    expect(composer.compose(() => "x")).toEqual({
      attributes: ',"title":"x","properties":{"tier":"x","title":"x"}}}',
      dropped: "",
    });
  });

  it("is one line of text without control characters, whatever its cells hold", () => {
    const hostile = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join("");
    const { attributes, profile } = compose(
      { properties: { x: "X" } },
      { X: `a${hostile}"\\}}]\u2028z` },
    );

    expect(Buffer.from(attributes).every((byte) => byte >= 0x20)).toBe(true);
    expect(profile.attributes.properties.x).toBe(`a${hostile.slice(1)}"\\}}]\u2028z`);
  });

  it.each([
    ["x", 1],
    ["ü", 2],
    ["東", 3],
    ["🎉", 4],
  ])("is measured in bytes of UTF-8: %s has %i", (character, bytes) => {
    const around = Buffer.byteLength(',"title":""}}');
    const fitting = Math.floor((PROFILE_MAX_BYTES - around) / bytes);

    expect(compose({ title: "T" }, { T: character.repeat(fitting) }).attributes).not.toBe("");
    expect(compose({ title: "T" }, { T: character.repeat(fitting + 1) }).attributes).toBe("");
  });
});
