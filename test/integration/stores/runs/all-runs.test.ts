import { PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "@jest/globals";
import { createRunStore } from "../../../../shared/adapters/aws/dynamodb/runs/run-store";
import type { AllRunsSelection, RunStore } from "../../../../shared/ports";
import { anInstant, aRun } from "../../../support/builders";
import { fakeRunStore } from "../../../support/fakes/stores/run-store";
import { useDynamoDb } from "../backends";

const dynamoDb = useDynamoDb();
const backends: [string, () => Promise<RunStore>][] = [
  ["fake", async () => fakeRunStore()],
  ["DynamoDB", async () => createRunStore(dynamoDb.client(), await dynamoDb.makeTable("runs"), 90)],
];

const at = (seconds: number): Date => new Date(Date.parse(anInstant) + seconds * 1_000);
const iso = (seconds: number): string => at(seconds).toISOString();

describe.each(backends)("the list of all runs on %s", (_name, make) => {
  it("finds runs by all that is asked for, in both orders", async () => {
    const store = await make();
    for (let seconds = 0; seconds < 9; seconds += 1) {
      const connectionId = seconds < 4 ? "connection-1" : "connection-2";
      await store.create(
        aRun({
          ...{ runId: `${seconds}`, requestedAt: iso(seconds), exportId: `e-${seconds % 3}` },
          status: seconds % 4 === 0 ? "failed" : "queued",
          trigger: seconds % 2 === 0 ? "scheduled" : "onDemand",
          mode: seconds === 7 ? "full" : "incremental",
          settings: { ...aRun().settings, connectionId },
        }),
      );
      // What else a run has in its table is no run.
      await store.claimChunk(`${seconds}`, 1, at(0), at(60));
    }
    await store.end("7", { kind: "unplanned", status: "failed", at: at(9) });
    const found = async (selection: AllRunsSelection, limit: number) => {
      const pages: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.list({ limit, after }, selection);
        pages.push(page.items.map(({ runId }) => runId).join(""));
        after = page.next;
      } while (after !== undefined);
      return pages;
    };

    expect(await found({}, 4)).toEqual(["8765", "4321", "0"]);
    expect(await found({ oldestFirst: true }, 9)).toEqual(["012345678"]);
    expect(await found({ exportId: "e-1" }, 2)).toEqual(["74", "1"]);
    expect(await found({ connectionId: "connection-1", status: "queued" }, 9)).toEqual(["321"]);
    expect(await found({ status: "failed" }, 2)).toEqual(["87", "40"]);
    expect(await found({ status: "queued", trigger: "scheduled", oldestFirst: true }, 1)).toEqual([
      ...["2", "6"],
    ]);
    expect(await found({ mode: "full" }, 1)).toEqual(["7"]);
    expect(await found({ from: at(2), until: at(5) }, 2)).toEqual(["43", "2"]);
    expect(await found({ from: at(5), until: at(2) }, 2)).toEqual([""]);
    expect(await found({ exportId: "e-9" }, 2)).toEqual([""]);
  });
});

describe("the list of all runs in DynamoDB", () => {
  it("names those that can't be read, and shows the others", async () => {
    const table = await dynamoDb.makeTable("runs");
    const store = createRunStore(dynamoDb.client(), table, 90);
    await store.create(aRun({ runId: "run-1", requestedAt: iso(1) }));
    const Item = { runId: "run-2", item: "run", requestedAt: iso(2), status: "of the future" };
    await dynamoDb.client().send(new PutCommand({ TableName: table, Item }));

    const { items, unreadable } = await store.list({ limit: 5 });

    expect(items.map(({ runId }) => runId)).toEqual(["run-1"]);
    expect(unreadable).toEqual(["run-2"]);
  });

  it("leaves out whose status has changed since the index had it, and whoever is gone", async () => {
    const table = await dynamoDb.makeTable("runs");
    const store = createRunStore(dynamoDb.client(), table, 90);
    await store.create(aRun({ runId: "run-1", status: "failed", requestedAt: iso(1) }));
    await store.create(aRun({ runId: "run-2", requestedAt: iso(2) }));
    // An index that is behind: it has all of them as queued, and one that has expired.
    const behind = async (command: unknown): Promise<unknown> =>
      "KeyConditionExpression" in (command as { input: object }).input
        ? { Items: [3, 2, 1].map((number) => ({ runId: `run-${number}`, requestedAt: iso(3) })) }
        : dynamoDb.client().send(command as never);
    const late = createRunStore({ send: behind } as never as DynamoDBDocumentClient, table, 90);

    const page = await late.list({ limit: 5 }, { status: "queued" });

    expect(page).toEqual({ items: [expect.objectContaining({ runId: "run-2" })] });
  });

  it("ends a long search for few, and says where to go on", async () => {
    const starts: unknown[] = [];
    const endless = async ({ input }: { input: { ExclusiveStartKey?: unknown } }) => {
      starts.push(input.ExclusiveStartKey);
      const seconds = 100 - starts.length;
      const LastEvaluatedKey = { runId: `run-${seconds}`, item: "run", requestedAt: iso(seconds) };
      return { Items: [], LastEvaluatedKey };
    };
    const store = createRunStore({ send: endless } as never as DynamoDBDocumentClient, "runs", 90);

    const first = await store.list({ limit: 5 }, { status: "failed" });
    expect(first).toEqual({ items: [], next: expect.any(String) });
    const read = starts.length;
    await store.list({ limit: 5, after: first.next }, { status: "failed" });

    expect(read).toBeLessThan(20);
    expect(starts[read]).toEqual({
      ...{ runId: `run-${100 - read}`, item: "run", requestedAt: iso(100 - read) },
    });
  });
});
