import { describe, expect, it } from "@jest/globals";
import { matchErrors } from "../../../../../../shared/use-cases/runs/confirm/collect-refusals";
import type { ImportError } from "../../../../../../shared/ports";

const emails = ["a@example.org", "b@example.org", "c@example.org", "d@example.org"];
const all = [0, 1, 2, 3];
const anError = (overrides: Partial<ImportError>): ImportError => ({
  code: "invalid",
  detail: "No",
  email: null,
  position: null,
  ...overrides,
});

describe("matching an import job's errors to the profiles of its chunk", () => {
  it("goes by the email that the error quotes", () => {
    expect(matchErrors([anError({ email: "c@example.org" })], 1, emails, all)).toEqual([
      { position: 2, code: "invalid", detail: "No" },
    ]);
  });

  it("goes by the pointer when no email is quoted", () => {
    expect(matchErrors([anError({ position: 1 })], 1, emails, all)).toMatchObject([
      { position: 1 },
    ]);
  });

  it("counts the pointer in what was sent, which lacks the profiles refused at once", () => {
    expect(matchErrors([anError({ position: 1 })], 1, emails, [1, 2, 3])).toMatchObject([
      { position: 2 },
    ]);
  });

  it("keeps a profile with several errors once, with the first", () => {
    const twice = [
      anError({ email: "a@example.org", code: "first" }),
      anError({ email: "a@example.org", code: "second" }),
    ];
    expect(matchErrors(twice, 1, emails, all)).toMatchObject([{ position: 0, code: "first" }]);
  });

  it("keeps failures that it can't match, with Klaviyo's words where there are some", () => {
    expect(matchErrors([anError({ code: "odd" })], 2, emails, all)).toMatchObject([
      { position: null, code: "odd" },
      { position: null, code: "unnamed" },
    ]);
  });

  it("believes the list of errors when it names more profiles than the count", () => {
    const two = [anError({ position: 0 }), anError({ position: 3 })];
    expect(matchErrors(two, 1, emails, all)).toHaveLength(2);
  });
});
