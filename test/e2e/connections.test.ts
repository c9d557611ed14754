import { ScanCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { clientConfiguration } from "../../infra/local/provisioning/aws-clients";
import { startSystem, type RunAnswer, type System } from "../support/system";

interface ConnectionAnswer {
  readonly state: string;
  readonly keySource: string;
  readonly lastUsedAt?: string;
  readonly revision: object;
  readonly problem?: { code: string };
  readonly code?: string;
}

let system: System;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  system = await startSystem();
  secrets = new SecretsManagerClient(
    clientConfiguration(system.laptop.environment.endpoints.secretsManager),
  );
});
afterAll(async () => {
  secrets.destroy();
  await system.close();
});

const csv = (rows: number, name: string): string =>
  `Email\n${Array.from({ length: rows }, (_, row) => `${name}-${row}@example.org`).join("\n")}\n`;

const connectionOf = async (connectionId: string): Promise<ConnectionAnswer> =>
  (await system.call<ConnectionAnswer>("GET", `/connections/${connectionId}`)).body;

/** Every item of every table, as text; by table. */
async function allItems(): Promise<Map<string, string[]>> {
  const { TableNames: tables = [] } = await system.clients.dynamodb.send(new ListTablesCommand());
  const found = new Map<string, string[]>();
  for (const TableName of tables) {
    const items: string[] = [];
    let ExclusiveStartKey: Record<string, never> | undefined;
    do {
      const page = await system.clients.dynamodb.send(
        new ScanCommand({ TableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
      );
      items.push(...(page.Items ?? []).map((item) => JSON.stringify(item)));
      ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
    } while (ExclusiveStartKey !== undefined);
    found.set(TableName, items);
  }
  return found;
}

async function workKeys(): Promise<string[]> {
  const bucket = system.laptop.environment.resources.find("AWS::S3::Bucket", "Work").ref;
  const { Contents: contents = [] } = await system.clients.s3.send(
    new ListObjectsV2Command({ Bucket: bucket }),
  );
  return contents.map(({ Key }) => Key ?? "");
}

const secretNames = async (): Promise<string[]> =>
  ((await secrets.send(new ListSecretsCommand())).SecretList ?? []).map(({ Name }) => Name ?? "");

/** Waits until the run has got so far, or has ended. */
async function until(runId: string, reached: (run: RunAnswer) => boolean): Promise<RunAnswer> {
  for (;;) {
    const { body } = await system.call<RunAnswer>("GET", `/runs/${runId}`);
    if (reached(body) || !["queued", "running"].includes(body.status)) {
      return body;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const addAccount = (id: string) => {
  const account = system.laptop.klaviyo.addAccount({ id, lists: [{ name: "List" }] });
  return { apiKey: account.keys[0]!.key, listId: account.lists[0]!.id };
};

describe("removing a connection", () => {
  it("leaves nothing of it in DynamoDB, Secrets Manager or S3", async () => {
    const { apiKey, listId } = addAccount("ReMoVe");
    const displayName = "To be removed for good";
    const connectionId = await system.createConnection({ apiKey, displayName });
    await system.putSegment("customers", { "a.csv": csv(25, "removed") });
    const exportIds = [
      await system.createExport(connectionId, { listId }),
      await system.createExport(connectionId, { listId }),
    ];
    const runs = await Promise.all(exportIds.map((exportId) => system.run(exportId)));
    expect(runs.map(({ status }) => status)).toEqual(["successful", "successful"]);
    const runIds = runs.map(({ runId }) => runId);
    const ofTheRuns = (keys: string[]) =>
      keys.filter((key) => [...runIds, ...exportIds].some((id) => key.includes(id)));
    expect(ofTheRuns(await workKeys()).map((key) => key.split("/")[0])).toEqual(
      expect.arrayContaining(["staging", "reports", "snapshots"]),
    );
    expect(await secretNames()).toContainEqual(expect.stringContaining(connectionId));

    // One is detached, the other deleted: neither may keep anything alive.
    const refused = await system.call("DELETE", `/connections/${connectionId}`);
    await system.call("DELETE", `/exports/${exportIds[0]!}/connection`);
    await system.call("DELETE", `/exports/${exportIds[1]!}`);
    const removed = await system.call("DELETE", `/connections/${connectionId}`);

    expect([refused.status, removed.status]).toEqual([409, 204]);
    expect(await secretNames()).not.toContainEqual(expect.stringContaining(connectionId));
    expect(ofTheRuns(await workKeys())).toEqual([]);
    for (const [table, items] of await allItems()) {
      const holding = (text: string) => items.filter((item) => item.includes(text));
      expect({ table, found: holding(apiKey) }).toEqual({ table, found: [] });
      expect({
        table,
        found: holding(":secret:segment-export/local/connections/" + connectionId),
      }).toEqual({
        table,
        found: [],
      });
      // Only the records of what happened name it still: runs and the audit log.
      if (!/Runs|Audit/i.test(table)) {
        expect({ table, found: holding(connectionId) }).toEqual({ table, found: [] });
        expect({ table, found: holding("ReMoVe") }).toEqual({ table, found: [] });
        expect({ table, found: holding(displayName.toLowerCase()) }).toEqual({ table, found: [] });
      }
    }
  });

  it("takes along what a run writes that is still going", async () => {
    const { apiKey, listId } = addAccount("GoInG1");
    const connectionId = await system.createConnection({ apiKey, profileLimit: 1_000_000 });
    await system.putSegment("many", { "a.csv": csv(150_000, "going") });
    const exportId = await system.createExport(connectionId, { listId, segments: ["many"] });
    const { runId } = await system.startRun(exportId);
    await until(runId, ({ phase }) => phase === "pushing" || phase === "confirming");

    await system.call("DELETE", `/connections/${connectionId}/exports`);
    const removed = await system.call("DELETE", `/connections/${connectionId}`);
    const run = await system.ended(runId);

    expect(removed.status).toBe(204);
    expect([run.status, run.problem?.code]).toEqual(["canceled", "connectionDetached"]);
    const { numbers } = run;
    expect(numbers.members).toBe(
      numbers.unchanged + numbers.imported + numbers.refused + numbers.unsent,
    );
    expect((await workKeys()).filter((key) => key.includes(runId))).toEqual([]);
  });
});

describe("detaching an export", () => {
  it("ends the run that is going: nothing further is sent", async () => {
    const { apiKey, listId } = addAccount("DeTaCh");
    const connectionId = await system.createConnection({ apiKey, profileLimit: 1_000_000 });
    await system.putSegment("many", { "a.csv": csv(300_000, "detached") });
    const exportId = await system.createExport(connectionId, { listId, segments: ["many"] });
    const { runId } = await system.startRun(exportId);
    await until(runId, ({ phase }) => phase === "pushing" || phase === "confirming");

    await system.call("DELETE", `/exports/${exportId}/connection`);
    const run = await system.ended(runId);
    const jobs = () =>
      system.laptop.klaviyo.jobs().filter(({ accountId }) => accountId === "DeTaCh").length;
    const sent = jobs();
    const skipped = await system.call<RunAnswer>("POST", `/exports/${exportId}/runs`, { body: {} });

    expect([run.status, run.problem?.code]).toEqual(["canceled", "connectionDetached"]);
    expect(sent).toBeLessThan(30);
    expect(run.numbers.imported).toBeLessThan(300_000);
    expect([skipped.status, skipped.body.status, skipped.body.problem?.code]).toEqual([
      202,
      "skipped",
      "noConnectionAttached",
    ]);
    expect(jobs()).toBe(sent);
  });
});

describe("a connection's key", () => {
  it("is replaced without stopping the run that is going, though the old one is revoked", async () => {
    const { apiKey, listId } = addAccount("RePlAc");
    const connectionId = await system.createConnection({ apiKey, profileLimit: 1_000_000 });
    await system.putSegment("some", { "a.csv": csv(200_000, "replaced") });
    const exportId = await system.createExport(connectionId, { listId, segments: ["some"] });
    const { runId } = await system.startRun(exportId);
    await until(runId, ({ phase }) => phase === "pushing" || phase === "confirming");

    const { key } = system.laptop.klaviyo.addKey("RePlAc", {});
    const replaced = await system.call("PUT", `/connections/${connectionId}/key`, {
      body: { apiKey: key },
    });
    system.laptop.klaviyo.revokeKey(apiKey);
    const run = await system.ended(runId, 120_000);

    expect(replaced.status).toBe(200);
    expect([run.status, run.numbers.imported]).toEqual(["successful", 200_000]);
    expect((await connectionOf(connectionId)).state).toBe("working");
  });

  it("is refused with a code of its own for what is wrong with it", async () => {
    const { apiKey } = addAccount("CoDeS1");
    const other = addAccount("CoDeS2");
    const { klaviyo } = system.laptop;
    const weak = klaviyo.addKey("CoDeS1", {
      scopes: ["accounts:read", "lists:read", "lists:write", "profiles:read"],
    });
    const revoked = klaviyo.addKey("CoDeS1", {});
    klaviyo.revokeKey(revoked.key);
    const connectionId = await system.createConnection({ apiKey });
    const profiles = klaviyo.accounts().find(({ id }) => id === "CoDeS1")?.profiles;
    const codeOf = async (key: string) =>
      (
        await system.call<{ code: string; params?: object }>(
          "PUT",
          `/connections/${connectionId}/key`,
          { body: { apiKey: key } },
        )
      ).body;

    expect(await codeOf(weak.key)).toMatchObject({
      code: "scopesMissing",
      params: { scopes: "profiles:write" },
    });
    expect((await codeOf(revoked.key)).code).toBe("keyRefused");
    expect(await codeOf(other.apiKey)).toMatchObject({
      code: "accountMismatch",
      params: { found: "CoDeS2", expected: "CoDeS1" },
    });
    expect((await connectionOf(connectionId)).state).toBe("neverUsed");
    // Trying keys changed nothing at Klaviyo.
    expect(klaviyo.accounts().find(({ id }) => id === "CoDeS1")?.profiles).toBe(profiles);
  });

  it("that a run finds refused shows on the connection, and so does that it works again", async () => {
    const { apiKey, listId } = addAccount("ReFuSe");
    const connectionId = await system.createConnection({ apiKey });
    await system.putSegment("customers", { "a.csv": csv(5, "refused") });
    const exportId = await system.createExport(connectionId, { listId });
    system.laptop.klaviyo.revokeKey(apiKey);

    const failed = await system.run(exportId);
    const refused = await connectionOf(connectionId);
    const { key } = system.laptop.klaviyo.addKey("ReFuSe", {});
    await system.call("PUT", `/connections/${connectionId}/key`, { body: { apiKey: key } });
    const succeeded = await system.run(exportId);
    const working = await connectionOf(connectionId);

    expect([failed.status, failed.problem?.code]).toEqual(["failed", "keyRefused"]);
    expect([refused.state, refused.problem?.code]).toEqual(["keyRefused", "keyRefused"]);
    expect(succeeded.status).toBe("successful");
    expect(working).toMatchObject({
      state: "working",
      lastUsedAt: expect.any(String),
      revision: { inUse: "2026-07-15", retiresOn: "2028-07-15" },
    });
  });

  it("is read from the customer's own secret, whose loss is told", async () => {
    const { apiKey } = addAccount("OwNsEc");
    const { ARN: secretArn = "" } = await secrets.send(
      new CreateSecretCommand({ Name: "mine/klaviyo", SecretString: apiKey }),
    );
    const connectionId = await system.createConnection({ apiKey: undefined, secretArn });
    const back = await system.call<ConnectionAnswer>("PUT", `/connections/${connectionId}/key`, {
      body: { apiKey },
    });
    const before = await connectionOf(connectionId);
    await secrets.send(new DeleteSecretCommand({ SecretId: secretArn }));

    const verified = await system.call<ConnectionAnswer>(
      "POST",
      `/connections/${connectionId}/verification`,
    );

    expect([back.status, back.body.code]).toEqual([409, "ownSecretInUse"]);
    expect([before.state, before.keySource]).toEqual(["neverUsed", "ownSecret"]);
    expect([verified.body.state, verified.body.problem?.code]).toEqual([
      "secretUnreachable",
      "ownSecretUnreadable",
    ]);
  });
});

describe("the lists of an account", () => {
  it("are all shown, found by part of their name, and made from here", async () => {
    const lists = Array.from({ length: 34 }, (_, index) => ({ name: `List number ${index}` }));
    const { keys } = system.laptop.klaviyo.addAccount({ id: "LiStS1", lists });
    const connectionId = await system.createConnection({ apiKey: keys[0]!.key });
    const path = `/connections/${connectionId}/lists`;
    const get = async (query: string) =>
      (
        await system.call<{ items: { id: string; name: string }[]; next?: string }>(
          "GET",
          `${path}?${query}`,
          { role: "contributor" },
        )
      ).body;

    const made = await system.call<{ id: string }>("POST", path, {
      ...{ role: "contributor", body: { name: "Made from here" } },
    });
    const first = await get("limit=20");
    const second = await get(`limit=20&after=${first.next ?? ""}`);
    const found = await get("limit=100&name=NUMBER%202");

    expect(made.status).toBe(201);
    const names = [...first.items, ...second.items].map(({ name }) => name);
    expect(names.sort()).toEqual([...lists.map(({ name }) => name), "Made from here"].sort());
    expect(second.next).toBeUndefined();
    expect(found.items).toHaveLength(11);
    expect(system.laptop.klaviyo.list(made.body.id).name).toBe("Made from here");
  });
});

describe("the audit log", () => {
  it("holds every change and the end of every run", async () => {
    const { apiKey, listId } = addAccount("AuDiT1");
    const connectionId = await system.createConnection({ apiKey });
    await system.putSegment("customers", { "a.csv": csv(5, "audited") });
    const exportId = await system.createExport(connectionId, { listId });
    const { runId } = await system.run(exportId);

    const { body } = await system.call<{ items: Record<string, unknown>[] }>(
      "GET",
      `/audit?target=${exportId}&limit=100`,
    );

    expect(body.items.map(({ action, outcome }) => [action, outcome])).toEqual([
      ["runEnded", "succeeded"],
      ["startRun", "succeeded"],
      ["createExport", "succeeded"],
    ]);
    expect(body.items.map((item) => item["runId"])).toEqual([runId, runId, undefined]);
    expect(body.items[1]).toMatchObject({
      actor: { role: "Administrator" },
      source: { kind: "api", ip: expect.stringContaining("127.0.0.1") },
    });
    expect(system.logLines().join("\n")).not.toMatch(/pk_[a-z0-9]/i);
  });
});
