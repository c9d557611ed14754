import { ScanCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PurgeQueueCommand } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { clientConfiguration } from "../../../infra/local/provisioning/aws-clients";
import { eventually } from "../../integration/local/eventually";
import { type RunAnswer, type System } from "../../support/system";
import { addAccount, csv } from "../../support/system-steps";
import {
  ROWS,
  aRunUnderWay,
  endOf,
  expectStopped,
  letKlaviyoGoOn,
  startSystemOfSmallChunks,
} from "./run-under-way";

let system: System;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  system = await startSystemOfSmallChunks();
  secrets = new SecretsManagerClient(
    clientConfiguration(system.laptop.environment.endpoints.secretsManager),
  );
});
afterEach(() => letKlaviyoGoOn(system));
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

describe("a run that is going", () => {
  it("ends canceled when it is canceled, on the list that it began with, without what it has not sent", async () => {
    const { listId, connectionId, exportId, runId } = await aRunUnderWay(system, "CaNcEl");
    const { klaviyo } = system.laptop;
    const otherListId = klaviyo.createList("CaNcEl", { name: "Another" }).id;
    const changed = await system.call("PUT", `/exports/${exportId}`, {
      body: {
        ...{ displayName: "Moved", connectionId, listId: otherListId },
        ...{ segments: ["CaNcEl"], mapping: { email: "Email" } },
      },
    });
    const canceled = await system.call("POST", `/runs/${runId}/cancel`, { role: "contributor" });
    const run = await endOf(system, runId);

    expect([changed.status, canceled.status]).toEqual([200, 202]);
    expectStopped(system, run, listId, "runCanceled");
    expect(system.members(otherListId)).toEqual([]);
    const rows = await system.rejections(run);
    expect(rows.filter(({ category }) => category === "unsent")).toHaveLength(run.numbers.unsent);
    const again = await system.call<RunAnswer>("POST", `/runs/${runId}/cancel`);
    expect([again.status, again.body]).toEqual([202, run]);
  });

  it("ends when its connection is removed, which takes along what the run writes yet", async () => {
    const { connectionId, runId } = await aRunUnderWay(system, "ReMoVe");
    const inUse = await system.call("DELETE", `/connections/${connectionId}`);
    await system.call("DELETE", `/connections/${connectionId}/exports`);
    const removed = await system.call("DELETE", `/connections/${connectionId}`);
    const run = await endOf(system, runId);

    expect([inUse.status, removed.status]).toEqual([409, 204]);
    expect([run.status, run.problem?.code]).toEqual(["canceled", "connectionDetached"]);
    const { numbers } = run;
    expect(numbers.members).toBe(
      numbers.unchanged + numbers.imported + numbers.refused + numbers.unsent,
    );
    // The run deletes its files once it has ended.
    await eventually(async () => !(await workKeys()).some((key) => key.includes(runId)));
  });
});

describe("a run whose messages are lost", () => {
  it("is moved on by the watch, and ends well", async () => {
    const { listId, runId } = await aRunUnderWay(system, "LoStMe");
    const { klaviyo, environment } = system.laptop;
    for (const step of ["Push", "Confirm"]) {
      const { ref: QueueUrl } = environment.resources.find("AWS::SQS::Queue", `${step}Queue/Queue`);
      await system.clients.sqs.send(new PurgeQueueCommand({ QueueUrl }));
    }
    const still = async () => {
      const { kind } = await environment.functions.invoke("segment-export-local-watch-runs", {});
      expect(kind).toBe("succeeded");
      return system.logLines().some((line) => line.includes("runStill") && line.includes(runId));
    };
    await eventually(still);
    klaviyo.setFaults({});
    const run = await endOf(system, runId);

    expect(run).toMatchObject({ status: "successful", numbers: { imported: ROWS, unsent: 0 } });
    expect(system.members(listId)).toHaveLength(ROWS);
  });
});

describe("removing a connection", () => {
  it("leaves nothing of it in DynamoDB, Secrets Manager or S3", async () => {
    const { apiKey, listId } = addAccount(system, "FoReVr");
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
        expect({ table, found: holding("FoReVr") }).toEqual({ table, found: [] });
        expect({ table, found: holding(displayName.toLowerCase()) }).toEqual({ table, found: [] });
      }
    }
  });
});
