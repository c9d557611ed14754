import { describe, expect, it } from "@jest/globals";
import pc from "picocolors";
import {
  callPaceOf,
  nextTurnOf,
  slotsByRun,
} from "../../../../../shared/domain/klaviyo/account-pace";
import {
  emptyRateLimitState,
  endpointLimits,
  holdBack,
  takeSlot,
  type RateLimitState,
} from "../../../../../shared/domain/klaviyo/rate-limit";
import { describePace } from "../../../../../infra/cli/output/connections/pace";
import { anApi } from "../../../../support/api";
import { aConnection, aPlan, aRun } from "../../../../support/builders";
import { fakeClock, fakeLimiter } from "../../../../support/fakes/clock-and-ids";

const now = fakeClock().now();
const ago = (seconds: number): number => now.getTime() - seconds * 1_000;
const taken = (...slots: [number, string][]): RateLimitState =>
  slots.reduce((state, [at, party]) => takeSlot(state, at, party), emptyRateLimitState);

describe("the pace of a kind of call", () => {
  it("counts the calls of the last second and minute, and not those that are still to come", () => {
    const state = taken([ago(70), "a"], [ago(30), "a"], [ago(2), "b"], [ago(0.3), "b"]);
    expect(callPaceOf("createImportJob", state, now)).toEqual({
      call: "createImportJob",
      burst: { used: 1, limit: endpointLimits.createImportJob.burst },
      steady: { used: 3, limit: endpointLimits.createImportJob.steady },
    });
    expect(callPaceOf("createImportJob", taken([ago(-1.5), "b"]), now)).toMatchObject({
      ...{ burst: { used: 0 }, steady: { used: 0 } },
    });
    expect([...slotsByRun(state, now)]).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
  });

  it("tells a hold while it lasts", () => {
    const held = holdBack(emptyRateLimitState, ago(-30));
    expect(callPaceOf("getList", held, now).heldUntil).toBe(new Date(ago(-30)).toISOString());
    expect(callPaceOf("getList", holdBack(held, 0), new Date(ago(-31)))).not.toHaveProperty(
      "heldUntil",
    );
  });

  it("tells when a run's next turn is, unless that is at once", () => {
    expect(nextTurnOf(emptyRateLimitState, "a", now)).toBeUndefined();
    expect(nextTurnOf(holdBack(emptyRateLimitState, ago(-30)), "a", now)).toEqual(
      new Date(ago(-30)),
    );
  });
});

describe("GET /connections/{connectionId}/pace", () => {
  const other = aConnection({
    connectionId: "connection-2",
    displayName: "Own",
    sharing: "administrators",
  });
  const elsewhere = aConnection({
    connectionId: "connection-3",
    account: { ...other.account, id: "ZzZ999" },
  });
  const onConnection = (connectionId: string) => ({ ...aRun().settings, connectionId });
  const plan = aPlan({ chunkSizes: [10_000, 10_000] });
  const runs = [
    aRun({ runId: "run-1", status: "running", phase: "pushing", plan }),
    aRun({ runId: "run-2", settings: onConnection("connection-2") }),
    aRun({ runId: "run-3", settings: onConnection("connection-3") }),
    aRun({ runId: "run-4", status: "successful" }),
  ];
  const state = holdBack(taken([ago(3), "run-1"], [ago(2), "run-2"]), ago(-30));
  const api = (given: Parameters<typeof anApi>[0] = {}) =>
    anApi({
      ...{ connections: [aConnection(), other, elsewhere], runs },
      limiter: {
        ...fakeLimiter(fakeClock()),
        look: async (quota, family) =>
          quota === "AbC123" && family === "createImportJob" ? state : emptyRateLimitState,
      },
      ...given,
    });
  const path = "/connections/connection-1/pace";

  it("shows what is used, a hold, and who waits, over all connections of the account", async () => {
    const answer = await api().request({ method: "GET", path });
    const heldUntil = new Date(ago(-30)).toISOString();

    expect(answer.status).toBe(200);
    expect(answer.body.calls).toHaveLength(Object.keys(endpointLimits).length);
    expect(answer.body).toMatchObject({ heldUntil, otherRuns: 0, at: now.toISOString() });
    expect(answer.body.runs).toEqual([
      {
        ...{ runId: "run-1", exportId: "export-1", exportName: "Customers to newsletter" },
        ...{ status: "running", phase: "pushing", calls: 1, nextCallAt: heldUntil },
      },
      {
        ...{ runId: "run-2", exportId: "export-1", exportName: "Customers to newsletter" },
        ...{ status: "queued", calls: 1 },
      },
    ]);
    expect(answer.body.limits).toEqual({ profilesPerRun: 100_000, listsPerDay: 150 });
  });

  it("only counts runs over connections that are not shared with the caller", async () => {
    const answer = await api().request({ method: "GET", path, role: "Contributor" });
    expect(answer.body.runs.map(({ runId }: { runId: string }) => runId)).toEqual(["run-1"]);
    expect(answer.body.otherRuns).toBe(1);
  });

  it("is counted apart for sign-ins", async () => {
    const answer = await api({ connections: [aConnection({ keySource: "signIn" })] }).request({
      ...{ method: "GET", path },
    });
    expect(answer.body).not.toHaveProperty("heldUntil");
  });

  it("is told at the terminal", async () => {
    const { body } = await api().request({ method: "GET", path, role: "Contributor" });
    const text = describePace({ colors: pc.createColors(false), columns: undefined }, body);
    expect(text).toMatch(/createImportJob +0 of 10 +2 of 150 +2026/);
    expect(text).toMatch(/run-1 +Customers to newsletter +pushing +1 +for its turn/);
    expect(text).toContain("1 other run over the account");
    expect(text).not.toContain("getList");
  });
});
