import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { clientConfiguration } from "../../../infra/local/provisioning/aws-clients";
import { eventually } from "../../integration/local/eventually";
import { sharedSystem } from "../../support/shared-system";
import { type System } from "../../support/system";
import { addAccount, csv } from "../../support/system-steps";

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
  system = await sharedSystem();
  secrets = new SecretsManagerClient(
    clientConfiguration(system.laptop.environment.endpoints.secretsManager),
  );
});
afterAll(async () => {
  secrets.destroy();
});

const connectionOf = async (connectionId: string): Promise<ConnectionAnswer> =>
  (await system.call<ConnectionAnswer>("GET", `/connections/${connectionId}`)).body;

describe("a connection's key", () => {
  it("is replaced without stopping the run that is going, though the old one is revoked", async () => {
    const { apiKey, listId } = addAccount(system, "RePlAc");
    const { klaviyo } = system.laptop;
    const connectionId = await system.createConnection({ apiKey });
    await system.putSegment("some", { "a.csv": csv(200, "replaced") });
    const exportId = await system.createExport(connectionId, { listId, segments: ["some"] });
    klaviyo.holdJobs();
    const { runId } = await system.startRun(exportId);
    await eventually(() => klaviyo.jobs().some(({ accountId }) => accountId === "RePlAc"));

    const { key } = klaviyo.addKey("RePlAc", {});
    const replaced = await system.call("PUT", `/connections/${connectionId}/key`, {
      body: { apiKey: key },
    });
    klaviyo.revokeKey(apiKey);
    klaviyo.releaseJobs();
    const run = await system.ended(runId);

    expect(replaced.status).toBe(200);
    expect([run.status, run.numbers.imported]).toEqual(["successful", 200]);
    expect((await connectionOf(connectionId)).state).toBe("working");
  });

  it("is refused with a code of its own for what is wrong with it", async () => {
    const { apiKey } = addAccount(system, "CoDeS1");
    const other = addAccount(system, "CoDeS2");
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
    const { apiKey, listId } = addAccount(system, "ReFuSe");
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

  it("is read from the customer's own secret, by whoever exports over it, and its loss is told", async () => {
    const { apiKey, listId } = addAccount(system, "OwNsEc");
    const { ARN: secretArn = "" } = await secrets.send(
      new CreateSecretCommand({
        Name: "mine/klaviyo",
        SecretString: apiKey,
        Tags: [{ Key: "klaviyo-segment-export", Value: "local" }],
      }),
    );
    const connectionId = await system.createConnection({ apiKey: undefined, secretArn });
    const back = await system.call<ConnectionAnswer>("PUT", `/connections/${connectionId}/key`, {
      body: { apiKey },
    });
    const before = await connectionOf(connectionId);
    await system.putSegment("customers", { "a.csv": csv(5, "own") });
    const run = await system.run(await system.createExport(connectionId, { listId }));
    expect([run.status, run.numbers.imported]).toEqual(["successful", 5]);
    await secrets.send(new DeleteSecretCommand({ SecretId: secretArn }));

    const verified = await system.call<ConnectionAnswer>(
      "POST",
      `/connections/${connectionId}/verification`,
    );

    expect([back.status, back.body.code]).toEqual([409, "ownSecretInUse"]);
    expect([before.state, before.keySource]).toEqual(["neverUsed", "ownSecret"]);
    expect([verified.body.state, verified.body.problem?.code]).toEqual([
      "secretUnreachable",
      "secretScheduledForDeletion",
    ]);
  });
});

describe("a customer's own secret", () => {
  it.each([
    ["carries no tag", []],
    ["is tagged for another stage", [{ Key: "klaviyo-segment-export", Value: "production" }]],
  ])("is not read when it %s", async (what, Tags) => {
    const { apiKey } = addAccount(system, what.length === 14 ? "NoTags" : "OtheRs");
    const { ARN: secretArn = "" } = await secrets.send(
      new CreateSecretCommand({ Name: `mine/${what.length}`, SecretString: apiKey, Tags }),
    );
    const answer = await system.call<{ code: string }>("POST", "/connections", {
      body: { displayName: `Own secret that ${what}`, agree: true, secretArn },
    });
    expect([answer.status, answer.body.code]).toEqual([422, "ownSecretUnreadable"]);
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
    const found = await get("limit=100&search=NUMBER%202");

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
    const { apiKey, listId } = addAccount(system, "AuDiT1");
    const connectionId = await system.createConnection({ apiKey });
    await system.putSegment("customers", { "a.csv": csv(5, "audited") });
    const exportId = await system.createExport(connectionId, { listId });
    const { runId } = await system.run(exportId);

    const { body } = await system.call<{ items: Record<string, unknown>[] }>(
      "GET",
      `/audit?target=${exportId}&limit=100`,
    );

    const all = await system.call<{ items: unknown[] }>("GET", "/audit?limit=3");
    const own = await system.call<{ items: { actor: object }[] }>(
      "GET",
      "/audit?actor=Administrator&limit=3",
    );
    expect([all.body.items.length, own.body.items.length]).toEqual([3, 3]);
    expect(own.body.items[0]).toMatchObject({ actor: { userId: "Administrator" } });
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
