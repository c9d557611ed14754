import { describe, expect, it, test } from "@jest/globals";
import { defaultTuning } from "../../../../../shared/domain/runs/tuning";
import { problem } from "../../../../../shared/domain/problems/problem";
import { holding, type Holdable, type Outcome } from "../../../../../shared/use-cases/runs/holding";
import { fakeClock } from "../../../../support/fakes/clock-and-ids";

const unavailable = problem("klaviyoUnavailable", { reason: "ECONNRESET" });

/** Plays work that comes to this, and tells what happened to what was held. */
async function play(
  outcome: Outcome | Error,
  { attempt = 0, holder }: { attempt?: number; holder?: string } = {},
) {
  const clock = fakeClock();
  const happened: string[] = [];
  const held: Holdable<string, string> = {
    attempt,
    claim: async () =>
      holder === undefined ? { kind: "claimed", hold: "it" } : { kind: "held", holder },
    leave: async (other) => {
      happened.push(`left to ${other}`);
    },
    release: async (hold) => {
      happened.push(`released ${hold}`);
    },
    again: async (_hold, next) => {
      const isExact = outcome instanceof Error || outcome.kind === "later";
      const wait = isExact ? `in ${next.delaySeconds} s ` : "";
      happened.push(`again ${wait}as attempt ${next.attempt}`);
    },
    logFault: (details) => {
      happened.push(`attempt ${details.attempt}: ${details.code}`);
    },
    giveUp: async (_hold, { problem: { code }, stopsRun }) => {
      happened.push(`given up${stopsRun ? " with the run" : ""}: ${code}`);
    },
  };
  const done = holding({ clock, tuning: defaultTuning }, held, async (hold) => {
    happened.push(`worked on ${hold}`);
    if (outcome instanceof Error) {
      throw outcome;
    }
    return outcome;
  });
  const thrown = await done.then(
    () => undefined,
    (error: unknown) => error,
  );
  return { happened, thrown };
}

describe("work that one worker at a time may do", () => {
  const inFive = new Date(fakeClock().now().getTime() + 5_000);
  const { attempts } = defaultTuning;
  const table: [string, Outcome, number, string[]][] = [
    ["is over", { kind: "over" }, 0, []],
    [
      "has to wait, which is no attempt",
      { kind: "later", at: inFive },
      attempts,
      ["released it", `again in 5 s as attempt ${attempts}`],
    ],
    [
      "has to wait for no time: a second",
      { kind: "later", at: fakeClock().now() },
      0,
      ["released it", "again in 1 s as attempt 0"],
    ],
    [
      "has to wait after it got on",
      { kind: "later", at: inFive, advanced: true },
      3,
      ["released it", "again in 5 s as attempt 0"],
    ],
    [
      "fails",
      { kind: "faulty", problem: unavailable },
      0,
      ["attempt 0: klaviyoUnavailable", "released it", "again as attempt 1"],
    ],
    [
      "fails after it got on",
      { kind: "faulty", problem: unavailable, advanced: true },
      attempts,
      ["attempt 0: klaviyoUnavailable", "released it", "again as attempt 1"],
    ],
    [
      "fails too often",
      { kind: "faulty", problem: unavailable },
      attempts,
      [`attempt ${attempts}: klaviyoUnavailable`, "given up: klaviyoUnavailable"],
    ],
    [
      "is hopeless",
      { kind: "hopeless", problem: unavailable, stopsRun: false },
      0,
      ["given up: klaviyoUnavailable"],
    ],
    [
      "is hopeless, as is all of the run",
      { kind: "hopeless", problem: unavailable, stopsRun: true },
      0,
      ["given up with the run: klaviyoUnavailable"],
    ],
  ];

  test.each(table)("%s", async (_, outcome, attempt, expected) => {
    const { happened, thrown } = await play(outcome, { attempt });
    expect(happened).toEqual(["worked on it", ...expected]);
    expect(thrown).toBeUndefined();
  });

  it("is left to whoever holds it", async () => {
    const { happened } = await play({ kind: "over" }, { holder: "another" });
    expect(happened).toEqual(["left to another"]);
  });

  it("is let go when it breaks off, so that its message finds it free", async () => {
    const broken = new Error("broke off");
    const { happened, thrown } = await play(broken);
    expect(happened).toEqual(["worked on it", "released it"]);
    expect(thrown).toBe(broken);
  });
});
