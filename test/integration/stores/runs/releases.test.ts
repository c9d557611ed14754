import { PutItemCommand, type AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { describe, expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createAuditLog } from "../../../../shared/adapters/aws/dynamodb/audit-log";
import { createConnectionStore } from "../../../../shared/adapters/aws/dynamodb/connections/connection-store";
import { createExportStore } from "../../../../shared/adapters/aws/dynamodb/export-store";
import { createListKeeperStore } from "../../../../shared/adapters/aws/dynamodb/list-keeper-store";
import { createPreviewStore } from "../../../../shared/adapters/aws/dynamodb/runs/preview-store";
import { createRequestLedger } from "../../../../shared/adapters/aws/dynamodb/request-ledger";
import { createRunStore } from "../../../../shared/adapters/aws/dynamodb/runs/run-store";
import { createSettingsStore } from "../../../../shared/adapters/aws/dynamodb/settings/settings-store";
import { noSubscriptions } from "../../../../shared/domain/exports/subscription";
import { stateOf } from "../../../../shared/domain/runs/lifecycle/run-state";
import { noNumbers } from "../../../../shared/domain/runs/run";
import { messageSchema } from "../../../../shared/domain/runs/messages";
import { useDynamoDb } from "../backends";

/** What each release has stored and sent, as it was: whatever is deployed must bear it. */
const releases = path.resolve(__dirname, "../../../fixtures/releases");
const fixture = (release: string, name: "items" | "messages"): any =>
  JSON.parse(readFileSync(path.join(releases, release, `${name}.json`), "utf8"));

const tables = ["connections", "exports", "runs", "settings", "audit", "requests"] as const;
type Item = Record<string, AttributeValue>;

/** What a run comes to. */
const result = {
  ...{ numbers: { ...noNumbers, rows: 10_500, members: 10_500, imported: 10_500 } },
  ...{ removals: { leaving: 3, removed: 3, notFound: 0, unremoved: 0 } },
  ...{ leftOut: { refused: [], ignored: [] }, reportKey: "report", snapshotKey: "snapshot" },
};

const dynamoDb = useDynamoDb();

/** Tables that hold these items, and all that the stores find in them. */
async function storesOf(items: Record<string, Item[]>) {
  const client = dynamoDb.client();
  const names = new Map<string, string>();
  for (const table of tables) {
    const TableName = await dynamoDb.makeTable(table);
    names.set(table, TableName);
    for (const Item of items[table] ?? []) {
      await client.send(new PutItemCommand({ TableName, Item }) as never);
    }
  }
  const unreadable: string[] = [];
  const report = ({ kind, id, field }: Record<"kind" | "id" | "field", string>): void => {
    unreadable.push(`${kind} ${id}: ${field}`);
  };
  const name = (table: (typeof tables)[number]): string => names.get(table) ?? "";
  return {
    unreadable,
    connections: createConnectionStore(client, name("connections"), report),
    exports: createExportStore(client, name("exports"), report),
    runs: createRunStore(client, name("runs"), 90, report),
    listKeepers: createListKeeperStore(client, name("runs")),
    previews: createPreviewStore(client, name("runs")),
    settings: createSettingsStore(client, name("settings"), report),
    audit: createAuditLog(client, name("audit"), report),
    requests: createRequestLedger(client, name("requests")),
  };
}

/** Every list and everything by its id; throws if one of them can't be had. */
async function readAll(stores: Awaited<ReturnType<typeof storesOf>>) {
  const page = { limit: 100 };
  const { connections, exports, runs, settings, audit } = stores;
  const ids = (await runs.listByExport("export-1", page)).items.map(({ runId }) => runId);
  const found = {
    connections: (await connections.list(page)).items.length,
    exports: (await exports.list(page)).items.length,
    ofConnection: (await exports.listByConnection("connection-1")).items.length,
    runs: (await runs.getMany(["run-1", "run-2", "run-3"])).length,
    runsOfExport: ids.length,
    open: (await runs.listOpen(page)).items.length,
    ended: (await runs.listUnannounced(page)).items.length,
    schedule: (await settings.getSystemSchedule()).active,
    audit: (await audit.list({}, page)).items.length,
  };
  return found;
}

describe.each(readdirSync(releases))("what release %s has left", (release) => {
  it("is read whole by this version: every list, and every item by its id", async () => {
    const stores = await storesOf(fixture(release, "items"));

    expect(await readAll(stores)).toEqual({
      ...{ connections: 2, exports: 3, ofConnection: 2, runs: 3, runsOfExport: 2, open: 2 },
      ...{ ended: 1, schedule: true, audit: 2 },
    });
    expect(stores.unreadable).toEqual([]);
    expect((await stores.runs.listChunks("run-1")).map(({ state }) => state)).toEqual([
      "settled",
      "sending",
    ]);
    expect(await stores.previews.get("export-1", "preview-2")).toMatchObject({ status: "ready" });
    expect((await stores.listKeepers.get("AbC123", "LiSt01")).revision).toBe(1);
    const options = { now: new Date("2026-11-02T08:01:00Z"), seconds: 30, newSeed: "other" };
    expect(await stores.requests.begin("request-1", "hash", options)).toMatchObject({
      kind: "answered",
    });
  });

  it("goes on with this version: a run that was under way, from its state to its end", async () => {
    const { runs } = await storesOf(fixture(release, "items"));
    const at = new Date("2026-11-02T09:00:00.000Z");
    const stateNow = async (runId = "run-1") => {
      const run = await runs.get(runId);
      return run === undefined ? undefined : stateOf(run).kind;
    };
    expect([await stateNow("run-2"), await stateNow("run-3")]).toEqual(["queued", "ended"]);
    const states = [await stateNow()];
    const next = async (step: Promise<unknown>) => {
      await step;
      states.push(await stateNow());
    };
    const nobody = { imported: 0, refused: 0, unsent: 0 };
    const removals = { removed: 3, notFound: 0, unremoved: 0 };

    await next(runs.settleChunk("run-1", 2, { ...nobody, imported: 500 }, at));
    await next(runs.beginRemoving("run-1", at));
    await next(runs.settleChunk("run-1", 3, { ...nobody, removals }, at));
    await next(runs.keepResult("run-1", result, at));
    const ending = { kind: "concluded", status: "successful", at, warnings: [] } as const;
    await next(runs.end("run-1", { ...ending, ...result }));

    expect(states).toEqual([
      ...["importing", "removalDue", "removing", "settling", "accounted", "ended"],
    ]);
  });

  it("goes on with this version: a run that was subscribing, whose result nobody kept", async () => {
    const items: Record<string, Item[]> = fixture(release, "items");
    const progress = { batches: 2, done: 1, leaseUntil: 0, numbers: noSubscriptions };
    const subscribing = (done: number) => ({
      ...{ settledChunkNumbers: { NS: ["1", "2", "3"] }, phase: { S: "subscribing" } },
      subscribing: { M: marshall({ ...progress, done }) },
    });
    items["runs"] = (items["runs"] ?? []).map((item) =>
      item["item"]?.S === "run" && item["runId"]?.S === "run-1"
        ? { ...item, ...subscribing(1) }
        : item,
    );
    const { runs } = await storesOf(items);
    const at = new Date("2026-11-02T09:00:00.000Z");
    const ending = {
      kind: "concluded",
      status: "successful",
      at,
      warnings: [],
      ...result,
    } as const;
    expect(stateOf((await runs.get("run-1"))!).kind).toBe("subscribing");

    await runs.claimSubscribing("run-1", at, at);
    const held = at.getTime();
    expect(await runs.keepSubscribing("run-1", held, { ...progress, done: 2 }, at)).toBe(true);
    expect(stateOf((await runs.get("run-1"))!).kind).toBe("subscribed");
    expect(await runs.end("run-1", ending)).toBe(false);
    expect(await runs.keepResult("run-1", result, at)).toBe(true);
    expect(await runs.end("run-1", ending)).toBe(true);
  });

  it("is understood by this version: every message", () => {
    const messages: unknown[] = fixture(release, "messages");
    expect(messages.filter((message) => !messageSchema.safeParse(message).success)).toEqual([]);
  });
});

/** What 0.1.0 takes to be as usual where it is not there. */
const assumed: ReadonlySet<string> = new Set(["runs run: allowMassRemoval BOOL"]);
const inOrder = readdirSync(releases).toSorted();

describe.each(
  inOrder.slice(1).map((release, index) => ({ release, before: inOrder[index] ?? "" })),
)("what $release leaves when it is rolled back to $before", ({ release, before }) => {
  it("has all that every item of a kind had, as it was", () => {
    const earlier = attributesByKind(fixture(before, "items"));
    const later = attributesByKind(fixture(release, "items"));
    const lost = [...earlier].flatMap(([kind, attributes]) =>
      [...attributes].filter((attribute) => !later.get(kind)?.has(attribute)),
    );
    expect(earlier.size).toBeGreaterThan(8);
    expect(lost.filter((attribute) => !assumed.has(attribute))).toEqual([]);
  });

  it("has schedules of modes that were known", () => {
    const modes = (of: string): ReadonlySet<string | undefined> =>
      new Set(fixture(of, "items").exports.map(({ schedule }: Item) => schedule?.M?.mode?.S));
    const known = new Set(["system", "own", "off", undefined, ...modes(before)]);
    expect([...modes(release)].filter((mode) => !known.has(mode))).toEqual([]);
  });

  it("sends the steps that were known", () => {
    const steps = (of: string) =>
      new Set(fixture(of, "messages").map(({ step }: { step: string }) => step));
    const known = steps(before);
    expect([...steps(release)].filter((step) => !known.has(step))).toEqual([]);
  });
});

/** The attributes that all items of a kind have, each with its type: what a reader may need. */
function attributesByKind(
  items: Readonly<Record<string, readonly Item[]>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const [table, all] of Object.entries(items)) {
    for (const item of all) {
      const kind = `${table} ${kindOf(item)}`;
      const has = new Set(
        Object.entries(item).map(
          ([name, value]) => `${kind}: ${name} ${Object.keys(value).join()}`,
        ),
      );
      const before = kinds.get(kind);
      kinds.set(
        kind,
        before === undefined ? has : new Set([...before].filter((one) => has.has(one))),
      );
    }
  }
  return kinds;
}

/** What an item is, where a table holds several kinds. */
function kindOf({ item, kind, state, setting }: Item): string {
  const [part = ""] = (item?.S ?? kind?.S ?? setting?.S ?? "").split(/[#-]/);
  return `${part} ${state?.S ?? ""}`.trim();
}

describe("what a newer version has left", () => {
  const newest = readdirSync(releases).toSorted().at(-1) ?? "";

  it("is read without what this version doesn't know, at the top of an item or a message", async () => {
    const items: Record<string, Item[]> = fixture(newest, "items");
    const added = Object.fromEntries(
      Object.entries(items).map(([table, all]) => [
        table,
        all.map((item) => ({ ...item, ofTomorrow: { M: { value: { S: "x" } } } })),
      ]),
    );
    const stores = await storesOf(added);

    const { connections, exports, runs, audit } = await readAll(stores);
    expect([connections, exports, runs, audit]).toEqual([2, 3, 3, 2]);
    expect(stores.unreadable).toEqual([]);
    const messages: object[] = fixture(newest, "messages");
    expect(
      messages.filter((message) => !messageSchema.safeParse({ ...message, ofTomorrow: 1 }).success),
    ).toEqual([]);
  });

  it("and can't be read takes nothing else with it: it is named, and the rest goes on", async () => {
    const items: Record<string, Item[]> = fixture(newest, "items");
    const spoil = (table: string, holds: (item: Item) => boolean, change: Item): void => {
      items[table] = (items[table] ?? []).map((item) =>
        holds(item) ? { ...item, ...change } : item,
      );
    };
    const is = (name: string, value: string) => (item: Item) => item[name]?.S === value;
    spoil("connections", is("connectionId", "connection-2"), { sharing: { S: "everybody" } });
    spoil("exports", is("exportId", "export-2"), { syncMode: { S: "twoWay" } });
    spoil("runs", (item) => is("runId", "run-1")(item) && is("item", "run")(item), {
      status: { S: "paused" },
    });
    spoil("runs", (item) => is("runId", "run-3")(item) && is("item", "run")(item), {
      trigger: { S: "event" },
    });
    spoil("settings", is("setting", "systemSchedule"), { recurrence: { S: "hourly" } });
    spoil("audit", is("auditId", "entry-1"), { outcome: { S: "undone" } });
    const stores = await storesOf(items);

    expect(await readAll(stores)).toEqual({
      ...{ connections: 1, exports: 2, ofConnection: 1, runs: 1, runsOfExport: 0, open: 1 },
      ...{ ended: 0, schedule: false, audit: 1 },
    });
    expect([...new Set(stores.unreadable)].sort()).toEqual([
      "audit entry entry-1: outcome",
      "connection connection-2: sharing",
      "export export-2: syncMode",
      "run run-1: status",
      "run run-3: trigger",
      "setting systemSchedule: recurrence",
    ]);
    const page = { limit: 100 };
    const named = [
      await stores.connections.list(page),
      await stores.exports.list(page),
      await stores.exports.listByConnection("connection-1"),
      await stores.runs.listByExport("export-1", page),
      await stores.audit.list({}, page),
    ].map(({ unreadable }) => [...(unreadable ?? [])].sort());
    expect(named).toEqual([
      ["connection-2"],
      ["export-2"],
      ["export-2"],
      ["run-1", "run-3"],
      ["entry-1"],
    ]);
    await expect(stores.exports.get("export-2")).rejects.toMatchObject({
      problem: { code: "itemUnreadable", params: { kind: "export", id: "export-2" } },
    });
  });

  it("of a system schedule is replaced by whoever sets it anew", async () => {
    const items: Record<string, Item[]> = fixture(newest, "items");
    const settings = (items["settings"] ?? []).map((item) => ({ ...item, active: { S: "odd" } }));
    const stores = await storesOf({ settings });

    const { version } = await stores.settings.getSystemSchedule();
    const fresh = { active: false, version: version + 1 };

    expect(await stores.settings.putSystemSchedule(fresh as never, version)).toBe(true);
    expect(await stores.settings.getSystemSchedule()).toMatchObject(fresh);
  });
});
