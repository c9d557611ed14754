import { describe, expect, it } from "@jest/globals";
import {
  learn,
  noFindings,
  type ChunkFindings,
} from "../../../../../../shared/domain/runs/chunk-findings";
import { openImportJobBody } from "../../../../../../shared/domain/klaviyo/import-job-body";

const profiles = [
  { email: "ann@example.org", phone_number: "+491711234567", location: { city: "Bonn", zip: "1" } },
  { email: "bob@example.org", phone_number: "+41791234567", properties: { "A/B~C": 1, Points: 2 } },
  { email: "eve@example.org", location: { city: "Rome" } },
];
const body = Buffer.from(
  JSON.stringify({
    data: {
      type: "profile-bulk-import-job",
      attributes: {
        profiles: { data: profiles.map((attributes) => ({ type: "profile", attributes })) },
      },
      relationships: { lists: { data: [{ type: "list", id: "LiSt01" }] } },
    },
  }),
);
const opened = openImportJobBody(body);
const pointer = (position: number, way: string): string =>
  `/data/attributes/profiles/data/${position}/${way}`;

/** What one answer with these pointers makes of what was known before. */
function after(pointers: readonly string[], before: ChunkFindings = noFindings) {
  const faults = pointers.map((named) => ({ code: "invalid", detail: "No.", pointer: named }));
  const learning = learn(before, { from: 0, end: 3 }, faults, opened.valueOf);
  if (learning.kind === "hopeless") throw new Error("hopeless");
  return learning.findings;
}
const sentWith = ({ leftOut, refused }: ChunkFindings): unknown[] => {
  const out = refused.map(({ position }) => position);
  const positions = [0, 1, 2].filter((position) => !out.includes(position));
  const sent = JSON.parse(opened.only(positions, leftOut).toString());
  return sent.data.attributes.profiles.data.map(
    (profile: { attributes: unknown }) => profile.attributes,
  );
};

describe("an attribute that Klaviyo refuses and that is not the email", () => {
  it.each([
    [
      "attributes/phone_number",
      1,
      { email: "bob@example.org", properties: { "A/B~C": 1, Points: 2 } },
    ],
    [
      "attributes/location/city",
      0,
      { email: "ann@example.org", phone_number: "+491711234567", location: { zip: "1" } },
    ],
    ["attributes/location", 0, { email: "ann@example.org", phone_number: "+491711234567" }],
    // The last part of an object takes the object along.
    ["attributes/location/city", 2, { email: "eve@example.org" }],
    [
      "attributes/properties/A~1B~0C",
      1,
      { email: "bob@example.org", phone_number: "+41791234567", properties: { Points: 2 } },
    ],
  ])("%s of profile %i is left out, and everybody is sent", (way, position, left) => {
    const findings = after([pointer(position, way)]);
    expect(findings.refused).toEqual([]);
    const expected = profiles.map((profile, index) => (index === position ? left : profile));
    expect(sentWith(findings)).toEqual(expected);
  });

  it("is kept with what its value looks like, not with the value", () => {
    const { leftOut } = after([pointer(0, "attributes/phone_number")]);
    expect(leftOut).toEqual([
      {
        position: 0,
        value: ["attributes", "phone_number"],
        shape: "+999999999999",
        code: "invalid",
        detail: "No.",
      },
    ]);
  });

  it.each(["attributes/email", "attributes", "id", "attributes/image"])(
    "costs the profile where it is what the profile needs, or has not: %s",
    (way) => {
      const { refused, leftOut } = after([pointer(0, way)]);
      expect(refused).toMatchObject([{ position: 0 }]);
      expect(leftOut).toEqual([]);
    },
  );

  it("costs the profile when it is named once more though it was left out", () => {
    const way = pointer(0, "attributes/phone_number");
    const once = after([way]);
    const valueOf = () => undefined;
    const twice = learn(
      once,
      { from: 0, end: 3 },
      [{ code: "invalid", detail: "No.", pointer: way }],
      valueOf,
    );
    expect(twice).toMatchObject({ kind: "learnt", findings: { refused: [{ position: 0 }] } });
  });
});
