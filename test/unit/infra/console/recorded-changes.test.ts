import { describe, expect, it } from "@jest/globals";
import { recordedChanges } from "../../../../infra/console/screens/audit/recorded-changes";
import { attributesOf } from "../../../../infra/console/screens/explain/profile-attributes";

describe("what an entry of the audit log says was changed", () => {
  it("is what differs before and after, and what is on one side alone", () => {
    expect(
      recordedChanges({
        before: { displayName: "Old", listId: "LIST01", gone: 1 },
        after: { displayName: "New", listId: "LIST01", made: ["a"] },
      }),
    ).toEqual([
      { name: "displayName", before: "Old", after: "New" },
      { name: "gone", before: "1", after: undefined },
      { name: "made", before: undefined, after: '[\n "a"\n]' },
    ]);
  });

  it("is nothing where nothing was recorded", () => {
    expect(recordedChanges({})).toEqual([]);
  });
});

describe("the values of a profile as it is sent", () => {
  it("are named by their paths from the attributes on", () => {
    expect(
      attributesOf({
        type: "profile",
        attributes: { email: "a", location: { city: "Kiel" }, properties: { Tags: ["x"], N: 1 } },
      }),
    ).toEqual([
      { path: "email", value: "a" },
      { path: "location.city", value: "Kiel" },
      { path: "properties.Tags", value: '["x"]' },
      { path: "properties.N", value: "1" },
    ]);
  });

  it("are none where no profile is sent", () => {
    expect(attributesOf(undefined)).toEqual([]);
  });
});
