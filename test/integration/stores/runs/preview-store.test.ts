import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { createPreviewStore } from "../../../../shared/adapters/aws/dynamodb/runs/preview-store";
import { createRunStore } from "../../../../shared/adapters/aws/dynamodb/runs/run-store";
import type { PreviewEnding } from "../../../../shared/domain/exports/preview";
import { problem } from "../../../../shared/domain/problems/problem";
import type { PreviewStore } from "../../../../shared/ports";
import { aPreview } from "../../../support/builders";
import { fakePreviewStore } from "../../../support/fakes/stores/preview-store";
import { useDynamoDb } from "../backends";

const dynamoDb = useDynamoDb();
const backends = {
  fake: async () => fakePreviewStore(),
  DynamoDB: async () => createPreviewStore(dynamoDb.client(), await dynamoDb.makeTable("runs")),
  "DynamoDB that loses answers": async () =>
    createPreviewStore(dynamoDb.losingAnswers(), await dynamoDb.makeTable("runs")),
};
const at = new Date("2026-11-02T08:00:05.000Z");
const ready: PreviewEnding = {
  status: "ready",
  result: {
    numbers: {
      ...{ rows: 2, blank: 0, invalid: 1, duplicates: 0, members: 1 },
      ...{ new: 1, changed: 0, unchanged: 0, tooLarge: 0, leaving: 0 },
    },
    profiles: [{ type: "profile", attributes: { email: "a@x.io", properties: { "": null } } }],
    rejections: [
      {
        ...{ segment: "customers", file: "1.csv", row: 2, email: "a@x" },
        ...{ code: "emailInvalid", text: "No" },
      },
    ],
    warnings: [problem("snapshotUnreadable")],
    estimate: {
      calls: { importJobs: 1, statusPolls: 1, lookups: 0, removals: 0, subscriptions: 0 },
      seconds: 1,
    },
  },
};
const failed: PreviewEnding = { status: "failed", problem: problem("keyRefused") };

describe.each(Object.entries(backends))("the store of previews (%s)", (_name, make) => {
  let store: PreviewStore;
  beforeEach(async () => {
    store = await make();
  });

  it("keeps a preview under its export, and knows no other", async () => {
    await store.create(aPreview());
    expect(await store.get("export-1", "preview-1")).toEqual(aPreview());
    expect(await store.get("export-2", "preview-1")).toBeUndefined();
    expect(await store.get("export-1", "preview-2")).toBeUndefined();
  });

  it("lets a caller have one of an export under way, and names that one", async () => {
    await store.create(aPreview());

    const second = await store.create(aPreview({ previewId: "preview-2" }));
    const others = [
      await store.create(aPreview({ previewId: "preview-3", requestedBy: "another" })),
      await store.create(aPreview({ previewId: "preview-4", exportId: "export-2" })),
      await store.create(aPreview()),
    ];

    expect(second).toEqual({ underWay: "preview-1" });
    expect(await store.get("export-1", "preview-2")).toMatchObject({ status: "failed" });
    expect(others).toEqual([{}, {}, {}]);
  });

  it("lets them have another when that one has ended, is gone, or took too long", async () => {
    await store.create(aPreview());
    await store.end("export-1", "preview-1", failed, at);
    const afterEnded = await store.create(aPreview({ previewId: "preview-2" }));
    await store.deleteAll("export-1");
    const afterGone = await store.create(aPreview({ previewId: "preview-3" }));
    const afterLong = await store.create(
      aPreview({ previewId: "preview-4", requestedAt: "2026-11-02T09:00:00.001Z" }),
    );

    expect([afterEnded, afterGone, afterLong]).toEqual([{}, {}, {}]);
  });

  it("lets one of many at once through", async () => {
    const ids = Array.from({ length: 8 }, (_, index) => `preview-${index}`);
    const made = await Promise.all(ids.map((previewId) => store.create(aPreview({ previewId }))));
    const [first] = made.map(({ underWay }) => underWay).filter((id) => id !== undefined);

    expect(made.filter(({ underWay }) => underWay === undefined)).toHaveLength(1);
    expect(ids).toContain(first);
    expect(await store.get("export-1", first ?? "")).toBeDefined();
  });

  it.each([ready, failed])("ends it once, with all that was found ($status)", async (ending) => {
    await store.create(aPreview());
    await store.end("export-1", "preview-1", ending, at);
    const ended = { ...aPreview(), ...ending, endedAt: at.toISOString() };
    expect(await store.get("export-1", "preview-1")).toEqual(ended);

    const other = ending === ready ? failed : ready;
    await store.end("export-1", "preview-1", other, new Date(at.getTime() + 1_000));
    expect(await store.get("export-1", "preview-1")).toEqual(ended);
  });

  it("does not bring back what was deleted meanwhile", async () => {
    await store.create(aPreview());
    await store.deleteAll("export-1");
    await store.end("export-1", "preview-1", ready, at);
    expect(await store.get("export-1", "preview-1")).toBeUndefined();
  });

  it("deletes all of one export, and no other's", async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `preview-${String(index)}`);
    await Promise.all(ids.map((previewId) => store.create(aPreview({ previewId }))));
    await store.create(aPreview({ exportId: "export-10" }));
    await store.deleteAll("export-1");
    const left = await Promise.all(ids.map((previewId) => store.get("export-1", previewId)));
    expect(left.filter((preview) => preview !== undefined)).toEqual([]);
    expect(await store.get("export-10", "preview-1")).toBeDefined();
    await store.deleteAll("export-1");
  });
});

it("lies beside the runs without being taken for one, and goes after an hour", async () => {
  const tableName = await dynamoDb.makeTable("runs");
  const runs = createRunStore(dynamoDb.client(), tableName, 90);
  await createPreviewStore(dynamoDb.client(), tableName).create(aPreview());
  expect((await runs.listOpen({ limit: 10 })).items).toEqual([]);
  expect((await runs.listByExport("export-1", { limit: 10 })).items).toEqual([]);
  expect(await runs.get("preview#export-1")).toBeUndefined();
  const { Items } = await dynamoDb.client().send(new ScanCommand({ TableName: tableName }));
  const requestedAt = Date.parse(aPreview().requestedAt) / 1_000;
  expect(Items?.map(({ expiresAt }) => expiresAt)).toEqual([
    requestedAt + 3_600,
    requestedAt + 3_600,
  ]);
});
