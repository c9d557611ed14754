import { describe, expect, it } from "@jest/globals";
import {
  emailBatches,
  emailFilter,
  FILTER_MAX_BYTES,
} from "../../../../../shared/domain/klaviyo/email-filter";

const emails = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => `${String(index)}@x.io`.padStart(length, "a"));

describe("the filter that looks emails up", () => {
  it("quotes values so that none can end the filter", () => {
    expect(emailFilter(["a@x.io", 'b"],c\\@x.io'])).toBe(
      'any(email,["a@x.io","b\\"],c\\\\@x.io"])',
    );
  });

  it("holds at most 100 emails, in their order", () => {
    const given = emails(250, 20);
    const batches = emailBatches(given);
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(batches.flat()).toEqual(given);
    expect(emailBatches([])).toEqual([]);
  });

  it.each([
    ["long emails", emails(100, 100)],
    ["emails whose characters are encoded", emails(100, 30).map((email) => `é+&"${email}`)],
  ])("keeps a URL with %s below its limit", (_what, given) => {
    const batches = emailBatches(given);
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.flat()).toEqual(given);
    for (const batch of batches) {
      const query = new URLSearchParams({ filter: emailFilter(batch) }).toString();
      expect(query.length).toBeLessThanOrEqual(FILTER_MAX_BYTES + "filter".length);
    }
  });
});
