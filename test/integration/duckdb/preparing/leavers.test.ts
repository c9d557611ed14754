import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { ChunkOutcome } from "../../../../shared/domain/runs/chunk";
import type { AccountingRequest, PreparationRequest } from "../../../../shared/ports";
import { storageKeys } from "../../../../shared/domain/runs/storage-keys";
import { createWorkbench, RUN, type Workbench } from "../workbench";

// Two profiles a chunk, so that a few leavers make several.
let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench({ chunkLimits: { maxProfiles: 2, maxBytes: 5_000_000 } });
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const csv = (...emails: string[]): string => `Email\n${emails.join("\n")}\n`;
const imported = (profiles: number): ChunkOutcome => ({
  imported: profiles,
  refused: 0,
  unsent: 0,
});
const removals = (removed: number, notFound: number, unremoved = 0): ChunkOutcome => ({
  ...imported(0),
  removals: { removed, notFound, unremoved },
});

/** A run of these members that went well; returns its snapshot's key. */
async function confirmed(...emails: string[]): Promise<string> {
  await bench.put("1.csv", csv(...emails));
  const { chunks } = await bench.prepare({ runId: "run-0" });
  const outcomes = new Map(chunks.map(({ chunk, profiles }) => [chunk, imported(profiles)]));
  return (await bench.accountFor(outcomes, { runId: "run-0" })).snapshotKey;
}

describe("a snapshot that is not there", () => {
  /** A run of which one member was refused, one has no fate, and one who left could not be taken off. */
  async function written(): Promise<{ key: string; request: AccountingRequest }> {
    const before = await confirmed("left@x.io", "stays@x.io");
    await bench.put("1.csv", csv("a@x.io", "b@x.io", "c@x.io", "stays@x.io"));
    await bench.prepare({ ...{ runId: "run-1", snapshotKey: before, remove: true } });
    await bench.refuse(1, "confirm", [{ position: 1, code: "invalid", detail: "No" }]);
    const outcomes = new Map([[1, { imported: 1, refused: 1, unsent: 0 }]]);
    const { snapshotKey } = await bench.accountFor(outcomes, { syncMode: "mirror" });
    return {
      key: snapshotKey,
      request: {
        ...{ ...RUN, outcomes, syncMode: "mirror" },
        ...{ mapping: { email: "Email" }, droppedValues: false },
      },
    };
  }
  const look = async (snapshotKey: string, rebuildFrom: PreparationRequest["rebuildFrom"]) => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io"));
    const { snapshot, numbers, leaving, leavers, warnings } = await bench.prepare({
      ...{ runId: "run-2", snapshotKey, rebuildFrom, remove: true },
    });
    return { snapshot, numbers, leaving, leavers, warnings };
  };

  it.each(["lost", "damaged"])(
    "is the same when it is rebuilt from what its run staged (%s)",
    async (how) => {
      const { key, request } = await written();
      const whole = await look(key, undefined);
      expect(whole).toMatchObject({ snapshot: "loaded", numbers: { unchanged: 1 }, leaving: 3 });
      const gone = how === "lost" ? "snapshots/export-1/never.parquet" : key;
      await bench.files.upload(key, { bytes: Buffer.from("not Parquet") });
      expect(await look(gone, async () => request)).toEqual({ ...whole, snapshot: "rebuilt" });
    },
  );

  it("is lost when what its run staged is gone too, or nothing is known of the run", async () => {
    const { request } = await written();
    const expired = { ...request, attemptId: "expired" };
    for (const rebuildFrom of [async () => expired, async () => undefined]) {
      expect(await look("snapshots/export-1/never.parquet", rebuildFrom)).toMatchObject({
        ...{ snapshot: "unreadable", leaving: 0, numbers: { unchanged: 0 } },
        warnings: [{ code: "snapshotUnreadable" }],
      });
    }
  });
});

describe("finding leavers", () => {
  it("takes whom the snapshot names and the segment does not, whatever became of their row", async () => {
    const snapshotKey = await confirmed("a@x.io", "b@x.io", "c@x.io", "d@x.io", "e@x.io");
    await bench.put("1.csv", csv("A@x.io", '" "', "c@x", "E@X.io ", "new@x.io"));
    const run = await bench.prepare({ snapshotKey, remove: true });
    expect(run).toMatchObject({ snapshot: "loaded", leaving: 3, removalSizes: [2, 1] });
    expect(run.numbers).toMatchObject({ members: 3, unchanged: 2 });
    expect(run.leavers).toEqual([
      { email: "b@x.io", chunk: 2, position: 0 },
      { email: "c@x.io", chunk: 2, position: 1 },
      { email: "d@x.io", chunk: 3, position: 0 },
    ]);
    const body = await bench.read(storageKeys.removalChunk(RUN.runId, RUN.attemptId, 2));
    expect(JSON.parse(body.toString())).toEqual(["b@x.io", "c@x.io"]);
  });

  it("finds nobody without a snapshot, or with one that is lost", async () => {
    await bench.put("1.csv", csv("a@x.io"));
    expect(await bench.prepare()).toMatchObject({ snapshot: "none", leaving: 0, removalSizes: [] });
    const lost = await bench.prepare({ snapshotKey: "snapshots/export-1/gone.parquet" });
    expect(lost).toMatchObject({ snapshot: "unreadable", leaving: 0 });
    expect(lost.warnings).toMatchObject([{ code: "snapshotUnreadable" }]);
  });

  it("finds the leavers also when no hash is to be trusted, and then sends all members", async () => {
    const snapshotKey = await confirmed("a@x.io", "b@x.io");
    await bench.put("1.csv", csv("a@x.io"));
    const run = await bench.prepare({ snapshotKey, ignoreHashes: true });
    expect(run).toMatchObject({ leaving: 1, chunks: [{ chunk: 1, profiles: 1 }] });
    expect(run.numbers.unchanged).toBe(0);
  });

  it("knows of which leavers Klaviyo never confirmed that they are on the list", async () => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io", "c@x.io", "d@x.io", "e@x.io"));
    await bench.prepare({ runId: "run-0" });
    const outcomes = new Map([
      [1, imported(2)],
      [2, { ...imported(0), unsent: 2 }],
    ]);
    const { snapshotKey } = await bench.accountFor(outcomes, { runId: "run-0" });
    await bench.put("1.csv", csv("b@x.io", "e@x.io"));
    const run = await bench.prepare({ snapshotKey });
    expect(run).toMatchObject({ leaving: 3, doubtfulLeavers: ["c@x.io", "d@x.io"] });
  });

  it("adds everybody on the list who is no member, once", async () => {
    await bench.put("1.csv", csv("a@x.io"));
    const listed = ["a@x.io", "A@x.io", "other@x.io", "Other@x.io", 'o"dd\\@x.io'];
    const run = await bench.prepare({ listed, remove: true });
    expect(run.leavers.map(({ email }) => email)).toEqual(['o"dd\\@x.io', "other@x.io"]);
    const body = await bench.read(storageKeys.removalChunk(RUN.runId, RUN.attemptId, 2));
    expect(JSON.parse(body.toString())).toEqual(['o"dd\\@x.io', "other@x.io"]);
  });
});

describe("accounting for leavers", () => {
  it("forgets who is off the list, and remembers and reports who may still be on it", async () => {
    const snapshotKey = await confirmed("a@x.io", "b@x.io", "c@x.io", "d@x.io", "e@x.io", "f@x.io");
    await bench.put("1.csv", csv("f@x.io"));
    await bench.prepare({ snapshotKey, remove: true });
    const result = await bench.accountFor(
      new Map([
        [1, removals(1, 1)],
        [2, removals(0, 0, 2)],
      ]),
      { syncMode: "mirror" },
    );
    expect(result.removals).toEqual({ leaving: 5, removed: 1, notFound: 1, unremoved: 3 });
    expect(await bench.emailsOfSnapshot(result.snapshotKey)).toEqual([
      "c@x.io",
      "d@x.io",
      "e@x.io",
      "f@x.io",
    ]);
    expect(await bench.confirmedInSnapshot(result.snapshotKey)).toEqual(["f@x.io"]);
    const lines = (await bench.read(result.reportKey)).toString().split("\r\n").slice(1, -1);
    const text =
      "The profile left the segments and was not taken off the list; the run's problem says why.";
    expect(lines).toEqual(
      ["c", "d", "e"].map(
        (name) => `"","",,"${name}@x.io","unremoved","export","profileUnremoved","${text}"`,
      ),
    );
  });

  it("has no account of leavers in sync mode upsert, and sends those who come back", async () => {
    const snapshotKey = await confirmed("a@x.io", "b@x.io");
    await bench.put("1.csv", csv("b@x.io"));
    await bench.prepare({ snapshotKey });
    const result = await bench.accountFor(new Map());
    expect(result.removals).toEqual({ leaving: 0, removed: 0, notFound: 0, unremoved: 0 });
    expect(await bench.emailsOfSnapshot(result.snapshotKey)).toEqual(["a@x.io", "b@x.io"]);

    await bench.put("1.csv", csv("a@x.io", "b@x.io"));
    const again = await bench.prepare({ runId: "run-2", snapshotKey: result.snapshotKey });
    expect(again.members).toMatchObject([
      { email: "a@x.io", unchanged: false },
      { email: "b@x.io", unchanged: true },
    ]);
  });

  it("keeps a member whose new content is refused, and enters none that was never taken", async () => {
    const snapshotKey = await confirmed("a@x.io");
    await bench.put("1.csv", csv("a@x.io", "b@x.io"));
    await bench.prepare({ snapshotKey, ignoreHashes: true });
    const refusals = [0, 1].map((position) => ({ position, code: "invalid", detail: "No" }));
    await bench.refuse(1, "push", refusals);
    const outcomes = new Map([[1, { imported: 0, refused: 2, unsent: 0 }]]);
    const result = await bench.accountFor(outcomes);
    expect(await bench.emailsOfSnapshot(result.snapshotKey)).toEqual(["a@x.io"]);
    expect(await bench.confirmedInSnapshot(result.snapshotKey)).toEqual([]);
  });

  it("names whom the export put on the list and who could not be taken off, and nobody else of the list", async () => {
    const snapshotKey = await confirmed("a@x.io", "left@x.io");
    await bench.put("1.csv", csv("a@x.io"));
    await bench.prepare({ ...{ snapshotKey, remove: true }, listed: ["guest@x.io", "left@x.io"] });
    const result = await bench.accountFor(new Map(), { syncMode: "mirror" });
    expect(result.removals).toMatchObject({ leaving: 2, unremoved: 2 });
    expect(await bench.emailsOfSnapshot(result.snapshotKey)).toEqual(["a@x.io", "left@x.io"]);
  });

  it("keeps a member who is refused and was found on the list when the snapshot was lost", async () => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io"));
    await bench.prepare({ snapshotKey: "snapshots/export-1/gone.parquet", listed: ["A@x.io"] });
    const refusals = [0, 1].map((position) => ({ position, code: "invalid", detail: "No" }));
    await bench.refuse(1, "push", refusals);
    const outcomes = new Map([[1, { imported: 0, refused: 2, unsent: 0 }]]);
    const result = await bench.accountFor(outcomes);
    expect(await bench.emailsOfSnapshot(result.snapshotKey)).toEqual(["a@x.io"]);
    expect(await bench.confirmedInSnapshot(result.snapshotKey)).toEqual([]);
  });
});
