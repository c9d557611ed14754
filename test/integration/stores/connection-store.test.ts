import { describe, expect, it } from "@jest/globals";
import { PutCommand, ScanCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createConnectionStore } from "../../../shared/adapters/aws/dynamodb/connections/connection-store";
import type { Connection } from "../../../shared/domain/connections/connection";
import { problem } from "../../../shared/domain/problems/problem";
import type { ConnectionStore } from "../../../shared/ports";
import { aConnection, anInstant } from "../../support/builders";
import { fakeConnectionStore } from "../../support/fakes/stores/connection-store";
import { useDynamoDb } from "./backends";
import { breakingOff } from "./breaking-off";

const dynamoDb = useDynamoDb();
const backends: [string, () => Promise<ConnectionStore>][] = [
  ["fake", async () => fakeConnectionStore()],
  [
    "DynamoDB",
    async () => createConnectionStore(dynamoDb.client(), await dynamoDb.makeTable("connections")),
  ],
  [
    "DynamoDB that loses answers",
    async () =>
      createConnectionStore(dynamoDb.losingAnswers(), await dynamoDb.makeTable("connections")),
  ],
];

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aConnection({ connectionId: `connection-${index}`, displayName: `Shop ${index}` }),
  );

describe.each(backends)("connection store (%s)", (_name, makeStore) => {
  it("gives back what was created", async () => {
    const store = await makeStore();
    const connection = aConnection();

    await store.create(connection);

    expect(await store.get(connection.connectionId)).toEqual(connection);
    expect(await store.get("another")).toBeUndefined();
  });

  it.each(["Shop", "shop", "  SHOP "])(
    "refuses the display name “%s” while a connection is called “Shop”",
    async (displayName) => {
      const store = await makeStore();
      await store.create(aConnection({ displayName: "Shop" }));

      const second = aConnection({ connectionId: "connection-2", displayName });

      await expect(store.create(second)).rejects.toMatchObject({
        problem: { code: "displayNameTaken" },
        field: "/displayName",
      });
      expect(await store.get("connection-2")).toBeUndefined();
    },
  );

  it("takes a name typed with composed or decomposed accents for the same", async () => {
    const store = await makeStore();
    await store.create(aConnection({ displayName: "Caf\u00e9" }));

    const second = aConnection({ connectionId: "connection-2", displayName: "Cafe\u0301" });

    await expect(store.create(second)).rejects.toMatchObject({
      problem: { code: "displayNameTaken" },
    });
  });

  it("frees the display name when a connection is deleted", async () => {
    const store = await makeStore();
    await store.create(aConnection());

    await store.delete("connection-1");
    await store.create(aConnection({ connectionId: "connection-2" }));

    expect(await store.get("connection-1")).toBeUndefined();
    expect(await store.get("connection-2")).toBeDefined();
  });

  const changed = (overrides: Partial<Connection> = {}): Connection =>
    aConnection({ displayName: "Store", sharing: "administrators", version: 2, ...overrides });

  it("changes what people set, under the version that they saw", async () => {
    const store = await makeStore();
    await store.create(aConnection());

    expect(await store.update(changed(), 1)).toBe(true);
    expect(await store.update(changed({ displayName: "Late" }), 1)).toBe(false);
    expect(await store.update(changed({ connectionId: "absent" }), 1)).toBe(false);

    expect(await store.get("connection-1")).toEqual(changed());
  });

  it("frees the old name of a connection that is renamed, and keeps the new one", async () => {
    const store = await makeStore();
    await store.create(aConnection({ displayName: "Shop" }));
    await store.update(changed(), 1);

    await store.create(aConnection({ connectionId: "second", displayName: "shop" }));
    const third = aConnection({ connectionId: "third", displayName: "STORE" });
    await expect(store.create(third)).rejects.toMatchObject({
      problem: { code: "displayNameTaken" },
    });
    await expect(
      store.update(changed({ displayName: "Shop", version: 3 }), 2),
    ).rejects.toMatchObject({ problem: { code: "displayNameTaken" }, field: "/displayName" });
    expect(await store.update(changed({ displayName: "STORE", version: 3 }), 2)).toBe(true);
    await store.delete("connection-1");
    await store.create(third);
  });

  it("keeps what was found out about the key beside what people set", async () => {
    const store = await makeStore();
    await store.create(aConnection());
    const keyFinding = {
      foundAt: anInstant,
      foundBy: "run",
      problem: problem("keyRefused"),
    } as const;

    await store.noteFinding("connection-1", { keyFinding, lastUsedAt: anInstant });
    await store.update(changed(), 1);
    await store.noteFinding("absent", { keyFinding });

    expect(await store.get("connection-1")).toEqual(changed({ keyFinding, lastUsedAt: anInstant }));
    expect(await store.get("absent")).toBeUndefined();
  });

  it("forgets a secret that is no longer abandoned", async () => {
    const store = await makeStore();
    await store.create(aConnection());
    await store.update(changed({ abandonedSecretArn: "arn" }), 1);
    expect((await store.get("connection-1"))?.abandonedSecretArn).toBe("arn");

    await store.update(changed({ version: 3 }), 2);

    expect((await store.get("connection-1"))?.abandonedSecretArn).toBeUndefined();
  });

  it("succeeds in deleting what is not there", async () => {
    const store = await makeStore();

    await expect(store.delete("connection-1")).resolves.toBeUndefined();
  });

  it("leaves the name alone when a connection that could not have it is deleted", async () => {
    const store = await makeStore();
    await store.create(aConnection());
    const refused = aConnection({ connectionId: "connection-2" });
    await expect(store.create(refused)).rejects.toBeDefined();

    await store.delete("connection-2");

    const third = aConnection({ connectionId: "connection-3" });
    await expect(store.create(third)).rejects.toBeDefined();
  });

  it.each([1, 3, 7, 8, 100])("lists every connection once in pages of %i", async (limit) => {
    const store = await makeStore();
    for (const connection of many(7)) {
      await store.create(connection);
    }

    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.list({ limit, after });
      // Only the last page may be short, and it is never empty.
      expect(page.items.length).toBe(Math.min(limit, 7 - seen.length));
      seen.push(...page.items.map(({ connectionId }) => connectionId));
      after = page.next;
    } while (after !== undefined);

    expect(seen.sort()).toEqual(many(7).map(({ connectionId }) => connectionId));
  });

  it.each(["", "x", "!!!!", "e30", Buffer.from('{"id":1}').toString("base64url"), "bnVsbA"])(
    "refuses “%s” as a cursor",
    async (after) => {
      const store = await makeStore();

      await expect(store.list({ limit: 10, after })).rejects.toMatchObject({
        problem: { code: "invalidRequest" },
        field: "/after",
      });
    },
  );
});

describe("connection store on DynamoDB: what a crash leaves behind", () => {
  const points = [1, 2, 3, 4, 5, 6].flatMap((at) =>
    (["before", "after"] as const).map((when) => ({ at, when })),
  );

  it.each(points)(
    "creating that breaks off $when call $at blocks neither name nor list",
    async ({ at, when }) => {
      const table = await dynamoDb.makeTable("connections");
      const broken = createConnectionStore(breakingOff(dynamoDb.client(), at, when), table);
      const store = createConnectionStore(dynamoDb.client(), table);

      await broken.create(aConnection({ connectionId: "first" })).catch(() => undefined);
      const first = await store.get("first");
      const second = await store.create(aConnection({ connectionId: "second" })).then(
        () => "created",
        () => "refused",
      );

      // Either the first exists and holds the name, or the second could have it.
      expect(second).toBe(first === undefined ? "created" : "refused");
      expect((await store.list({ limit: 10 })).items).toHaveLength(1);
    },
  );

  it.each(points)(
    "deleting that breaks off $when call $at can be done again, and frees the name",
    async ({ at, when }) => {
      const table = await dynamoDb.makeTable("connections");
      const broken = createConnectionStore(breakingOff(dynamoDb.client(), at, when), table);
      const store = createConnectionStore(dynamoDb.client(), table);
      await store.create(aConnection({ connectionId: "first" }));

      await broken.delete("first").catch(() => undefined);
      await store.delete("first");
      await store.create(aConnection({ connectionId: "second" }));

      const { items } = await store.list({ limit: 10 });
      expect(items.map(({ connectionId }) => connectionId)).toEqual(["second"]);
    },
  );

  it.each([
    ["after announcing the connection", ["announcement"]],
    ["after reserving the name", ["announcement", "name"]],
    ["after deleting the connection", ["name"]],
  ])("lets the name be used again %s", async (_when, left) => {
    const table = await dynamoDb.makeTable("connections");
    const items = {
      announcement: { connectionId: "crashed", kind: "creating" },
      name: { connectionId: "name#shop", kind: "name", heldBy: "crashed", reservation: "first" },
    };
    for (const item of left) {
      const Item = item === "name" ? items.name : items.announcement;
      await dynamoDb.client().send(new PutCommand({ TableName: table, Item }));
    }
    const store = createConnectionStore(dynamoDb.client(), table);

    expect(await store.get("crashed")).toBeUndefined();
    expect((await store.list({ limit: 10 })).items).toEqual([]);
    await store.create(aConnection({ displayName: "Shop" }));

    expect(await store.get("connection-1")).toBeDefined();
    const second = aConnection({ connectionId: "connection-2", displayName: "Shop" });
    await expect(store.create(second)).rejects.toMatchObject({
      problem: { code: "displayNameTaken" },
    });
  });

  it.each([2, 3, 4])(
    "does not let a slow creation finish when its name was taken over before its call %i",
    async (at) => {
      const table = await dynamoDb.makeTable("connections");
      const store = createConnectionStore(dynamoDb.client(), table);
      let calls = 0;
      const send = async (command: never): Promise<unknown> => {
        calls += 1;
        if (calls === at) {
          await store.create(aConnection({ connectionId: "fast" }));
        }
        return dynamoDb.client().send(command);
      };
      const slow = createConnectionStore({ send } as unknown as DynamoDBDocumentClient, table);

      await expect(slow.create(aConnection({ connectionId: "slow" }))).rejects.toMatchObject({
        problem: { code: "displayNameTaken" },
      });

      const { items } = await store.list({ limit: 10 });
      expect(items.map(({ connectionId }) => connectionId)).toEqual(["fast"]);
    },
  );

  it("gives a name to at most one of many writers at the same time", async () => {
    const table = await dynamoDb.makeTable("connections");
    const store = createConnectionStore(dynamoDb.client(), table);

    const writers = Array.from({ length: 8 }, (_, index) =>
      store.create(aConnection({ connectionId: `writer-${index}` })),
    );
    const outcomes = await Promise.allSettled(writers);

    // However the writers interleave, no two of them may come to hold the name.
    const created = outcomes.filter(({ status }) => status === "fulfilled").length;
    const listed = await store.list({ limit: 10 });
    expect(created).toBeLessThanOrEqual(1);
    expect(listed.items).toHaveLength(created);
    const scan = await dynamoDb.client().send(new ScanCommand({ TableName: table }));
    expect(scan.Items?.filter(({ kind }) => kind === "name").length).toBeLessThanOrEqual(1);
    if (created === 0) {
      await store.create(aConnection({ connectionId: "next" }));
    }
  });

  it("never takes a reserved name for a connection", async () => {
    const store = createConnectionStore(dynamoDb.client(), await dynamoDb.makeTable("connections"));
    await store.create(aConnection({ displayName: "Shop" }));

    expect(await store.get("name#shop")).toBeUndefined();
    await store.delete("name#shop").catch(() => undefined);

    await expect(store.create(aConnection({ connectionId: "connection-2" }))).rejects.toMatchObject(
      { problem: { code: "displayNameTaken" } },
    );
  });
});
