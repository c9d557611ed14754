import { describe, expect, it } from "@jest/globals";
import { readRevision } from "../../../../shared/adapters/klaviyo/klaviyo-http";

describe("the API revision that answered", () => {
  it.each([
    ["nothing is said", {}, "2026-07-15", "2028-07-15"],
    [
      "Klaviyo says both",
      {
        "x-klaviyo-api-revision": "2025-04-15",
        "x-klaviyo-api-retirement-date": "2027-04-15",
      },
      "2025-04-15",
      "2027-04-15",
    ],
    ["it fell forward", { "x-klaviyo-api-revision": "2027-01-15" }, "2027-01-15", "2029-01-15"],
    [
      "the date carries a time",
      { "x-klaviyo-api-retirement-date": "2028-06-30T00:00:00Z" },
      "2026-07-15",
      "2028-06-30",
    ],
    [
      "the headers make no sense",
      { "x-klaviyo-api-revision": "soon", "x-klaviyo-api-retirement-date": "2028-13-45" },
      "2026-07-15",
      "2028-07-15",
    ],
  ])("is known when %s", (_when, headers, inUse, retiresOn) => {
    expect(readRevision(headers)).toEqual({ inUse, retiresOn });
  });
});
