import { describe, expect, it } from "@jest/globals";
import { removalGuard } from "../../../../../shared/domain/runs/removal-guard";

describe("the removal guard", () => {
  it.each([
    ["nobody leaves", { members: 10, leaving: 0, listed: 10 }],
    ["nobody leaves a list and nobody is a member", { members: 0, leaving: 0, listed: 0 }],
    ["30 % of the list leave", { members: 70, leaving: 30, listed: 100 }],
  ])("lets go when %s", (_what, removal) => {
    expect(removalGuard(removal)).toBeUndefined();
  });

  it.each([
    ["31 % of the list leave", { members: 70, leaving: 31, listed: 100 }, 31],
    ["a little more than 30 % leave", { members: 7_000, leaving: 3_001, listed: 10_000 }, 31],
    ["one of three leaves", { members: 2, leaving: 1, listed: 3 }, 34],
    ["nobody is a member, though few leave", { members: 0, leaving: 1, listed: 100 }, 1],
    ["more leave than Klaviyo counts", { members: 5, leaving: 9, listed: 4 }, 100],
    ["the list looks empty", { members: 5, leaving: 9, listed: 0 }, 100],
  ])("holds when %s", (_what, removal, percent) => {
    expect(removalGuard(removal)).toMatchObject({
      code: "removalGuard",
      culprit: "user",
      params: { leaving: removal.leaving, listed: removal.listed, percent },
    });
  });
});
