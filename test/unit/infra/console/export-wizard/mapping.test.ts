import { describe, expect, it } from "@jest/globals";
import { readPhoneNumber } from "../../../../../shared/adapters/phone-numbers";
import { nextRunsOf } from "../../../../../infra/console/screens/export-wizard/form/next-runs";
import {
  freeFields,
  proposedLines,
  withProperties,
  withRule,
} from "../../../../../infra/console/screens/export-wizard/mapping/lines";
import {
  firstSendable,
  outgoingOf,
  sampleOf,
  sharedFields,
  type SharedField,
} from "../../../../../infra/console/screens/export-wizard/mapping/sample";

const email: SharedField = { name: "Email", type: "text" };
const points: SharedField = { name: "Points", type: "number" };
const tags: SharedField = { name: "Tags", type: "list" };

describe("the mapping's lines", () => {
  it("take what the names suggest, as far as all segments have it and nothing fills it yet", () => {
    const lines = [
      { key: 4, group: "profile", name: "title", field: "Points", rules: {} },
    ] as const;
    const proposed = proposedLines(
      { lines: [...lines] },
      {
        email: "Email",
        title: "Email",
        first_name: "Not shared",
        properties: { Points: { field: "Points", type: "number" } },
      },
      [email, points],
    );
    expect(proposed).toEqual([
      ...lines,
      { key: 5, group: "properties", name: "Points", field: "Points", rules: { type: "number" } },
    ]);
  });

  it("become properties by the fields' names, with their types, no name twice", () => {
    const once = withProperties([], [points, tags]);
    expect(withProperties(once, [points]).map(({ name, rules }) => [name, rules])).toEqual([
      ["Points", { type: "number" }],
      ["Tags", { type: "list" }],
      ["Points 2", { type: "number" }],
    ]);
  });

  it("leave Klaviyo's other fields free", () => {
    const { profile, location } = freeFields([
      { key: 0, group: "profile", name: "title", field: "T", rules: {} },
      { key: 1, group: "location", name: "city", field: "C", rules: {} },
      { key: 2, group: "properties", name: "zip", field: "Z", rules: {} },
    ]);
    expect(profile).not.toContain("title");
    expect(location).not.toContain("city");
    expect(location).toContain("zip");
  });

  it("drop what belongs to another type", () => {
    const line = { key: 0, group: "properties", name: "P", field: "P", rules: {} } as const;
    const dated = withRule(withRule({ ...line }, "type", "date"), "format", "dd/MM/yyyy");
    expect(withRule(dated, "type", "number").rules).toEqual({ type: "number" });
    expect(withRule(dated, "format", "").rules).toEqual({ type: "date" });
  });
});

describe("samples of a segment", () => {
  const sample = {
    fields: ["Email", "Points", "Tags"],
    rows: [
      ["ann@example.org", "12", '["a","b"]'],
      ["bob@example.org", null, null],
    ],
  };
  const described = { fields: [email, points, tags] };
  const mapping = { email: "Email", properties: { Points: "Points", Tags: "Tags" } };

  it("are of fields that all segments have", () => {
    expect(sharedFields([described, { fields: [{ ...email, name: "email " }, tags] }])).toEqual([
      email,
      tags,
    ]);
  });

  it("show a field's value in a row", () => {
    expect(sampleOf(sample, 0, "Points")).toBe("12");
    expect(sampleOf(sample, 1, "Points")).toBeUndefined();
    expect(sampleOf(sample, 0, "Gone")).toBeUndefined();
  });

  it("begin with the first row that is sent", () => {
    const rows = [["broken@", null, null], ...sample.rows];
    expect(firstSendable({ ...sample, rows }, "Email")).toBe(1);
    expect(firstSendable(sample, "Points")).toBe(0);
  });

  it("are sent with the types of their source", () => {
    const { json } = outgoingOf(mapping, described, sample, 0, readPhoneNumber)!;
    expect(JSON.parse(json!).attributes).toEqual({
      email: "ann@example.org",
      properties: { Points: 12, Tags: ["a", "b"] },
    });
  });

  it("are not sent by a mapping that is not valid, or of a row that is not there", () => {
    expect(outgoingOf({}, described, sample, 0, readPhoneNumber)).toBeUndefined();
    expect(outgoingOf(mapping, described, sample, 2, readPhoneNumber)).toBeUndefined();
  });
});

describe("the next runs", () => {
  it("are five, by the schedule's clock over daylight saving", () => {
    expect(
      nextRunsOf(
        { frequency: "daily", times: ["06:00"], timeZone: "Europe/Berlin" },
        new Date("2026-10-23T12:00:00Z"),
      ),
    ).toEqual([
      "2026-10-24T04:00:00.000Z",
      "2026-10-25T05:00:00.000Z",
      "2026-10-26T05:00:00.000Z",
      "2026-10-27T05:00:00.000Z",
      "2026-10-28T05:00:00.000Z",
    ]);
  });

  it("are none of times that are none", () => {
    const typed = { frequency: "daily", times: ["6"], timeZone: "UTC" } as const;
    expect(nextRunsOf({ ...typed, times: [...typed.times] }, new Date())).toEqual([]);
  });
});
