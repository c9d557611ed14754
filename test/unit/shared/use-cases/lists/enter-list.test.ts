import { describe, expect, it } from "@jest/globals";
import type { Export } from "../../../../../shared/domain/exports/export";
import type { Run } from "../../../../../shared/domain/runs/run";
import { enterList } from "../../../../../shared/use-cases/lists/enter-list";
import { aConnection, anExport, aRun } from "../../../../support/builders";
import { fakeConnectionStore } from "../../../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../../../support/fakes/stores/export-store";
import { fakeListKeeperStore } from "../../../../support/fakes/stores/list-keeper-store";
import { fakeRunStore } from "../../../../support/fakes/stores/run-store";

type Mode = Run["settings"]["syncMode"];

/** Two exports of one list, over two connections to the same account, which entered or enter it with runs. */
function aList() {
  const elsewhere = aConnection({
    connectionId: "elsewhere",
    account: { ...aConnection().account, id: "XyZ789" },
  });
  const connections = fakeConnectionStore(
    aConnection(),
    aConnection({ connectionId: "connection-2" }),
    elsewhere,
  );
  const exports = fakeExportStore(
    anExport({ exportId: "first", displayName: "First" }),
    anExport({ exportId: "second", displayName: "Second", connectionId: "connection-2" }),
  );
  const runs = fakeRunStore();
  const dependencies = { connections, exports, runs, listKeepers: fakeListKeeperStore() };
  return {
    /** A run of the export that begins now, in this mode. */
    async enter(exportId: string, syncMode: Mode, runId = `${exportId}-${syncMode}`) {
      const { displayName } = exports.stored.get(exportId) ?? anExport();
      const run = aRun({
        runId,
        exportId,
        settings: { ...aRun().settings, displayName, syncMode },
      });
      await runs.create(run);
      return enterList(dependencies, run, aConnection());
    },
    async end(runId: string) {
      await runs.end(runId, { kind: "unplanned", status: "failed", at: new Date() });
    },
    change(exportId: string, change: Partial<Export>) {
      exports.stored.set(exportId, { ...(exports.stored.get(exportId) ?? anExport()), ...change });
    },
    exports,
  };
}

const refusedBy = (displayName: string) => ({
  ...{ code: "listMirrored", params: { listId: "LiSt01", displayName } },
});

describe("letting a run onto its list", () => {
  it("has any number of exports upsert to one list", async () => {
    const list = aList();
    expect(await list.enter("first", "upsert")).toBeUndefined();
    expect(await list.enter("second", "upsert")).toBeUndefined();
  });

  it.each([
    ["mirror", "mirror"],
    ["mirror", "upsert"],
    ["upsert", "mirror"],
  ] as const)("lets no %s be followed by a %s of another export", async (one, other) => {
    const list = aList();
    list.change("first", { syncMode: one });
    list.change("second", { syncMode: other });
    expect(await list.enter("first", one)).toBeUndefined();
    expect(await list.enter("second", other)).toMatchObject(refusedBy("First"));
    await list.end(`first-${one}`);
    expect(await list.enter("second", other, "later")).toMatchObject(refusedBy("First"));
  });

  it("lets a run enter twice, and the export's next run after it", async () => {
    const list = aList();
    list.change("first", { syncMode: "mirror" });
    expect(await list.enter("first", "mirror")).toBeUndefined();
    expect(await list.enter("first", "mirror")).toBeUndefined();
    await list.end("first-mirror");
    expect(await list.enter("first", "mirror", "next")).toBeUndefined();
  });

  it("counts a mirror that has become an upsert until its run has ended", async () => {
    const list = aList();
    list.change("first", { syncMode: "mirror" });
    await list.enter("first", "mirror");
    list.change("first", { syncMode: "upsert" });
    expect(await list.enter("second", "upsert")).toMatchObject(refusedBy("First"));
    await list.end("first-mirror");
    expect(await list.enter("second", "upsert", "later")).toBeUndefined();
    expect(await list.enter("second", "mirror", "mirroring")).toMatchObject(refusedBy("First"));
  });

  it.each<[string, Partial<Export> | undefined]>([
    ["was deleted", undefined],
    ["has another list", { listId: "LiSt02" }],
    ["is detached", { detached: { at: "2026-11-02T08:00:00.000Z", by: "administrator-1" } }],
    ["is on another account", { connectionId: "elsewhere" }],
    ["is on a connection that is gone", { connectionId: "gone" }],
  ])("forgets an export that %s, once its run has ended", async (_what, change) => {
    const list = aList();
    await list.enter("first", "upsert");
    if (change === undefined) {
      await list.exports.delete("first");
    } else {
      list.change("first", change);
    }
    expect(await list.enter("second", "mirror")).toMatchObject({ code: "listMirrored" });
    await list.end("first-upsert");
    expect(await list.enter("second", "mirror", "later")).toBeUndefined();
    list.change("first", { listId: "LiSt01", connectionId: "connection-1" });
    expect(await list.enter("first", "upsert", "back")).toMatchObject({ code: "listMirrored" });
  });

  it("does not count a mirror that has never run as one", async () => {
    const list = aList();
    await list.enter("first", "upsert");
    await list.end("first-upsert");
    list.change("first", { syncMode: "mirror" });
    expect(await list.enter("second", "upsert")).toBeUndefined();
    expect(await list.enter("first", "mirror")).toMatchObject(refusedBy("Second"));
  });
});
