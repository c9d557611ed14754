import { describe, expect, it } from "@jest/globals";
import { noSubscriptions } from "../../../../../../shared/domain/exports/subscription";
import { problem, type Problem } from "../../../../../../shared/domain/problems/problem";
import { stateOf } from "../../../../../../shared/domain/runs/lifecycle/run-state";
import { noNumbers, noRemovals, type Run } from "../../../../../../shared/domain/runs/run";
import { storageKeys } from "../../../../../../shared/domain/runs/storage-keys";
import type { AccountingRequest } from "../../../../../../shared/ports";
import { auditRuns } from "../../../../../../shared/use-cases/runs/audit-runs";
import { settleRun } from "../../../../../../shared/use-cases/runs/settle/settle-run";
import { aroundCalls } from "../../../../../support/around-calls";
import { aConnection, anExport, anInstant, aPlan, aRun } from "../../../../../support/builders";
import { fakeClock } from "../../../../../support/fakes/clock-and-ids";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeQueues } from "../../../../../support/fakes/run-parts";
import { fakeAnnouncer, fakeMetrics } from "../../../../../support/fakes/scheduling";
import { fakeAuditLog } from "../../../../../support/fakes/stores/audit-log";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { fakeRunData } from "../../../../../support/fakes/stores/run-data";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";

const numbers = { ...noNumbers, rows: 10, invalid: 1, members: 9, imported: 9 };
const result = {
  numbers,
  removals: noRemovals,
  leftOut: { refused: [], ignored: [] },
  reportKey: storageKeys.report("run-1"),
  snapshotKey: storageKeys.snapshot("export-1", "run-1"),
};
const older = storageKeys.snapshot("export-1", "run-0");
const acknowledgement = {
  ...{ agreedBy: "contributor-1", agreedAt: anInstant, wordingVersion: "1", wording: "I do" },
};
const subscription = { historicalImport: false, acknowledgement } as const;
const settled: Partial<Run> = {
  ...{ status: "running", phase: "confirming", plan: aPlan(), settledChunks: 2, numbers },
};
const subscribedSettings = { settings: { ...aRun().settings, subscription } };

/** A run, and all that settles it. `accountFor` counts how often it is accounted for. */
function aSituation(
  overrides: Partial<Run> = {},
  options: {
    accounted?: Partial<typeof result>;
    connected?: boolean;
    batches?: number;
    unsettled?: boolean;
  } = {},
) {
  const audit = fakeAuditLog();
  const runs = fakeRunStore(aRun({ ...(options.unsettled === true ? {} : settled), ...overrides }));
  const exports = fakeExportStore(
    anExport({
      currentRun: { runId: "run-1", claimedAt: anInstant },
      snapshot: { key: older, fingerprint: "f", destination: "destination-1", runId: "run-0" },
    }),
  );
  const requests: AccountingRequest[] = [];
  const staged: string[] = [];
  const parts = {
    connections: fakeConnectionStore(...(options.connected === false ? [] : [aConnection()])),
    exports,
    runs: auditRuns(runs, audit),
    data: fakeRunData(older, result.snapshotKey),
    accounting: {
      accountFor: async (request: AccountingRequest) => {
        requests.push(request);
        return { ...result, ...options.accounted };
      },
      rehearse: async () => undefined,
    },
    subscribers: {
      stageBatches: async () => {
        staged.push(stateOf(runs.stored.get("run-1")!).kind);
        return {
          ...{ batches: options.batches ?? 1, requested: 9, forgotten: false },
          ...{ consentRefused: 0, consentUnclear: 0, withoutConsentTime: 0 },
        };
      },
      record: async () => "subscribed/run-1",
    },
    queues: fakeQueues(),
    announcer: fakeAnnouncer(),
    metrics: fakeMetrics(),
    clock: fakeClock(),
    log: fakeLog(),
    stage: "test",
  };
  return {
    ...parts,
    ...{ parts, requests, staged },
    settle: () => settleRun(parts, "run-1"),
    run: () => runs.stored.get("run-1")!,
    state: () => stateOf(runs.stored.get("run-1")!).kind,
    anExport: () => exports.stored.get("export-1"),
    audited: () => [...audit.stored.values()].map(({ action, code }) => [action, code]),
    /** All batches are subscribed. */
    async subscribe() {
      const { subscribing } = runs.stored.get("run-1")!;
      const { batches, leaseUntil, numbers: before } = subscribing!;
      const over = {
        ...{ ...subscribing!, done: batches },
        numbers: { ...before, accepted: before.requested },
      };
      await runs.keepSubscribing("run-1", leaseUntil, over, parts.clock.now());
    },
  };
}

describe("settling a run", () => {
  it("ends it as its result says, frees its export and deletes the snapshot before", async () => {
    const { settle, run, state, anExport: found, data, announcer, audited } = aSituation();

    await settle();

    expect(run()).toMatchObject({
      ...{ status: "completedWithWarnings", numbers, report: result.reportKey },
      endedAt: expect.any(String),
    });
    expect(state()).toBe("announced");
    expect(run()).not.toHaveProperty("result");
    expect(found()).not.toHaveProperty("currentRun");
    expect(found()?.snapshot).toMatchObject({ key: result.snapshotKey, runId: "run-1" });
    expect([...data.snapshots]).toEqual([result.snapshotKey]);
    expect(announcer.events).toHaveLength(1);
    expect(audited()).toEqual([["runEnded", "completedWithWarnings"]]);
  });

  it("tells accounting what became of each chunk", async () => {
    const { settle, runs, requests } = aSituation({ settledChunks: 0 });
    await runs.settleChunk("run-1", 1, { imported: 9, refused: 1, unsent: 0 }, new Date());
    await runs.settleChunk("run-1", 2, { imported: 0, refused: 0, unsent: 5 }, new Date());

    await settle();

    expect([...requests[0]!.outcomes.values()]).toMatchObject([{ imported: 9 }, { unsent: 5 }]);
  });

  it.each<[string, Partial<Run>]>([
    ["queued", { status: "queued" }],
    ["preparing", { status: "running" }],
    ["staging", { ...settled, settledChunks: 1, stagedChunks: 1 }],
    ["importing", { ...settled, settledChunks: 1, stagedChunks: 2 }],
    ["removalDue", { ...settled, plan: aPlan({ removalSizes: [3] }) }],
    ["removing", { ...settled, plan: aPlan({ removalSizes: [3] }), phase: "removing" }],
  ])("does nothing with one that is %s", async (kind, run) => {
    const { settle, state, requests } = aSituation(run, { unsettled: true });
    expect(state()).toBe(kind);

    await settle();

    expect(state()).toBe(kind);
    expect(requests).toEqual([]);
  });

  it("ends it once, and frees its export once, however many come to settle it at the same time", async () => {
    const { settle, run, requests, announcer, anExport: found } = aSituation();

    await Promise.all([settle(), settle(), settle()]);
    const ended = run();
    await settle();

    expect(run()).toEqual(ended);
    expect(requests.length).toBeLessThanOrEqual(3);
    expect(announcer.events).toHaveLength(1);
    expect(found()?.snapshot?.runId).toBe("run-1");
  });

  it("does not account again for one that came so far before, nor for one that has ended", async () => {
    const { settle, runs, run, requests } = aSituation();
    await runs.keepResult("run-1", result, new Date());

    await settle();
    expect(run().status).toBe("completedWithWarnings");
    await settle();

    expect(requests).toEqual([]);
  });

  it("frees the export, and writes the end down, of one whose worker died when it had ended it", async () => {
    const {
      settle,
      anExport: found,
      announcer,
      audited,
    } = aSituation({
      ...{ status: "failed", endedAt: anInstant, problem: problem("keyRefused") },
    });

    await settle();

    expect(found()).not.toHaveProperty("currentRun");
    expect(found()?.snapshot?.runId).toBe("run-0");
    expect(announcer.events).toHaveLength(1);
    expect(audited()).toEqual([["runEnded", "keyRefused"]]);
  });

  it("leaves no report and no snapshot of one whose connection is gone", async () => {
    const { settle, run, anExport: found, data } = aSituation({}, { connected: false });

    await settle();

    expect(run()).not.toHaveProperty("report");
    expect(found()?.snapshot?.runId).toBe("run-0");
    expect(data.deleted).toEqual(["run-1"]);
  });

  const unsent = { ...numbers, imported: 4, unsent: 5 };
  const reason = problem("klaviyoUnavailable", { reason: "503" });
  it.each<[string, Partial<Run>, typeof result, (Problem | undefined)[], Partial<Run>]>([
    [
      "as planned when nothing was to be sent",
      {
        plan: aPlan({
          chunkSizes: [],
          end: { status: "skipped", problem: problem("segmentEmpty") },
        }),
      },
      ...[result, []],
      { status: "skipped", problem: problem("segmentEmpty") },
    ],
    [
      "by the reason why it was stopped",
      { stop: problem("runCanceled") },
      ...[result, []],
      { status: "canceled", problem: problem("runCanceled") },
    ],
    [
      "by the reason that all its chunks have",
      {},
      { ...result, numbers: unsent },
      [reason, reason],
      { status: "failed", problem: reason },
    ],
    [
      "with the number unsent when they have several",
      {},
      { ...result, numbers: unsent },
      [reason, problem("chunkUnsent")],
      { status: "failed", problem: problem("profilesUnsent", { unsent: 5, members: 9 }) },
    ],
    [
      "with the number who are on the list yet",
      {},
      { ...result, removals: { leaving: 3, removed: 1, notFound: 0, unremoved: 2 } },
      [],
      { status: "failed", problem: problem("profilesUnremoved", { unremoved: 2, leaving: 3 }) },
    ],
    [
      "well, when nobody was rejected",
      {},
      { ...result, numbers: { ...numbers, invalid: 0 } },
      [],
      { status: "successful" },
    ],
    [
      "with warnings when a mapped field reached nobody",
      { warnings: [problem("fieldDropped")] },
      { ...result, numbers: { ...numbers, invalid: 0 } },
      [],
      { status: "completedWithWarnings" },
    ],
    [
      "with a word on the values that Klaviyo did not take",
      {},
      {
        ...{ ...result, numbers: { ...numbers, invalid: 0 } },
        leftOut: { refused: [], ignored: ["title" as never] },
      },
      [],
      { status: "successful", warnings: [expect.objectContaining({ code: "valuesIgnored" })] },
    ],
  ] as never)("ends it %s", async (_how, given, accounted, reasons, expected) => {
    const { settle, runs, run } = aSituation(
      { ...(reasons.length > 0 ? { settledChunks: 0 } : {}), ...given },
      { accounted },
    );
    for (const [index, why] of reasons.entries()) {
      const outcome = { imported: 0, refused: 0, unsent: 5, problem: why };
      await runs.settleChunk("run-1", index + 1, outcome, new Date());
    }

    await settle();

    expect(run()).toMatchObject({ numbers: accounted.numbers, ...expected });
    if (!("problem" in expected)) expect(run()).not.toHaveProperty("problem");
  });
});

describe("settling a run whose members are to be subscribed", () => {
  it("requests for it before, once, and keeps what it comes to until all are subscribed", async () => {
    const situation = aSituation(subscribedSettings, { batches: 3 });
    const { settle, run, state, requests, staged, queues, anExport: found } = situation;

    await settle();

    expect(staged).toEqual(["accounted"]);
    expect(state()).toBe("subscribing");
    expect(run()).toMatchObject({ result, phase: "subscribing" });
    expect(run()).not.toHaveProperty("report");
    expect(queues.sent).toMatchObject([{ step: "subscribe", done: 0 }]);
    expect(found()?.currentRun?.runId).toBe("run-1");

    await situation.subscribe();
    await settle();

    expect(requests).toHaveLength(1);
    expect(staged).toHaveLength(1);
    expect(run()).toMatchObject({
      ...{ status: "completedWithWarnings", numbers, report: result.reportKey },
      subscribing: { done: 3, numbers: { requested: 9, accepted: 9 } },
    });
    expect(found()?.snapshot).toMatchObject({
      ...{ key: result.snapshotKey, subscribed: { key: "subscribed/run-1" } },
    });
  });

  it("sends the subscribing on its way again when it is settled meanwhile", async () => {
    const { settle, state, requests, queues } = aSituation(subscribedSettings, { batches: 2 });

    await settle();
    await settle();

    expect(state()).toBe("subscribing");
    expect(requests).toHaveLength(1);
    expect(queues.sent.map(({ step }) => step)).toEqual(["subscribe", "subscribe"]);
  });

  it("ends it at once when there is nobody to be subscribed, or the connection is gone", async () => {
    const nobody = aSituation(subscribedSettings, { batches: 0 });
    await nobody.settle();
    expect(nobody.run().status).toBe("completedWithWarnings");

    const gone = aSituation(subscribedSettings, { connected: false });
    await gone.settle();
    expect(gone.run().status).toBe("completedWithWarnings");
    expect(gone.staged).toEqual([]);
  });

  it("goes on with one that an older version began to subscribe without keeping its result", async () => {
    const numbersSoFar = { ...noSubscriptions, requested: 9 };
    const subscribing = { batches: 1, done: 0, leaseUntil: 0, numbers: numbersSoFar };
    const situation = aSituation({ ...subscribedSettings, subscribing, phase: "subscribing" });
    const { settle, run, requests, staged, queues } = situation;

    await settle();
    expect(queues.sent).toMatchObject([{ step: "subscribe", done: 0 }]);
    await situation.subscribe();
    await settle();

    expect(run()).toMatchObject({ status: "completedWithWarnings", report: result.reportKey });
    expect(requests).toHaveLength(1);
    expect(staged).toEqual([]);
  });
});

describe("a worker that dies while it settles a run", () => {
  class Died extends Error {}

  /** Settles the run by as many messages as it takes, of whose workers one dies at the n-th call. */
  async function settledDespite(n: number, when: "before" | "after") {
    const situation = aSituation(subscribedSettings);
    let calls = 0;
    const deadly = <Part extends object>(part: Part): Part =>
      aroundCalls(part, async (_method, call) => {
        calls += 1;
        const isTheOne = calls === n;
        if (isTheOne && when === "before") throw new Died();
        const result = await call();
        if (isTheOne) throw new Died();
        return result;
      });
    const { parts } = situation;
    const deadlyParts = {
      ...parts,
      ...{ connections: deadly(parts.connections), exports: deadly(parts.exports) },
      ...{ runs: deadly(parts.runs), data: deadly(parts.data), queues: deadly(parts.queues) },
      ...{ accounting: deadly(parts.accounting), subscribers: deadly(parts.subscribers) },
    };
    for (let messages = 0; situation.state() !== "announced"; messages += 1) {
      if (messages > 9) throw new Error(`the run does not end: ${situation.state()}`);
      try {
        await settleRun(deadlyParts, "run-1");
      } catch (error) {
        if (!(error instanceof Died)) throw error;
      }
      if (situation.state() === "subscribing") await situation.subscribe();
      // Whoever died while it told others of the end is not waited for any longer.
      await parts.clock.sleep(180_000);
    }
    // The message of who died comes again in any case.
    await settleRun(parts, "run-1");
    return { ...situation, died: calls >= n };
  }

  it.each(["before", "after"] as const)(
    "%s any of its calls costs nothing: the run ends, once, and is accounted for again only if its result was not kept",
    async (when) => {
      const requests: number[] = [];
      for (let n = 1; ; n += 1) {
        const situation = await settledDespite(n, when);
        const { run, anExport: found, announcer, audited, data } = situation;
        expect(run()).toMatchObject({ status: "completedWithWarnings", numbers });
        expect(run()).toMatchObject({ report: result.reportKey });
        expect(found()).not.toHaveProperty("currentRun");
        expect(found()?.snapshot?.key).toBe(result.snapshotKey);
        expect(audited()).toEqual([["runEnded", "completedWithWarnings"]]);
        expect(announcer.events.length).toBeGreaterThan(0);
        expect([...data.snapshots]).toContain(result.snapshotKey);
        requests.push(situation.requests.length);
        if (!situation.died) break;
      }
      // It dies at one call after another: what is done twice is the accounting that nobody knew to be done.
      expect(requests.filter((times) => times > 1).length).toBeLessThanOrEqual(2);
      expect(Math.max(...requests)).toBe(2);
      expect(requests.length).toBeGreaterThan(15);
    },
  );
});
