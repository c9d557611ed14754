import { describe, expect, it } from "@jest/globals";
import { columnNamesSchema } from "../../../../../shared/domain/segments/segment-settings";

describe("the names of a segment's columns", () => {
  it.each([
    ["one", ["email"]],
    ["several, in any writing", ["E-Mail", "Prénom", "2025", "名前", "order_1"]],
    ["as many as a file may have", Array.from({ length: 5_000 }, (_, index) => `c${index}`)],
  ])("may be: %s", (_what, names) => {
    expect(columnNamesSchema.parse(names)).toEqual(names);
  });

  it.each([
    ["none", []],
    ["an empty one", ["email", ""]],
    ["a blank one", ["email", " "]],
    ["outer space", ["email", "name "]],
    ["the same twice", ["email", "name", "email"]],
    ["the same but for upper case", ["email", "Email"]],
    ["more than a file may have", Array.from({ length: 5_001 }, (_, index) => `c${index}`)],
    ["an email address", ["kim@example.org", "name"]],
    ["a phone number", ["email", "+44 20 7946 0958"]],
    ["a day", ["email", "2026-02-03"]],
    ["a key", ["email", "pk_0123456789"]],
    ["a control character", ["email", "na\u001bme"]],
    ["what is not seen", ["email", "na\u200bme"]],
    ["a very long one", ["email", "n".repeat(301)]],
  ])("may not be: %s", (_what, names) => {
    const { error } = columnNamesSchema.safeParse(names);

    expect(error?.issues).not.toHaveLength(0);
    expect(error?.issues.map(({ message }) => message).join()).not.toMatch(/kim|7946|pk_0/);
  });
});
