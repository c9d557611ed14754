import { describe, expect, it } from "@jest/globals";
import { isDeepStrictEqual } from "node:util";
import { exampleChanges } from "../../../../infra/commands/run-states";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { createRunStore } from "../../../../shared/adapters/aws/dynamodb/runs/run-store";
import { problem } from "../../../../shared/domain/problems/problem";
import {
  noNumbers,
  noRemovals,
  type RunResult,
  type RunNumbers,
  type RunPlan,
} from "../../../../shared/domain/runs/run";
import { noSubscriptions } from "../../../../shared/domain/exports/subscription";
import { attributesOf } from "../../../../shared/domain/runs/lifecycle/change";
import { readRecord } from "../../../../shared/domain/runs/lifecycle/run-record";
import { stateOf } from "../../../../shared/domain/runs/lifecycle/run-state";
import {
  runTransitions,
  type RunEnding,
  type RunTransitionName,
} from "../../../../shared/domain/runs/lifecycle/run-transitions";
import type { RunSelection, RunStore } from "../../../../shared/ports";
import { anInstant, aPlan, aRun } from "../../../support/builders";
import { fakeRunStore } from "../../../support/fakes/stores/run-store";
import { recordingWrites, type RecordedWrite } from "../../../support/recorded-writes";
import { useDynamoDb } from "../backends";

const dynamoDb = useDynamoDb();
const backends: [string, () => Promise<RunStore>][] = [
  ["fake", async () => fakeRunStore()],
  ["DynamoDB", () => onDynamoDb(dynamoDb.client())],
  ["DynamoDB that loses answers", () => onDynamoDb(dynamoDb.losingAnswers())],
];

/** All that the tests have written of runs on DynamoDB. */
const written: RecordedWrite[] = [];

async function onDynamoDb(client: ReturnType<typeof dynamoDb.client>): Promise<RunStore> {
  const isRun = ({ item }: Readonly<Record<string, unknown>>): boolean => item === "run";
  const recording = recordingWrites(client, isRun, written);
  return createRunStore(recording, await dynamoDb.makeTable("runs"), 90);
}

const at = (seconds: number): Date => new Date(Date.parse(anInstant) + seconds * 1_000);
const iso = (seconds: number): string => at(seconds).toISOString();
const numbers: RunNumbers = { ...noNumbers, rows: 12, blank: 1, invalid: 1, members: 10 };
const result: RunResult = {
  numbers: { ...numbers, imported: 9, refused: 1 },
  removals: noRemovals,
  leftOut: { refused: [{ attribute: "phone_number", count: 2 }], ignored: [] },
  ...{ reportKey: "reports/run-1/rejections.csv", snapshotKey: "snapshots/export-1/run-1" },
};

/** Endings at the second. */
const failed = (seconds: number): RunEnding => ({
  ...({ kind: "unplanned", status: "failed" } as const),
  at: at(seconds),
});
const concluded = (seconds: number): RunEnding => ({
  ...({ kind: "concluded", status: "completedWithWarnings" } as const),
  at: at(seconds),
  ...{ numbers: result.numbers, removals: result.removals, report: result.reportKey },
  warnings: [problem("subscriptionsUnsettled")],
});
const unsettled = (seconds: number, removals = noRemovals): RunEnding => ({
  ...({ kind: "unsettled", status: "failed" } as const),
  ...{ at: at(seconds), numbers, removals, problem: problem("internalError") },
});

/** Makes the run, unless it is there, and plans it at the first second. */
async function planned(store: RunStore, plan: RunPlan = aPlan()): Promise<void> {
  await store.create(aRun());
  await store.beginPreparing("run-1", at(1));
  await store.plan("run-1", plan, numbers, at(1));
}

async function settleAll(store: RunStore, chunks: number): Promise<void> {
  for (let chunk = 1; chunk <= chunks; chunk += 1) {
    await store.settleChunk("run-1", chunk, { imported: 0, refused: 0, unsent: 0 }, at(1));
  }
}

describe.each(backends)("run store (%s)", (_name, makeStore) => {
  it("gives back what was created, and creates a run once", async () => {
    const store = await makeStore();

    expect(await store.create(aRun())).toBe(true);

    expect(await store.get("run-1")).toEqual(aRun());
    expect(await store.get("another")).toBeUndefined();
    expect(await store.create(aRun({ requestedBy: "another" }))).toBe(false);
    expect(await store.get("run-1")).toEqual(aRun());
  });

  it("finds the runs that there are of many", async () => {
    const store = await makeStore();
    for (const runId of ["run-1", "run-2", "run-3"]) {
      await store.create(aRun({ runId }));
    }

    const found = await store.getMany(["run-3", "gone", "run-1", "run-3"]);

    expect(found.map(({ runId }) => runId).sort()).toEqual(["run-1", "run-3"]);
    expect(await store.getMany([])).toEqual([]);
  });

  it("keeps an ended run on the list of those to announce, until it is announced", async () => {
    const store = await makeStore();
    const unannounced = async () =>
      (await store.listUnannounced({ limit: 10 })).items.map(({ runId }) => runId);
    await store.create(aRun());
    await store.create(aRun({ runId: "run-2", status: "skipped" }));
    expect(await unannounced()).toEqual(["run-2"]);
    expect(await store.claimAnnouncement("run-1", at(1), at(2))).toBeUndefined();
    await store.end("run-1", failed(1));
    expect((await unannounced()).sort()).toEqual(["run-1", "run-2"]);
    expect((await store.listOpen({ limit: 10 })).items).toEqual([]);

    // One worker takes it; another only when the first has not finished in time.
    expect((await store.claimAnnouncement("run-1", at(1), at(3)))?.status).toBe("failed");
    expect(await store.claimAnnouncement("run-1", at(2), at(4))).toBeUndefined();
    expect((await store.claimAnnouncement("run-1", at(3), at(5)))?.runId).toBe("run-1");
    await store.markAnnounced("run-1");

    expect(await unannounced()).toEqual(["run-2"]);
    expect(await store.claimAnnouncement("run-1", at(9), at(10))).toBeUndefined();
    expect((await store.get("run-1"))?.status).toBe("failed");
  });

  it("takes a queued run through preparing and planning, each once", async () => {
    const store = await makeStore();
    const warning = problem("snapshotUnreadable");
    const plan = aPlan({ warnings: [warning] });
    await store.create(aRun());

    expect(await store.beginPreparing("run-1", at(1))).toBe(true);
    expect(await store.beginPreparing("run-1", at(2))).toBe(true);
    expect(await store.get("run-1")).toEqual(
      aRun({ status: "running", phase: "preparing", startedAt: iso(1), movedAt: iso(2) }),
    );

    expect(await store.plan("run-1", plan, numbers, at(3))).toBe(true);
    expect(await store.plan("run-1", aPlan({ attemptId: "late" }), noNumbers, at(4))).toBe(false);
    expect(await store.beginPreparing("run-1", at(5))).toBe(false);
    expect(await store.get("run-1")).toEqual(
      aRun({
        status: "running",
        phase: "pushing",
        startedAt: iso(1),
        movedAt: iso(3),
        plannedAt: iso(3),
        marks: [{ at: iso(3), sent: 0, confirmed: 0 }],
        plan,
        stagedChunks: 0,
        numbers,
        warnings: [warning],
      }),
    );
  });

  it("counts the chunks that are staged, never back, as long as the run goes on", async () => {
    const store = await makeStore();
    await planned(store, aPlan({ chunkSizes: [1, 1, 1] }));

    expect(await store.markStaged("run-1", 2)).toBe(true);
    expect(await store.markStaged("run-1", 1)).toBe(true);
    expect(await store.get("run-1")).toMatchObject({ stagedChunks: 2 });

    await store.stop("run-1", problem("runCanceled"));
    expect(await store.markStaged("run-1", 3)).toBe(false);
    await settleAll(store, 3);
    await store.end("run-1", unsettled(5));
    expect(await store.markStaged("run-1", 3)).toBe(false);
    expect(await store.get("run-1")).toMatchObject({ stagedChunks: 2 });
  });

  it("keeps the first reason to stop", async () => {
    const store = await makeStore();
    await store.create(aRun());

    await store.stop("run-1", problem("keyRefused"));
    await store.stop("run-1", problem("exportDeleted"));

    expect((await store.get("run-1"))?.stop?.code).toBe("keyRefused");
  });

  it("moves the confirmation loop on, and never back", async () => {
    const store = await makeStore();
    await store.create(aRun());
    expect(await store.advanceConfirmRound("run-1", 1)).toBe(false);
    await planned(store);

    expect(await store.advanceConfirmRound("run-1", 1)).toBe(true);
    expect(await store.advanceConfirmRound("run-1", 1)).toBe(false);
    expect(await store.advanceConfirmRound("run-1", 3)).toBe(true);
    expect(await store.advanceConfirmRound("run-1", 2)).toBe(false);

    expect(await store.get("run-1")).toMatchObject({ confirmRound: 3, movedAt: iso(1) });
  });

  it("ends a run once", async () => {
    const store = await makeStore();
    await store.create(aRun());
    await store.beginPreparing("run-1", at(1));
    const reason = problem("segmentEmpty");

    const ending = { kind: "unplanned", status: "skipped", at: at(2), problem: reason } as const;
    expect(await store.end("run-1", ending)).toBe(true);
    expect(await store.end("run-1", failed(3))).toBe(false);

    expect(await store.get("run-1")).toEqual(
      aRun({
        status: "skipped",
        startedAt: iso(1),
        endedAt: iso(2),
        movedAt: iso(2),
        problem: reason,
      }),
    );
  });

  it("keeps what a settled run comes to, once, until it ends as that says", async () => {
    const store = await makeStore();
    await planned(store);
    expect(await store.end("run-1", failed(2))).toBe(false);
    expect(await store.end("run-1", concluded(2))).toBe(false);
    await settleAll(store, 2);
    expect(await store.end("run-1", concluded(2))).toBe(false);

    expect(await store.keepResult("run-1", result, at(3))).toBe(true);
    expect(await store.keepResult("run-1", { ...result, reportKey: "late" }, at(4))).toBe(false);
    expect(await store.get("run-1")).toMatchObject({ result, movedAt: iso(3), status: "running" });
    expect(await store.end("run-1", concluded(5))).toBe(true);
    expect(await store.end("run-1", concluded(6))).toBe(false);
    expect(await store.keepResult("run-1", result, at(7))).toBe(false);

    const ended = await store.get("run-1");
    expect(ended).toMatchObject({
      ...{ status: "completedWithWarnings", endedAt: iso(5), numbers: result.numbers },
      ...{ report: result.reportKey, warnings: [problem("subscriptionsUnsettled")] },
    });
    expect(ended).not.toHaveProperty("result");
    expect(ended).not.toHaveProperty("phase");
  });

  it("changes nothing about a run that has ended", async () => {
    const store = await makeStore();
    await planned(store);
    await settleAll(store, 2);
    await store.end("run-1", unsettled(2));
    const ended = await store.get("run-1");

    expect(await store.beginPreparing("run-1", at(3))).toBe(false);
    expect(await store.plan("run-1", aPlan(), noNumbers, at(3))).toBe(false);
    expect(await store.advanceConfirmRound("run-1", 9)).toBe(false);
    await store.stop("run-1", problem("keyRefused"));
    await store.touch("run-1", at(3));
    await store.settleChunk("run-1", 3, { imported: 5, refused: 0, unsent: 0 }, at(3));

    expect(await store.get("run-1")).toEqual(ended);
    expect(ended?.numbers).toEqual(numbers);
  });

  it("makes nothing of a run that is not there", async () => {
    const store = await makeStore();

    expect(await store.beginPreparing("run-1", at(1))).toBe(false);
    expect(await store.end("run-1", failed(1))).toBe(false);
    await store.touch("run-1", at(1));
    await store.stop("run-1", problem("keyRefused"));

    expect(await store.get("run-1")).toBeUndefined();
  });

  it("lists an export's runs newest first, in pages", async () => {
    const store = await makeStore();
    for (const seconds of [3, 1, 2, 5, 4]) {
      await store.create(aRun({ runId: `run-${seconds}`, requestedAt: iso(seconds) }));
    }
    await store.create(aRun({ runId: "run-9", exportId: "export-2", requestedAt: iso(9) }));

    const first = await store.listByExport("export-1", { limit: 3 });
    const second = await store.listByExport("export-1", { limit: 3, after: first.next ?? "" });

    expect(first.items.map(({ runId }) => runId)).toEqual(["run-5", "run-4", "run-3"]);
    expect(second.items.map(({ runId }) => runId)).toEqual(["run-2", "run-1"]);
    expect(second.next).toBeUndefined();
    expect((await store.listByExport("export-1", { limit: 5 })).next).toBeUndefined();
  });

  it("finds an export's runs by all that is asked for, in both orders, in full pages", async () => {
    const store = await makeStore();
    for (let seconds = 0; seconds < 9; seconds += 1) {
      await store.create(
        aRun({
          ...{ runId: `${seconds}`, requestedAt: iso(seconds) },
          status: seconds % 4 === 0 ? "failed" : "successful",
          trigger: seconds % 2 === 0 ? "scheduled" : "onDemand",
          mode: seconds === 7 ? "full" : "incremental",
        }),
      );
    }
    const found = async (selection: RunSelection, limit: number) => {
      const pages: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.listByExport("export-1", { limit, after }, selection);
        pages.push(page.items.map(({ runId }) => runId).join(""));
        after = page.next;
      } while (after !== undefined);
      return pages;
    };

    expect(await found({ oldestFirst: true }, 5)).toEqual(["01234", "5678"]);
    expect(await found({ status: "failed" }, 2)).toEqual(["84", "0"]);
    expect(await found({ status: "failed", oldestFirst: true }, 2)).toEqual(["04", "8"]);
    expect(await found({ status: "successful", trigger: "scheduled" }, 1)).toEqual(["6", "2"]);
    expect(await found({ mode: "full" }, 1)).toEqual(["7"]);
    expect(await found({ from: at(2), until: at(5) }, 2)).toEqual(["43", "2"]);
    expect(await found({ from: at(2), until: at(5), oldestFirst: true }, 2)).toEqual(["23", "4"]);
    expect(await found({ from: at(5), until: at(2) }, 2)).toEqual([""]);
    expect(await found({ status: "canceled" }, 2)).toEqual([""]);
  });

  it("finds the runs over a connection, also of exports that have left it, in pages", async () => {
    const store = await makeStore();
    const settings = (connectionId: string) => ({ ...aRun().settings, connectionId });
    for (const seconds of [2, 1, 3]) {
      const exportId = `export-${seconds}`;
      await store.create(aRun({ runId: `run-${seconds}`, exportId, requestedAt: iso(seconds) }));
    }
    await store.create(aRun({ runId: "run-9", settings: settings("connection-2") }));
    await store.end("run-3", failed(4));

    const first = await store.listByConnection("connection-1", { limit: 2 });
    const second = await store.listByConnection("connection-1", {
      limit: 2,
      after: first.next ?? "",
    });

    expect(first.items).toEqual([
      { runId: "run-3", exportId: "export-3" },
      { runId: "run-2", exportId: "export-2" },
    ]);
    expect(second).toEqual({ items: [{ runId: "run-1", exportId: "export-1" }] });
  });

  it("lists the runs that have not ended, longest unmoved first", async () => {
    const store = await makeStore();
    await store.create(aRun({ runId: "run-a", movedAt: iso(3) }));
    await store.create(aRun({ runId: "run-b", movedAt: iso(1) }));
    await store.create(aRun({ runId: "run-c", movedAt: iso(2) }));
    await store.create(aRun({ runId: "run-d", movedAt: iso(0) }));
    await store.create(aRun({ runId: "run-e", status: "skipped", endedAt: anInstant }));
    await store.end("run-d", failed(1));
    await store.touch("run-b", at(9));

    const first = await store.listOpen({ limit: 2 });
    const second = await store.listOpen({ limit: 2, after: first.next ?? "" });

    expect(first.items.map(({ runId }) => runId)).toEqual(["run-c", "run-a"]);
    expect(second.items.map(({ runId }) => runId)).toEqual(["run-b"]);
  });

  it.each(["", "nonsense", Buffer.from('{"runId":"","at":""}').toString("base64url")])(
    "refuses “%s” as a cursor",
    async (after) => {
      const store = await makeStore();
      const refusal = { problem: { code: "invalidRequest" }, field: "/after" };

      await expect(store.listByExport("export-1", { limit: 2, after })).rejects.toMatchObject(
        refusal,
      );
      await expect(store.listOpen({ limit: 2, after })).rejects.toMatchObject(refusal);
      await expect(store.list({ limit: 2, after })).rejects.toMatchObject(refusal);
    },
  );

  describe("a chunk", () => {
    const sent = {
      state: "sent",
      runId: "run-1",
      chunk: 1,
      jobs: 1,
      jobId: "job-1",
      sentAt: iso(5),
      profiles: 9,
      refused: 1,
    } as const;
    const outcome = { imported: 9, refused: 1, unsent: 0 };

    it("is taken by one of many that ask at the same time", async () => {
      const store = await makeStore();
      await store.create(aRun());

      const claims = await Promise.all(
        Array.from({ length: 10 }, () => store.claimChunk("run-1", 1, at(0), at(60))),
      );

      expect(claims.filter(({ kind }) => kind === "claimed")).toEqual([
        { kind: "claimed", jobs: 0, again: false },
      ]);
    });

    it("can be taken again when the lease is over, or was given back", async () => {
      const store = await makeStore();
      await store.claimChunk("run-1", 1, at(0), at(60));

      expect(await store.claimChunk("run-1", 1, at(59), at(120))).toEqual({
        kind: "held",
        chunk: {
          state: "sending",
          runId: "run-1",
          chunk: 1,
          jobs: 0,
          leaseUntil: at(60).getTime(),
          claims: 1,
        },
      });
      expect(await store.claimChunk("run-1", 1, at(60), at(120))).toMatchObject({
        kind: "claimed",
        again: true,
      });
      await store.releaseChunk("run-1", 1, at(60));
      expect(await store.claimChunk("run-1", 1, at(61), at(99))).toMatchObject({ kind: "held" });
      await store.releaseChunk("run-1", 1, at(120));
      expect(await store.claimChunk("run-1", 1, at(61), at(120))).toMatchObject({
        kind: "claimed",
      });
    });

    it("is not taken when it was sent; the first job stays its job; the run has moved", async () => {
      const store = await makeStore();
      await planned(store);
      await store.claimChunk("run-1", 1, at(0), at(60));
      const waiting = {
        for: "klaviyo",
        problem: problem("jobCancelled", { attempts: 1 }),
      } as const;
      await store.notePutOff("run-1", { ...waiting, since: iso(1), until: iso(9), at: iso(1) });
      expect(await store.get("run-1")).toMatchObject({ waiting });

      const marks = [{ at: iso(4), sent: 1, confirmed: 1 }];
      await store.markSent(sent, { profiles: 9, marks });
      await store.markSent({ ...sent, jobId: "job-2" }, { profiles: 9 });

      expect(await store.claimChunk("run-1", 1, at(900), at(999))).toEqual({
        kind: "held",
        chunk: sent,
      });
      expect(await store.getChunk("run-1", 1)).toEqual(sent);
      const run = await store.get("run-1");
      expect(run).toMatchObject({ movedAt: iso(5), firstSentAt: iso(5), lastSentAt: iso(5) });
      expect(run).toMatchObject({ sentProfiles: 9, marks });
      expect(run).not.toHaveProperty("waiting");
    });

    it("can be taken again when its job was cancelled, and remembers its jobs", async () => {
      const store = await makeStore();
      await store.create(aRun());
      await store.claimChunk("run-1", 1, at(0), at(60));
      await store.markSent(sent, { profiles: 9 });

      expect(await store.reopenChunk("run-1", 1, "another-job")).toBe(false);
      expect(await store.reopenChunk("run-1", 1, "job-1")).toBe(true);
      expect(await store.reopenChunk("run-1", 1, "job-1")).toBe(false);

      expect(await store.claimChunk("run-1", 1, at(6), at(60))).toEqual({
        kind: "claimed",
        jobs: 1,
        again: true,
      });
    });

    it("can be taken again for its rest when a part of it is done, which is not unsent later", async () => {
      const store = await makeStore();
      await planned(store, aPlan({ chunkSizes: [10] }));
      await store.claimChunk("run-1", 1, at(0), at(60));
      await store.markSent(
        { ...sent, profiles: 5, refused: 1, upTo: 6, leftOut: 2 },
        { profiles: 9 },
      );
      expect(await store.getChunk("run-1", 1)).toMatchObject({ upTo: 6, leftOut: 2 });
      const parts = { upTo: 6, imported: 5, refused: 1, jobs: 1, leftOut: 2 };

      expect(await store.reopenChunk("run-1", 1, "job-1", parts)).toBe(true);

      const claimed = await store.claimChunk("run-1", 1, at(6), at(60));
      expect(claimed).toEqual({ kind: "claimed", jobs: 1, again: true, parts });
      await store.releaseChunk("run-1", 1, at(60));
      const unsent = { imported: 0, refused: 0, unsent: 10, problem: problem("chunkUnsent") };
      const run = await store.settleUnlessSent("run-1", 1, unsent, at(70), "sent");
      expect(run?.numbers).toMatchObject({ imported: 5, refused: 1, unsent: 4 });
      expect(await store.getChunk("run-1", 1)).toMatchObject({ outcome: { unsent: 10 }, parts });
    });

    it("counts once however often it is settled, and keeps its first outcome", async () => {
      const store = await makeStore();
      await planned(store);
      await store.claimChunk("run-1", 1, at(0), at(60));
      await store.markSent(sent, { profiles: 9 });

      const settlings = await Promise.all(
        Array.from({ length: 5 }, () => store.settleChunk("run-1", 1, outcome, at(6))),
      );
      const late = await store.settleChunk(
        "run-1",
        1,
        { imported: 0, refused: 0, unsent: 10, problem: problem("chunkUnsent") },
        at(7),
      );

      expect(settlings).toHaveLength(5);
      expect(late.numbers).toEqual({ ...numbers, imported: 9, refused: 1 });
      expect(late.settledChunks).toBe(1);
      expect(late.movedAt).toBe(iso(6));
      expect(late.phase).toBe("confirming");
      expect(await store.getChunk("run-1", 1)).toEqual({
        state: "settled",
        runId: "run-1",
        chunk: 1,
        jobs: 1,
        outcome,
      });
    });

    it("counts in the run's numbers of leavers when it was to be removed, and keeps the phase", async () => {
      const store = await makeStore();
      const plan = aPlan({ chunkSizes: [1], removalSizes: [3, 2], leaving: 5 });
      await planned(store, plan);
      expect((await store.get("run-1"))?.removals).toEqual({ ...noRemovals, leaving: 5 });

      await store.settleChunk("run-1", 1, { imported: 1, refused: 0, unsent: 0 }, at(2));
      await store.beginRemoving("run-1", at(3));
      expect(await store.get("run-1")).toMatchObject({ phase: "removing", movedAt: iso(3) });
      const removals = { removed: 2, notFound: 1, unremoved: 0 };
      const settled = { imported: 0, refused: 0, unsent: 0, removals };
      await store.settleChunk("run-1", 2, settled, at(4));
      await store.settleChunk("run-1", 2, settled, at(5));

      expect(await store.get("run-1")).toMatchObject({
        phase: "removing",
        settledChunks: 2,
        settledRemovals: 1,
        removals: { leaving: 5, ...removals },
      });
      expect(await store.getChunk("run-1", 2)).toMatchObject({ outcome: settled });
      const all = { leaving: 5, removed: 2, notFound: 1, unremoved: 2 };
      const unremoved = { removed: 0, notFound: 0, unremoved: 2 };
      await store.settleChunk("run-1", 3, { ...settled, removals: unremoved }, at(6));
      await store.end("run-1", unsettled(6, all));
      expect((await store.get("run-1"))?.removals).toEqual(all);
    });

    it("is not taken, sent, reopened or given back once it has settled", async () => {
      const store = await makeStore();
      await planned(store);
      await store.settleChunk("run-1", 1, outcome, at(1));
      const settled = await store.getChunk("run-1", 1);

      expect(await store.claimChunk("run-1", 1, at(900), at(999))).toMatchObject({ kind: "held" });
      await store.markSent(sent, { profiles: 9 });
      await store.releaseChunk("run-1", 1, at(60));
      expect(await store.reopenChunk("run-1", 1, "job-1")).toBe(false);

      expect(await store.getChunk("run-1", 1)).toEqual(settled);
    });

    it("is settled side by side with others without losing one", async () => {
      const store = await makeStore();
      const chunks = Array.from({ length: 20 }, (_, index) => index + 1);
      await planned(store, aPlan({ chunkSizes: chunks.map(() => 10) }));

      await Promise.all(
        chunks.map((chunk) =>
          store.settleChunk("run-1", chunk, { imported: 7, refused: 2, unsent: 1 }, at(2)),
        ),
      );

      const run = await store.get("run-1");
      expect(run?.settledChunks).toBe(20);
      expect(run?.numbers).toMatchObject({ imported: 140, refused: 40, unsent: 20 });
      const listed = await store.listChunks("run-1");
      expect(listed.map(({ chunk }) => chunk)).toEqual(chunks);
    });
  });

  it("keeps how far a run has come with subscribing, for one worker at a time", async () => {
    const store = await makeStore();
    await planned(store);
    await settleAll(store, 2);
    const progress = {
      ...{ batches: 3, done: 0, leaseUntil: 0 },
      numbers: { ...noSubscriptions, requested: 2_100 },
    };
    expect(await store.claimSubscribing("run-1", at(1), at(9))).toBeUndefined();

    expect(await store.beginSubscribing("run-1", progress, at(1))).toBe(false);
    await store.keepResult("run-1", result, at(1));
    expect(await store.beginSubscribing("run-1", progress, at(1))).toBe(true);
    expect(await store.beginSubscribing("run-1", { ...progress, batches: 9 }, at(2))).toBe(false);
    expect(await store.get("run-1")).toMatchObject({
      ...{ phase: "subscribing", subscribing: progress, movedAt: iso(1) },
    });

    const held = at(9).getTime();
    expect(await store.claimSubscribing("run-1", at(2), at(9))).toEqual({
      ...progress,
      leaseUntil: held,
    });
    expect(await store.claimSubscribing("run-1", at(8), at(20))).toBeUndefined();
    const further = { ...progress, done: 1, leaseUntil: held };
    expect(await store.keepSubscribing("run-1", held, further, at(5))).toBe(true);
    expect(await store.get("run-1")).toMatchObject({ subscribing: further, movedAt: iso(5) });

    // The first worker did not come back: another takes over, after which the first changes nothing.
    expect(await store.claimSubscribing("run-1", at(9), at(20))).toMatchObject({ done: 1 });
    expect(await store.keepSubscribing("run-1", held, { ...further, done: 2 }, at(10))).toBe(false);

    await store.end("run-1", concluded(11));
    expect((await store.get("run-1"))?.warnings).toEqual([problem("subscriptionsUnsettled")]);
    expect(await store.claimSubscribing("run-1", at(30), at(40))).toBeUndefined();
  });
});

describe("what the run store has written of runs in all these tests", () => {
  const stateIn = (item: unknown) => stateOf(readRecord(item)).kind;
  const names = Object.keys(runTransitions) as RunTransitionName[];
  /** The transitions that may have made of a run what it became. */
  const madeBy = ({ before, after }: RecordedWrite): RunTransitionName[] => {
    const changed = [...new Set([...Object.keys(before!), ...Object.keys(after)])].filter(
      (name) => name !== "writeId" && !isDeepStrictEqual(before![name], after[name]),
    );
    return names.filter((name) => {
      const touched = attributesOf(exampleChanges[name].effects).map((one) => one.split(".")[0]!);
      const to = runTransitions[name].leads[stateIn(before)] ?? [];
      return to.includes(stateIn(after)) && changed.every((one) => touched.includes(one));
    });
  };

  it("is one of their transitions, each time, and each transition is among it", () => {
    const changes = written.filter(({ before }) => before !== undefined);
    const strange = changes.filter((write) => madeBy(write).length === 0);

    expect(changes.length).toBeGreaterThan(150);
    expect(strange).toEqual([]);
    expect(names.filter((name) => !changes.some((write) => madeBy(write).includes(name)))).toEqual(
      [],
    );
  });

  it("makes a run as queued, or as ended", () => {
    const made = written.filter(({ before }) => before === undefined);
    expect([...new Set(made.map(({ after }) => stateIn(after)))].sort()).toEqual([
      "ended",
      "queued",
    ]);
  });
});

describe("run store on DynamoDB", () => {
  it("finds one of an export's runs among many, however few a page shows", async () => {
    const store = createRunStore(dynamoDb.client(), await dynamoDb.makeTable("runs"), 30);
    for (let seconds = 0; seconds < 250; seconds += 1) {
      const status = seconds === 3 ? "failed" : "successful";
      await store.create(aRun({ runId: `run-${seconds}`, requestedAt: iso(seconds), status }));
    }

    const page = await store.listByExport("export-1", { limit: 1 }, { status: "failed" });

    expect(page).toEqual({ items: [expect.objectContaining({ runId: "run-3" })] });
  });

  it("takes a cursor from outside the span for its beginning or its end", async () => {
    const store = createRunStore(dynamoDb.client(), await dynamoDb.makeTable("runs"), 30);
    await store.create(aRun({ requestedAt: iso(5) }));
    const after = (seconds: number) =>
      Buffer.from(JSON.stringify({ runId: "x", at: iso(seconds) })).toString("base64url");
    const found = async (seconds: number, oldestFirst: boolean) => {
      const request = { limit: 1, after: after(seconds) };
      const span = { from: at(4), until: at(6), oldestFirst };
      return (await store.listByExport("export-1", request, span)).items.length;
    };

    expect([await found(1, false), await found(9, false)]).toEqual([0, 1]);
    expect([await found(1, true), await found(9, true)]).toEqual([1, 0]);
  });

  it("lets runs and chunks expire, so many days after the run was requested or the chunk moved", async () => {
    const table = await dynamoDb.makeTable("runs");
    const store = createRunStore(dynamoDb.client(), table, 30);
    await store.create(aRun({ requestedAt: "2026-11-02T08:00:00.000Z" }));
    await store.claimChunk("run-1", 1, at(1), at(2));
    await store.settleChunk("run-1", 2, { imported: 1, refused: 0, unsent: 0 }, at(1));

    const { Items: items = [] } = await dynamoDb
      .client()
      .send(new ScanCommand({ TableName: table }));

    const days = items.map(({ item, expiresAt }) => [
      item,
      Math.floor((Number(expiresAt) * 1_000 - Date.parse("2026-11-02T08:00:00.000Z")) / 86_400_000),
    ]);
    expect(days.sort()).toEqual([
      ["chunk#00001", 30],
      ["chunk#00002", 30],
      ["run", 30],
    ]);
  });

  it("counts a chunk that was settled before a crash, with the outcome that was written", async () => {
    const table = await dynamoDb.makeTable("runs");
    const store = createRunStore(dynamoDb.client(), table, 90);
    const outcome = { imported: 3, refused: 0, unsent: 0 };
    // Settled without a run to count it in: what a crash between the two writes leaves behind.
    await expect(store.settleChunk("run-1", 1, outcome, at(1))).rejects.toMatchObject({
      name: "AwsFailure",
    });
    await planned(store);

    const run = await store.settleChunk("run-1", 1, { imported: 0, refused: 0, unsent: 3 }, at(2));

    expect(run.numbers).toMatchObject({ imported: 3, unsent: 0 });
    expect(run.settledChunks).toBe(1);
  });
});
