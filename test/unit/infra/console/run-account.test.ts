import { describe, expect, it } from "@jest/globals";
import { accountOf } from "../../../../infra/console/screens/run/account/run-account";
import { noSubscriptions } from "../../../../shared/domain/exports/subscription";
import { noNumbers, noRemovals } from "../../../../shared/domain/runs/run";

type Accounted = Parameters<typeof accountOf>[0];

const numbers = {
  ...noNumbers,
  rows: 100,
  blank: 3,
  invalid: 2,
  duplicates: 5,
  members: 90,
  unchanged: 40,
  imported: 45,
  refused: 4,
  unsent: 1,
};

function account(overrides: Partial<Accounted> = {}) {
  return accountOf({
    status: "completedWithWarnings",
    numbers,
    removals: noRemovals,
    ...overrides,
  });
}

describe("a run's account", () => {
  it("adds up when each sum's parts come to the whole", () => {
    expect(account().map(({ whole, total, state }) => [whole, total, state])).toEqual([
      ["rows", 100, "adds"],
      ["members", 90, "adds"],
    ]);
  });

  it("is open by what has not settled while the run is going", () => {
    const [, members] = account({ status: "running", numbers: { ...numbers, imported: 5 } });
    expect(members).toMatchObject({ open: 40, state: "open" });
  });

  it("does not add up when the run has ended and something is missing", () => {
    const [, members] = account({ numbers: { ...numbers, imported: 44 } });
    expect(members).toMatchObject({ open: 1, state: "addsNot" });
  });

  it("does not add up when the parts come to more than the whole, even while the run is going", () => {
    const [rows] = account({ status: "running", numbers: { ...numbers, blank: 4 } });
    expect(rows).toMatchObject({ open: -1, state: "addsNot" });
  });

  it("does not add up when the whole is nothing and a part is something", () => {
    const [first] = account({ numbers: { ...noNumbers, imported: 7 } });
    expect(first).toMatchObject({ whole: "members", total: 0, state: "addsNot" });
  });

  it("has no sums before anything has been counted", () => {
    expect(account({ status: "running", numbers: noNumbers })).toEqual([]);
  });

  it("has those who leave and those who are subscribed, where there are any", () => {
    const sums = account({
      removals: { leaving: 12, removed: 10, notFound: 1, unremoved: 1 },
      subscriptions: { ...noSubscriptions, requested: 8, accepted: 6, excludedUnsubscribed: 2 },
    });
    expect(sums.map(({ whole, state }) => [whole, state])).toEqual([
      ["rows", "adds"],
      ["members", "adds"],
      ["leaving", "adds"],
      ["requested", "adds"],
    ]);
  });

  it("leads from each part that a report has rows of to these rows", () => {
    const led = account({ removals: { leaving: 1, removed: 0, notFound: 0, unremoved: 1 } })
      .flatMap(({ parts }) => parts)
      .filter(({ category }) => category !== undefined)
      .map(({ name, category }) => [name, category]);
    expect(led).toEqual([
      ["blank", "blank"],
      ["invalid", "invalid"],
      ["duplicates", "duplicate"],
      ["refused", "refused"],
      ["unsent", "unsent"],
      ["unremoved", "unremoved"],
    ]);
  });
});
