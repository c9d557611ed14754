import { describe, expect, it } from "@jest/globals";
import { noSubscriptions } from "../../../../../shared/domain/exports/subscription";
import { problem } from "../../../../../shared/domain/problems/problem";
import { noNumbers } from "../../../../../shared/domain/runs/run";
import { aPlan, aRun } from "../../../../support/builders";
import {
  at,
  iso,
  numbers,
  result,
  failed,
  concluded,
  unsettled,
  planned,
  settleAll,
} from "./run-examples";
import { runStores } from "./run-stores";

describe.each(runStores)("run store (%s)", (_name, makeStore) => {
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
