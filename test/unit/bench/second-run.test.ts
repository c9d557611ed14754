import { expect, it } from "@jest/globals";
import { secondRunRows } from "../../bench/measures/second-run";
import type { SecondRun } from "../../bench/second-run";
import { aRun } from "../../support/builders";

const { numbers, removals } = aRun();

/** A second run in which everything came as it had to. */
const aSecondRun = (overrides: Partial<SecondRun> = {}): SecondRun => ({
  profiles: 1_000_000,
  status: "successful",
  expected: { sent: 2_000, removed: 1_000, onList: 999_000 },
  numbers: { ...numbers, imported: 2_000 },
  removals: { ...removals, removed: 1_000 },
  onList: 999_000,
  sent: 2_000,
  throttled: 0,
  seconds: 5.5,
  waitingSeconds: 0.5,
  usage: { requests: {}, capacities: {}, functions: {} },
  ...overrides,
});

it("is met when exactly the changed, the joined and the left were dealt with within five seconds", () => {
  expect(secondRunRows(aSecondRun()).map(({ met }) => met)).not.toContain(false);
});

it.each([
  ["took longer beyond Klaviyo's waiting", { seconds: 5.6 }, "second run to `successful`"],
  ["sent somebody twice", { sent: 2_001 }, "second run: sent"],
  ["left somebody on the list", { onList: 999_001 }, "second run: on the list"],
  ["was throttled", { throttled: 1 }, "second run: answers 429"],
])("is not met when it %s", (_what, overrides, measure) => {
  const missed = secondRunRows(aSecondRun(overrides)).filter(({ met }) => met === false);
  expect(missed.map((row) => row.measure)).toEqual([measure]);
});

it("has no aim in seconds for other sizes", () => {
  const [run] = secondRunRows(aSecondRun({ profiles: 10_000, seconds: 60 }));
  expect(run?.aim).toBeNull();
});
