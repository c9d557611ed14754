import { describe, expect, it } from "@jest/globals";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { createRunStore } from "../../../../../shared/adapters/aws/dynamodb/runs/run-store";
import { aRun } from "../../../../support/builders";
import { at, iso, planned } from "./run-examples";
import { dynamoDb } from "./run-stores";

describe("run store on DynamoDB", () => {
  it("finds one of an export's runs among many, however few a page shows", async () => {
    const store = createRunStore(dynamoDb.client(), await dynamoDb.makeTable("runs"), 30);
    for (let seconds = 0; seconds < 250; seconds += 1) {
      const status = seconds === 3 ? "failed" : "successful";
      await store.create(aRun({ runId: `run-${seconds}`, requestedAt: iso(seconds), status }));
    }

    const page = await store.listByExport("export-1", { limit: 1 }, { status: "failed" });

    expect(page).toEqual({ items: [expect.objectContaining({ runId: "run-3" })] });
  });

  it("takes a cursor from outside the span for its beginning or its end", async () => {
    const store = createRunStore(dynamoDb.client(), await dynamoDb.makeTable("runs"), 30);
    await store.create(aRun({ requestedAt: iso(5) }));
    const after = (seconds: number) =>
      Buffer.from(JSON.stringify({ runId: "x", at: iso(seconds) })).toString("base64url");
    const found = async (seconds: number, oldestFirst: boolean) => {
      const request = { limit: 1, after: after(seconds) };
      const span = { from: at(4), until: at(6), oldestFirst };
      return (await store.listByExport("export-1", request, span)).items.length;
    };

    expect([await found(1, false), await found(9, false)]).toEqual([0, 1]);
    expect([await found(1, true), await found(9, true)]).toEqual([1, 0]);
  });

  it("lets runs and chunks expire, so many days after the run was requested or the chunk moved", async () => {
    const table = await dynamoDb.makeTable("runs");
    const store = createRunStore(dynamoDb.client(), table, 30);
    await store.create(aRun({ requestedAt: "2026-11-02T08:00:00.000Z" }));
    await store.claimChunk("run-1", 1, at(1), at(2));
    await store.settleChunk("run-1", 2, { imported: 1, refused: 0, unsent: 0 }, at(1));

    const { Items: items = [] } = await dynamoDb
      .client()
      .send(new ScanCommand({ TableName: table }));

    const days = items.map(({ item, expiresAt }) => [
      item,
      Math.floor((Number(expiresAt) * 1_000 - Date.parse("2026-11-02T08:00:00.000Z")) / 86_400_000),
    ]);
    expect(days.sort()).toEqual([
      ["chunk#00001", 30],
      ["chunk#00002", 30],
      ["run", 30],
    ]);
  });

  it("counts a chunk that was settled before a crash, with the outcome that was written", async () => {
    const table = await dynamoDb.makeTable("runs");
    const store = createRunStore(dynamoDb.client(), table, 90);
    const outcome = { imported: 3, refused: 0, unsent: 0 };
    // Settled without a run to count it in: what a crash between the two writes leaves behind.
    await expect(store.settleChunk("run-1", 1, outcome, at(1))).rejects.toMatchObject({
      name: "AwsFailure",
    });
    await planned(store);

    const run = await store.settleChunk("run-1", 1, { imported: 0, refused: 0, unsent: 3 }, at(2));

    expect(run.numbers).toMatchObject({ imported: 3, unsent: 0 });
    expect(run.settledChunks).toBe(1);
  });
});
