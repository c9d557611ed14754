import { describe, expect, it } from "@jest/globals";
import { createPreviewStore } from "../../../../shared/adapters/aws/dynamodb/runs/preview-store";
import type { PreviewResult } from "../../../../shared/domain/exports/preview";
import { problem } from "../../../../shared/domain/problems/problem";
import { estimateRun } from "../../../../shared/domain/runs/run-estimate";
import { anInstant, aPreview } from "../../../support/builders";
import { useDynamoDb } from "../backends";

const dynamoDb = useDynamoDb();
const preview = aPreview();
const numbers = {
  ...{ rows: 1, blank: 0, invalid: 0, duplicates: 0, members: 1 },
  ...{ new: 1, changed: 0, unchanged: 0, tooLarge: 0, leaving: 0 },
};
const resultWith = (value: unknown): PreviewResult => ({
  numbers,
  profiles: [{ type: "profile", attributes: { email: "a@x.io", properties: { value } } }],
  rejections: [],
  warnings: [],
  estimate: estimateRun({ profiles: 1, bytes: 100, leaving: 0, subscribers: 0 }),
});
let deep: unknown = "at the bottom";
for (let level = 0; level < 100; level += 1) {
  deep = [deep];
}

describe("what a preview found", () => {
  it.each<[string, unknown]>([
    ["a number beyond 2^53", 1e20],
    ["a number with more digits than DynamoDB has", 1.2345678901234567e-200],
    ["lists within lists", deep],
    ["an empty text and nothing", ["", null]],
    ["350 KB of text that is no ASCII", "名".repeat(116_000)],
  ])("gives back profiles that hold %s", async (_what, value) => {
    const store = createPreviewStore(dynamoDb.client(), await dynamoDb.makeTable("runs"));
    await store.create(preview);
    const result = resultWith(value);

    await store.end("export-1", "preview-1", { status: "ready", result }, new Date(anInstant));
    // Once it has ended, it stays so.
    const late = { status: "failed", problem: problem("internalError") } as const;
    await store.end("export-1", "preview-1", late, new Date(anInstant));

    expect(await store.get("export-1", "preview-1")).toEqual({
      ...{ ...preview, status: "ready", endedAt: anInstant, result },
    });
  });

  it("keeps why one failed", async () => {
    const store = createPreviewStore(dynamoDb.client(), await dynamoDb.makeTable("runs"));
    await store.create(preview);
    const reason = problem("segmentEmpty");
    const ending = { status: "failed", problem: reason } as const;
    await store.end("export-1", "preview-1", ending, new Date(anInstant));
    expect(await store.get("export-1", "preview-1")).toMatchObject({
      ...{ status: "failed", problem: reason },
    });
  });
});
