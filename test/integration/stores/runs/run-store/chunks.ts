import { describe, expect, it } from "@jest/globals";
import { noRemovals } from "../../../../../shared/domain/runs/run";
import { problem } from "../../../../../shared/domain/problems/problem";
import { aPlan, aRun } from "../../../../support/builders";
import { at, iso, numbers, unsettled, planned } from "./run-examples";
import { runStores } from "./run-stores";

describe.each(runStores)("a chunk of a run in the store (%s)", (_name, makeStore) => {
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
