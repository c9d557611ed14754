import { describe, expect, it } from "@jest/globals";
import { changesOf, emailOfSent } from "../../../../../shared/domain/exports/profile-changes";

const sent = (attributes: object, meta?: object) => ({
  type: "profile",
  attributes: { email: "ann@example.org", ...attributes },
  ...(meta === undefined ? {} : { meta }),
});
const changes = (profile: unknown, held: Record<string, unknown>) =>
  changesOf([profile], new Map([["ann@example.org", held]]));

describe("what a run would change of a profile", () => {
  it("is told field by field, as mappings call them, old and new", () => {
    const profile = sent({
      ...{ first_name: "Ann", last_name: "Same" },
      location: { city: "Bonn" },
      properties: { Tier: "gold", Points: 7 },
    });
    const held = {
      ...{ first_name: "Anna", last_name: "Same", title: "Dr." },
      location: { city: null, country: "DE" },
      properties: { Points: 7, Other: 1 },
    };
    expect(changes(profile, held)).toEqual([
      {
        email: "ann@example.org",
        fields: [
          { attribute: "first_name", before: "Anna", after: "Ann" },
          { attribute: "location.city", before: null, after: "Bonn" },
          { attribute: "properties.Tier", before: null, after: "gold" },
        ],
      },
    ]);
  });

  it("says what is cleared", () => {
    const profile = sent({}, { patch_properties: { unset: ["Tier", "Gone"] } });
    expect(changes(profile, { properties: { Tier: "gold" } })).toMatchObject([
      { fields: [{ attribute: "properties.Tier", before: "gold", after: null }] },
    ]);
  });

  it("is nothing where values are the same, whatever the order of their keys", () => {
    const profile = sent({ properties: { Address: { a: 1, b: [{ c: 2, d: 3 }] } } });
    expect(changes(profile, { properties: { Address: { b: [{ d: 3, c: 2 }], a: 1 } } })).toEqual(
      [],
    );
  });

  it("is not told of whom Klaviyo has no profile, nor of what is no profile", () => {
    expect(changesOf([sent({ first_name: "Ann" })], new Map())).toEqual([]);
    expect(changes({ attributes: {} }, {})).toEqual([]);
    expect(emailOfSent({ attributes: {} })).toBeUndefined();
    expect(emailOfSent(sent({}))).toBe("ann@example.org");
  });

  it("is told of as many as can be shown together", () => {
    const people = Array.from({ length: 10 }, (_, index) => ({
      attributes: { email: `p${index}@example.org`, title: "T".repeat(10_000) },
    }));
    const held = new Map(people.map(({ attributes }) => [attributes.email, {}]));
    expect(changesOf(people, held)).toHaveLength(4);
  });
});
