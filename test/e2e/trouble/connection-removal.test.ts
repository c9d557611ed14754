import { ScanCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { clientConfiguration } from "../../../infra/local/provisioning/aws-clients";
import { startSystem, type RunAnswer, type System } from "../../support/system";
import { addAccount, csv, until } from "../../support/system-steps";

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

describe("removing a connection", () => {
  it("leaves nothing of it in DynamoDB, Secrets Manager or S3", async () => {
    const { apiKey, listId } = addAccount(system, "ReMoVe");
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
    const { apiKey, listId } = addAccount(system, "GoInG1");
    const connectionId = await system.createConnection({ apiKey, profileLimit: 1_000_000 });
    await system.putSegment("many", { "a.csv": csv(150_000, "going") });
    const exportId = await system.createExport(connectionId, { listId, segments: ["many"] });
    const { runId } = await system.startRun(exportId);
    await until(system, runId, ({ phase }) => phase === "pushing" || phase === "confirming");

    await system.call("DELETE", `/connections/${connectionId}/exports`);
    const removed = await system.call("DELETE", `/connections/${connectionId}`);
    const run = await system.ended(runId);

    expect(removed.status).toBe(204);
    expect([run.status, run.problem?.code]).toEqual(["canceled", "connectionDetached"]);
    const { numbers } = run;
    expect(numbers.members).toBe(
      numbers.unchanged + numbers.imported + numbers.refused + numbers.unsent,
    );
    // The run deletes its files once it has ended.
    let left: string[];
    do {
      left = (await workKeys()).filter((key) => key.includes(runId));
    } while (left.length > 0);
  });
});

describe("detaching an export", () => {
  it("ends the run that is going: nothing further is sent", async () => {
    const { apiKey, listId } = addAccount(system, "DeTaCh");
    const connectionId = await system.createConnection({ apiKey, profileLimit: 1_000_000 });
    await system.putSegment("many", { "a.csv": csv(300_000, "detached") });
    const exportId = await system.createExport(connectionId, { listId, segments: ["many"] });
    const { runId } = await system.startRun(exportId);
    await until(system, runId, ({ phase }) => phase === "pushing" || phase === "confirming");

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
