import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { clientConfiguration } from "../../infra/local/provisioning/aws-clients";
import { startSystem, type RunAnswer, type System } from "../support/system";

/** What becomes of a run when somebody changes what it works with, or ends it. */
describe("a run that somebody interferes with", () => {
  let system: System;
  let connectionId: string;

  beforeAll(async () => {
    // Small chunks: a few thousand profiles take longer than Klaviyo's minute allows.
    system = await startSystem({ environmentOverrides: { TUNING_CHUNK_PROFILES: "20" } });
    connectionId = await system.createConnection();
  });
  afterAll(() => system.close());

  const newList = (): string => {
    const { klaviyo } = system.laptop;
    return klaviyo.createList(klaviyo.first.accountId, { name: "A list" }).id;
  };
  const emails = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${name}.${String(index)}@example.org`);
  const csv = (rows: readonly string[]): string => `Email\n${rows.join("\n")}\n`;
  const see = async (runId: string): Promise<RunAnswer> =>
    (await system.call<RunAnswer>("GET", `/runs/${runId}`)).body;

  /** Waits until Klaviyo has taken a job for the list. */
  async function firstJobOf(listId: string): Promise<void> {
    while (!system.laptop.klaviyo.jobs().some((job) => job.listId === listId)) {
      await sleep(20);
    }
  }

  /** A run of 200 chunks on an account of its own, whose minute allows 147, that has begun to send. */
  async function aLongRun(name: string) {
    const account = system.laptop.klaviyo.addAccount({ lists: [{ name }, { name: "Another" }] });
    const [listId, otherListId] = account.lists.map(({ id }) => id) as [string, string];
    const connectionId = await system.createConnection({ apiKey: account.keys[0]!.key });
    const members = emails(name, 4_000);
    await system.putSegment(name, { "a.csv": csv(members) });
    const exportId = await system.createExport(connectionId, { listId, segments: [name] });
    const { runId } = await system.startRun(exportId);
    await firstJobOf(listId);
    return { listId, otherListId, connectionId, members, exportId, runId };
  }

  function expectStopped(run: RunAnswer, listId: string, members: readonly string[]): void {
    const { numbers } = run;
    expect(numbers.imported).toBeGreaterThan(0);
    expect(numbers.unsent).toBeGreaterThan(0);
    expect(numbers.imported + numbers.unsent).toBe(members.length);
    // What was sent was waited for: no more and no less is on the list than the run says.
    expect(system.members(listId)).toHaveLength(numbers.imported);
  }

  it("ends canceled when it is canceled, without waiting for what it has not sent", async () => {
    const { listId, members, exportId, runId } = await aLongRun("canceled");

    const answer = await system.call<RunAnswer>("POST", `/runs/${runId}/cancel`, {
      role: "contributor",
    });
    const run = await system.ended(runId, 30_000);

    expect(answer.status).toBe(202);
    expect(run).toMatchObject({ status: "canceled", problem: { code: "runCanceled" } });
    expectStopped(run, listId, members);
    const rows = await system.rejections(run);
    expect(rows.filter(({ category }) => category === "unsent")).toHaveLength(run.numbers.unsent);

    const again = await system.call<RunAnswer>("POST", `/runs/${runId}/cancel`);
    expect([again.status, again.body]).toEqual([202, run]);
    expect((await system.call("POST", `/exports/${exportId}/runs`, { body: {} })).status).toBe(202);
  });

  it("ends canceled when its export is deleted", async () => {
    const { listId, members, exportId, runId } = await aLongRun("deleted");

    await system.call("DELETE", `/exports/${exportId}`);
    const run = await system.ended(runId, 30_000);

    expect(run).toMatchObject({ status: "canceled", problem: { code: "exportDeleted" } });
    expectStopped(run, listId, members);
  });

  it("keeps the settings that it began with", async () => {
    const { listId, otherListId, connectionId, exportId, runId } = await aLongRun("pinned");

    const { body } = await system.call<object>("GET", `/exports/${exportId}`);
    const { displayName, mapping } = body as { displayName: string; mapping: object };
    const changed = await system.call("PUT", `/exports/${exportId}`, {
      body: { displayName, connectionId, mapping, segments: ["pinned"], listId: otherListId },
    });
    await system.call("POST", `/runs/${runId}/cancel`);
    const run = await system.ended(runId, 30_000);

    expect(changed.status).toBe(200);
    expect(system.members(listId)).toHaveLength(run.numbers.imported);
    expect(system.members(otherListId)).toEqual([]);
  });

  it("can't lose its connection, which its export uses", async () => {
    const { connectionId, runId } = await aLongRun("connected");

    const answer = await system.call<{ code: string }>("DELETE", `/connections/${connectionId}`);

    expect([answer.status, answer.body.code]).toEqual([409, "connectionInUse"]);
    await system.call("POST", `/runs/${runId}/cancel`);
    await system.ended(runId, 30_000);
  });

  it("goes on with the key that was put in the place of a revoked one", async () => {
    const { klaviyo, environment } = system.laptop;
    const account = klaviyo.addAccount({ lists: [{ name: "A list" }] });
    const [list] = account.lists;
    const [first] = account.keys;
    const own = await system.createConnection({ apiKey: first!.key });
    await system.putSegment("rekeyed", { "a.csv": csv(emails("rekeyed", 60)) });
    const exportId = await system.createExport(own, { listId: list!.id, segments: ["rekeyed"] });
    const secrets = new SecretsManagerClient(
      clientConfiguration(environment.endpoints.secretsManager),
    );
    const prefix = environment.functions
      .functions()
      .find(({ name }) => name.includes("push-chunks"))!.environment["SECRET_NAME_PREFIX"]!;
    await system.run(exportId);

    const { key } = klaviyo.addKey(account.id, {});
    await secrets.send(
      new PutSecretValueCommand({
        SecretId: `${prefix}/${own}`,
        SecretString: JSON.stringify({ apiKey: key }),
      }),
    );
    klaviyo.revokeKey(first!.key);
    secrets.destroy();
    const run = await system.run(exportId, "full");

    expect(run).toMatchObject({ status: "successful", numbers: { imported: 60 } });
  });

  it("never sends a mixture of two versions of its segment", async () => {
    const versions = ["before", "after"].map((version) =>
      Array.from({ length: 6 }, (_, part) => emails(`${version}.part${String(part)}`, 30)),
    );
    const put = async (version: string[][]): Promise<void> => {
      for (const [part, rows] of version.entries()) {
        await system.putSegment("replaced", { [`part-${String(part)}.csv`]: csv(rows) });
      }
    };
    await put(versions[0]!);
    const listId = newList();
    const exportId = await system.createExport(connectionId, { listId, segments: ["replaced"] });

    const { runId } = await system.startRun(exportId);
    for (let version = 1; (await see(runId)).phase !== "pushing"; version += 1) {
      await put(versions[version % 2]!);
      if (["failed", "successful"].includes((await see(runId)).status)) {
        break;
      }
    }
    const run = await system.ended(runId);

    const members = system.members(listId);
    if (run.status === "failed") {
      expect(run.problem).toMatchObject({ culprit: "user", code: "segmentChanged" });
      expect(members).toEqual([]);
    } else {
      expect(versions.map((version) => version.flat().sort())).toContainEqual(members);
    }
  });

  it("names each refused profile once with its row, and puts all others on the list", async () => {
    const listId = newList();
    const members = emails("partly-refused", 400);
    const atOnce = members.filter((_, index) => index % 40 === 7);
    const later = members.filter((_, index) => index % 40 === 19);
    await system.putSegment("partly-refused", { "a.csv": csv(members) });
    const exportId = await system.createExport(connectionId, {
      ...{ listId, segments: ["partly-refused"] },
    });
    system.laptop.klaviyo.setFaults({
      seed: 1,
      rules: [
        { kind: "refuseProfile", emails: atOnce },
        { kind: "failProfile", emails: later, payload: "mixed" },
      ],
    });

    const run = await system.run(exportId);
    system.laptop.klaviyo.setFaults({});

    const refused = members.filter((email) => atOnce.includes(email) || later.includes(email));
    const rows = await system.rejections(run);
    expect(rows.map(({ row, email, category }) => [row, email, category])).toEqual(
      refused.map((email) => [String(members.indexOf(email) + 1), email, "refused"]),
    );
    expect(run.numbers).toMatchObject({ imported: 380, refused: 20, unsent: 0 });
    expect(system.members(listId)).toEqual(
      members.filter((email) => !refused.includes(email)).sort(),
    );
  });
});
