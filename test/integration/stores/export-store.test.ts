import { describe, expect, it } from "@jest/globals";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { createExportStore } from "../../../shared/adapters/aws/dynamodb/export-store";
import { NO_CONNECTION } from "../../../shared/domain/exports/export";
import type { ScheduleKey } from "../../../shared/domain/schedules/schedule-key";
import type { ExportStore } from "../../../shared/ports";
import { anExport, anInstant } from "../../support/builders";
import { fakeExportStore } from "../../support/fakes/stores/export-store";
import { useDynamoDb } from "./backends";

const dynamoDb = useDynamoDb();
const backends: [string, () => Promise<ExportStore>][] = [
  ["fake", async () => fakeExportStore()],
  [
    "DynamoDB",
    async () => createExportStore(dynamoDb.client(), await dynamoDb.makeTable("exports")),
  ],
  [
    "DynamoDB that loses answers",
    async () => createExportStore(dynamoDb.losingAnswers(), await dynamoDb.makeTable("exports")),
  ],
];
const now = new Date(anInstant);
const recurrence = { frequency: "daily" as const, times: ["06:00"], timeZone: "UTC" };
const snapshot = {
  key: "snapshots/export-1/run-1.parquet",
  fingerprint: "f1",
  destination: "destination-1",
  runId: "run-1",
};

describe.each(backends)("export store (%s)", (_name, makeStore) => {
  it("gives back what was created", async () => {
    const store = await makeStore();

    await store.create(anExport());

    expect(await store.get("export-1")).toEqual(anExport());
    expect(await store.get("another")).toBeUndefined();
  });

  it.each(["constructor", "toString", "hasOwnProperty", "valueOf", "name", "NULL", "S"])(
    "keeps a custom property that is called %s",
    async (name) => {
      const store = await makeStore();
      const mapping = {
        email: name,
        properties: { [name]: { field: name, type: "text" as const }, other: name },
      };
      await store.create(anExport({ mapping: { email: "Email" } }));
      await store.updateSettings({ ...anExport({ mapping }), version: 2 }, 1);
      const short = anExport({
        exportId: "export-2",
        mapping: { email: name, properties: { [name]: name } },
      });
      await store.create(short);

      expect((await store.get("export-1"))?.mapping).toEqual(mapping);
      expect(await store.get("export-2")).toEqual(short);
    },
  );

  it("refuses to create an export twice", async () => {
    const store = await makeStore();
    await store.create(anExport());

    await expect(store.create(anExport({ displayName: "Other" }))).rejects.toBeDefined();

    expect(await store.get("export-1")).toEqual(anExport());
  });

  it("lists every export once, however small the pages", async () => {
    const store = await makeStore();
    for (let index = 0; index < 5; index += 1) {
      await store.create(anExport({ exportId: `export-${index}` }));
    }

    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.list({ limit: 2, after });
      seen.push(...page.items.map(({ exportId }) => exportId));
      after = page.next;
    } while (after !== undefined);

    expect(seen.sort()).toEqual(["export-0", "export-1", "export-2", "export-3", "export-4"]);
  });

  it("forgets a snapshot, and none that is newer", async () => {
    const store = await makeStore();
    await store.create(anExport({ snapshot }));

    await store.forgetSnapshot("export-1", "run-0");
    const kept = await store.get("export-1");
    await store.forgetSnapshot("export-1", "run-1");
    await store.forgetSnapshot("absent", "run-1");

    expect(kept).toEqual(anExport({ snapshot }));
    expect(await store.get("export-1")).toEqual(anExport());
    expect(await store.get("absent")).toBeUndefined();
  });

  it("finds the exports of a connection", async () => {
    const store = await makeStore();
    await store.create(anExport({ exportId: "export-1", connectionId: "one" }));
    await store.create(anExport({ exportId: "export-2", connectionId: "two" }));
    await store.create(anExport({ exportId: "export-3", connectionId: "one" }));

    const { items: found } = await store.listByConnection("one");

    expect(found.map(({ exportId }) => exportId).sort()).toEqual(["export-1", "export-3"]);
    expect((await store.listByConnection("three")).items).toEqual([]);
  });

  it("replaces the schedule and counts the version, but does not bring back what is gone", async () => {
    const store = await makeStore();
    await store.create(anExport({ snapshot }));
    const by = { updatedAt: "2026-11-03T08:00:00.000Z", updatedBy: "contributor-2" };

    expect(await store.setSchedule("export-1", { mode: "off" }, by)).toBe(2);
    expect(await store.setSchedule("another", { mode: "off" }, by)).toBeUndefined();
    expect(await store.setSchedule("another", { mode: "off" }, by, 1)).toBeUndefined();

    expect(await store.get("export-1")).toEqual(
      anExport({
        ...{ snapshot, schedule: { mode: "off" }, version: 2, ...by },
        followsSince: by.updatedAt,
      }),
    );
    expect(await store.get("another")).toBeUndefined();
  });

  it("replaces the schedule of a version that is expected, and of no other", async () => {
    const store = await makeStore();
    await store.create(anExport());
    const by = { updatedAt: "2026-11-03T08:00:00.000Z", updatedBy: "contributor-2" };

    expect(await store.setSchedule("export-1", { mode: "off" }, by, 1)).toBe(2);
    expect(await store.setSchedule("export-1", { mode: "system" }, by, 1)).toBeUndefined();
    expect(await store.updateSettings(anExport({ displayName: "Late", version: 2 }), 1)).toBe(
      false,
    );

    expect(await store.get("export-1")).toMatchObject({ schedule: { mode: "off" }, version: 2 });
  });

  it("finds those who follow refreshes, whatever their schedule was before", async () => {
    const store = await makeStore();
    const by = { updatedAt: "2026-11-03T08:00:00.000Z", updatedBy: "contributor-2" };
    const onRefresh = { mode: "onRefresh", overdueAfterHours: 26 } as const;
    const kept = { mode: "off", onRefresh: { overdueAfterHours: 26 } } as const;
    const ids = async (what: ScheduleKey) =>
      (await store.listFollowing(what)).items.map(({ exportId }) => exportId).sort();
    await store.create(anExport({ exportId: "export-1", schedule: onRefresh }));
    await store.create(anExport({ exportId: "export-2" }));
    await store.create(anExport({ exportId: "export-3", schedule: { mode: "off" } }));
    expect([await ids("refreshes"), await ids("system")]).toEqual([["export-1"], ["export-2"]]);
    expect((await store.get("export-1"))?.schedule).toEqual(onRefresh);

    await store.setSchedule("export-1", kept, by);
    await store.setSchedule("export-2", { mode: "onRefresh" }, by);
    await store.setSchedule("export-3", { mode: "system" }, by);
    expect([await ids("refreshes"), await ids("system")]).toEqual([["export-2"], ["export-3"]]);
    expect((await store.get("export-1"))?.schedule).toEqual(kept);
    expect((await store.get("export-2"))?.schedule).toEqual({ mode: "onRefresh" });
    await store.setSchedule("export-2", { mode: "off" }, by);
    expect((await store.get("export-2"))?.schedule).toEqual({ mode: "off" });
    expect([await ids("refreshes"), await ids("system")]).toEqual([[], ["export-3"]]);
    await store.setSchedule("export-2", { mode: "own", recurrence }, by);
    expect(await ids("own 1234567-0600-UTC")).toEqual(["export-2"]);
    await store.setSchedule("export-2", { mode: "off", recurrence }, by);
    expect(await ids("own 1234567-0600-UTC")).toEqual([]);
  });

  it("lists page by page while it looks for what is not found as it should be", async () => {
    const store = await makeStore();
    await store.create(anExport({ exportId: "export-1" }));
    await store.create(anExport({ exportId: "export-2" }));

    const first = await store.listMended({ limit: 1 });
    const second = await store.listMended({ limit: 1, after: first.next });

    expect([...first.items, ...second.items].map(({ exportId }) => exportId).sort()).toEqual([
      "export-1",
      "export-2",
    ]);
    expect([first.mended, second.mended, second.next]).toEqual([0, 0, undefined]);
  });

  it("notes the run that refreshes have led to once, and no older one", async () => {
    const store = await makeStore();
    await store.create(anExport());
    const at = "2026-11-03T08:00:00.000Z";
    const first = { run: { runId: "run-1", at, refreshes: { customers: at } }, waitingFor: [] };
    const second = { run: { ...first.run, runId: "run-2" }, waitingFor: [] };
    const waiting = { waitingFor: [{ segment: "customers", reason: "missing" as const }] };

    expect(await store.noteFollowing("export-1", waiting, "run-0")).toBe(false);
    await store.noteFollowing("export-1", waiting, undefined);
    expect((await store.get("export-1"))?.following).toEqual(waiting);
    await store.noteFollowing("export-1", first, undefined);
    expect(await store.noteFollowing("export-1", second, undefined)).toBe(false);
    expect((await store.get("export-1"))?.following).toEqual(first);
    await store.noteFollowing("export-1", second, "run-1");
    expect((await store.get("export-1"))?.following).toEqual(second);
    expect(await store.noteFollowing("absent", first, undefined)).toBe(false);
  });

  it("keeps how an export fares, as of its newest run", async () => {
    const store = await makeStore();
    await store.create(anExport());
    const early = { runAt: "2026-11-03T08:00:00.000Z", failing: "keyRefused" };
    const late = { runAt: "2026-11-04T08:00:00.000Z" };

    await store.noteHealth("export-1", early);
    expect((await store.get("export-1"))?.health).toEqual(early);
    await store.noteHealth("export-1", late);
    await store.noteHealth("export-1", early);
    await store.noteHealth("another", early);

    expect((await store.get("export-1"))?.health).toEqual(late);
    expect(await store.get("another")).toBeUndefined();
  });

  describe("changing the settings", () => {
    it("sets a threshold, and takes it away when it is left out", async () => {
      const store = await makeStore();
      await store.create(anExport());

      await store.updateSettings(anExport({ rejectionThreshold: 5, version: 2 }), 1);
      expect((await store.get("export-1"))?.rejectionThreshold).toBe(5);
      await store.updateSettings(anExport({ version: 3 }), 2);

      expect(await store.get("export-1")).toEqual(anExport({ version: 3 }));
    });

    it("writes what the list is called, and forgets it with a list whose name is not known", async () => {
      const store = await makeStore();
      await store.create(anExport({ listName: "Old" }));

      await store.updateSettings(anExport({ listName: "New", version: 2 }), 1);
      expect((await store.get("export-1"))?.listName).toBe("New");
      await store.updateSettings(anExport({ version: 3 }), 2);

      expect(await store.get("export-1")).toEqual(anExport({ version: 3 }));
    });

    it("writes them and leaves the current run and the snapshot as they are stored", async () => {
      const store = await makeStore();
      await store.create(anExport({ snapshot }));
      await store.claimRun("export-1", "run-2", now);

      const changed = anExport({ displayName: "Renamed", listId: "LiSt02", version: 2 });

      expect(await store.updateSettings(changed, 1)).toBe(true);
      expect(await store.get("export-1")).toEqual({
        ...changed,
        snapshot,
        currentRun: { runId: "run-2", claimedAt: anInstant },
        lastRunId: "run-2",
      });
    });

    it("takes an export off its connection and puts it on another", async () => {
      const store = await makeStore();
      await store.create(anExport({ snapshot }));
      const detached = { at: anInstant, by: "administrator-1" };
      const off = anExport({ connectionId: NO_CONNECTION, detached, version: 2, snapshot });
      const on = anExport({ connectionId: "connection-2", version: 3, snapshot });

      await store.updateSettings(off, 1);
      const stored = await store.get("export-1");
      const { items: users } = await store.listByConnection("connection-1");
      await store.updateSettings(on, 2);

      expect(stored).toEqual(off);
      expect(users).toEqual([]);
      expect(await store.get("export-1")).toEqual(on);
    });

    it("refuses when the stored version is another, or the export is gone", async () => {
      const store = await makeStore();
      await store.create(anExport({ version: 3 }));

      expect(await store.updateSettings(anExport({ displayName: "Late", version: 3 }), 2)).toBe(
        false,
      );
      expect(await store.updateSettings(anExport({ exportId: "gone", version: 2 }), 1)).toBe(false);

      expect(await store.get("export-1")).toEqual(anExport({ version: 3 }));
      expect(await store.get("gone")).toBeUndefined();
    });
  });

  describe("a run's claim", () => {
    it("is given once, and again to the same run", async () => {
      const store = await makeStore();
      await store.create(anExport());

      const first = await store.claimRun("export-1", "run-1", now);
      const again = await store.claimRun("export-1", "run-1", now);
      const other = await store.claimRun("export-1", "run-2", now);

      const claimed = anExport({
        currentRun: { runId: "run-1", claimedAt: anInstant },
        lastRunId: "run-1",
      });
      expect(first).toEqual({ kind: "claimed", claimed });
      expect(again).toMatchObject({ kind: "claimed" });
      expect(other).toEqual({ kind: "running", runId: "run-1", claimedAt: anInstant });
    });

    it("goes to one of many that ask at the same time", async () => {
      const store = await makeStore();
      await store.create(anExport());

      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, index) => store.claimRun("export-1", `run-${index}`, now)),
      );

      expect(claims.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
      expect(claims.filter(({ kind }) => kind === "running")).toHaveLength(9);
    });

    it("is not given on an export that is gone, nor does it bring the export back", async () => {
      const store = await makeStore();
      await store.create(anExport());
      await store.delete("export-1");

      expect(await store.claimRun("export-1", "run-1", now)).toEqual({ kind: "gone" });
      await store.releaseRun("export-1", "run-1", snapshot);

      expect(await store.get("export-1")).toBeUndefined();
    });

    it("ends with the snapshot kept, and the export free for the next run", async () => {
      const store = await makeStore();
      await store.create(anExport());
      await store.claimRun("export-1", "run-1", now);

      await store.releaseRun("export-1", "run-1", snapshot);

      expect(await store.get("export-1")).toEqual(anExport({ snapshot, lastRunId: "run-1" }));
      expect(await store.claimRun("export-1", "run-2", now)).toMatchObject({ kind: "claimed" });
    });

    it("keeps the snapshot before it when the run confirmed nothing", async () => {
      const store = await makeStore();
      await store.create(anExport({ snapshot }));
      await store.claimRun("export-1", "run-2", now);

      await store.releaseRun("export-1", "run-2");

      expect((await store.get("export-1"))?.snapshot).toEqual(snapshot);
    });

    it("is not ended by another run", async () => {
      const store = await makeStore();
      await store.create(anExport());
      await store.claimRun("export-1", "run-1", now);

      await store.releaseRun("export-1", "run-0", snapshot);

      const found = await store.get("export-1");
      expect(found?.currentRun?.runId).toBe("run-1");
      expect(found?.snapshot).toBeUndefined();
    });
  });
});

describe("exports that an earlier version has stored", () => {
  const others: Record<string, Record<string, unknown>> = {
    "without a schedule": {},
    "with the system's schedule": { schedule: { mode: "system" } },
    "with times of their own": { schedule: { mode: "own", recurrence } },
    "in the place of a schedule that they had before": {
      schedule: { mode: "off" },
      follows: "system",
    },
  };

  it("are found as their schedules want it once they have been listed", async () => {
    const TableName = await dynamoDb.makeTable("exports");
    const store = createExportStore(dynamoDb.client(), TableName);
    const { schedule: _none, ...plain } = anExport();
    for (const [exportId, stored] of Object.entries(others)) {
      const Item = { ...plain, exportId, ...stored };
      await dynamoDb.client().send(new PutCommand({ TableName, Item }));
    }
    await store.create(anExport({ exportId: "of this version" }));
    const ids = async (key: ScheduleKey) =>
      (await store.listFollowing(key)).items.map(({ exportId }) => exportId).sort();
    expect(await ids("own 1234567-0600-UTC")).toEqual([]);

    expect(await store.listMended({ limit: 100 })).toMatchObject({ mended: 4 });

    expect(await ids("own 1234567-0600-UTC")).toEqual(["with times of their own"]);
    expect(await ids("system")).toEqual([
      "of this version",
      "with the system's schedule",
      "without a schedule",
    ]);
    expect(await store.listMended({ limit: 100 })).toMatchObject({ mended: 0 });
  });
});
