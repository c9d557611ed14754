import { describe, expect, it, test } from "@jest/globals";
import * as z from "zod";
import { apiContract } from "../../../../shared/contract/contract";
import { check } from "../../../../shared/contract/faults";

const faultOf = (schema: z.ZodType, value: unknown): string => {
  const checked = check(schema, value);
  return checked.ok ? "" : checked.faults.map(({ text }) => text).join("; ");
};

describe("what is wrong with a value, in words of this system's own", () => {
  test.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, "is required"],
    [z.string(), 7, "is to be a text"],
    [z.number(), "7", "is to be a number"],
    [z.number().int(), 1.5, "is to be a whole number"],
    [z.boolean(), "yes", "is to be true or false"],
    [z.array(z.string()), {}, "is to be a list"],
    [z.strictObject({}), [], "is to be an object"],
    [z.record(z.string(), z.string()), 1, "is to be an object"],
    [z.date(), "x", "is to be a date"],
    [z.undefined(), 1, "is to be left out"],
    [z.never(), 1, "is to be left out"],
    [z.string().min(1), "", "is empty"],
    [z.string().min(3), "a", "is to have at least 3 characters"],
    [z.string().max(1), "ab", "is to have at most 1 character"],
    [z.string().length(2), "abc", "is to have 2 characters"],
    [z.array(z.number()).min(2), [1], "is to have at least 2 items"],
    [z.array(z.number()).max(1), [1, 2], "is to have at most 1 item"],
    [z.number().min(1), 0, "is to be at least 1"],
    [z.number().positive(), 0, "is to be more than 0"],
    [z.number().max(4), 5, "is to be at most 4"],
    [z.number().lt(4), 4, "is to be less than 4"],
    [z.number().multipleOf(5), 7, "is to be a multiple of 5"],
    [z.set(z.string()).max(1), new Set(["a", "b"]), "is to have at most 1 item"],
    [z.date().min(new Date(0)), new Date(-1), "is to be at least 1970-01-01T00:00:00.000Z"],
    [z.string().regex(/^a$/), "b", "is not written as it has to be"],
    [z.string().regex(/^a$/, "is the letter a"), "b", "is the letter a"],
    [z.iso.datetime(), "x", "is to be an instant, such as 2026-11-02T08:00:00Z"],
    [z.iso.date(), "x", "is to be a date, such as 2026-11-02"],
    [z.url(), "x", "is to be an address, such as https://example.org"],
    [z.email(), "x", "is to be an email address"],
    [z.uuid(), "x", "is to be a UUID"],
    [z.ipv4(), "x", "is to be an IPv4 address"],
    [z.enum(["a", "b"]), "c", "is to be one of a, b"],
    [z.literal(true), false, "is to be true"],
    [z.union([z.string(), z.number()]), true, "has none of the forms that it may have"],
    [
      z.discriminatedUnion("k", [z.object({ k: z.literal("a") })]),
      { k: "b" },
      "has none of the forms that it may have",
    ],
    [z.strictObject({}), { a: 1 }, "there is no such field"],
    [z.record(z.enum(["a"]), z.string()), { a: "x", b: "x" }, "there is no such field"],
    [z.record(z.string().max(1), z.string()), { ab: "x" }, "has a name that it can't have"],
    [z.map(z.string(), z.number()), new Map([["a", "x"]]), "is to be a number"],
    [z.string().refine(() => false), "x", "is not valid"],
    [z.string().refine(() => false, "is odd"), "x", "is odd"],
  ])("%#: %j is %s", (schema, value, text) => {
    expect(faultOf(schema, value)).toBe(text);
  });

  it("never is the schema library's, for any route and whatever is sent to it", () => {
    const libraryWords = /invalid \w|expected|received|too (?:small|big)|unrecognized|input/i;
    const values = [undefined, null, 1, -1.5, "", "x".repeat(5_000), true, [], [1], {}, { a: 1 }];
    for (const { path, query, body } of Object.values(apiContract)) {
      for (const schema of [path, query, body]) {
        const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
        const sent = [
          ...values,
          ...values.map((value) => Object.fromEntries(names.map((name) => [name, value]))),
          ...values.map((value) => ({ mapping: { email: value, properties: { a: value } } })),
        ];
        for (const value of sent) {
          expect(faultOf(schema, value)).not.toMatch(libraryWords);
        }
      }
    }
  });
});
