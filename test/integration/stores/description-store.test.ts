import { describe, expect, it } from "@jest/globals";
import { createDescriptionStore } from "../../../shared/adapters/aws/dynamodb/description-store";
import { problem } from "../../../shared/domain/problems/problem";
import type { SegmentDescription } from "../../../shared/domain/segments/segment";
import { aSegmentFile, anInstant } from "../../support/builders";
import { useDynamoDb } from "./backends";

const dynamoDb = useDynamoDb();
const now = new Date(anInstant);
const description: SegmentDescription = {
  ...{ name: "customers", source: "bucket", files: 1, bytes: 100, refreshedAt: anInstant },
  ...{ rows: 10, members: 9 },
  fields: [{ name: "constructor", type: "text" }],
  warnings: [problem("encodingUnsure", { segment: "customers", file: "m.csv", encoding: "x" })],
};

describe("the store of descriptions", () => {
  const makeStore = async () =>
    createDescriptionStore(dynamoDb.client(), await dynamoDb.makeTable("requests"));

  it("gives back what was found in exactly these files, counted by this field", async () => {
    const store = await makeStore();
    const files = [aSegmentFile()];
    await store.put(files, "Email", description, now);

    expect(await store.get(files, "Email", now)).toEqual(description);
    const others = [
      await store.get(files, undefined, now),
      await store.get([aSegmentFile({ version: '"v2"' })], "Email", now),
      await store.get([aSegmentFile({ name: "part-2.csv" })], "Email", now),
      await store.get([aSegmentFile(), aSegmentFile({ name: "part-2.csv" })], "Email", now),
      await store.get([aSegmentFile({ segment: "vip" })], "Email", now),
      // Settings name the columns otherwise.
      await store.get([aSegmentFile({ columns: ["Email", "Name"] })], "Email", now),
    ];
    expect(others.filter((found) => found !== undefined)).toEqual([]);
  });

  it("knows how a segment's fields were written when it was last described, for a month", async () => {
    const store = await makeStore();
    const unclear = { unclear: ["decimal" as const] };
    expect(await store.readings("customers", now)).toBeUndefined();
    await store.put([aSegmentFile()], undefined, description, now);
    expect(await store.readings("customers", now)).toEqual(new Map());
    const fields = [
      { name: "Points", type: "number" as const, reading: unclear },
      // A first row that was taken for the header.
      { name: "ann@example.org", type: "text" as const, reading: unclear },
    ];
    await store.put([aSegmentFile({ version: '"v2"' })], "Email", { ...description, fields }, now);

    const later = (days: number) => new Date(now.getTime() + days * 24 * 3_600_000);
    expect(await store.readings("customers", later(29))).toEqual(new Map([["Points", unclear]]));
    expect(await store.readings("customers", later(30))).toBeUndefined();
    expect(await store.readings("vip", now)).toBeUndefined();
  });

  it("remembers how large the last refreshes were, for a month after the last", async () => {
    const store = await makeStore();
    expect(await store.refreshes("customers", now)).toEqual([]);
    const later = new Date(now.getTime() + 3_600_000);
    const refreshedAt = later.toISOString();
    await store.put([aSegmentFile()], undefined, description, now);
    await store.put(
      [aSegmentFile({ version: '"v2"' })],
      undefined,
      { ...description, refreshedAt, emailField: "Email", members: 8 },
      later,
    );
    expect(await store.refreshes("customers", later)).toEqual([
      { refreshedAt, rows: 10, members: 8, emailField: "Email" },
      { refreshedAt: anInstant, rows: 10 },
    ]);
    expect(await store.refreshes("vip", later)).toEqual([]);
  });

  it("keeps it for a day, and nothing that no item takes", async () => {
    const store = await makeStore();
    const fields = Array.from({ length: 10_000 }, (_, at) => ({
      name: `a field with a long name, ${String(at)}`,
      type: "text" as const,
    }));
    await store.put([aSegmentFile()], undefined, description, now);
    await store.put(
      [aSegmentFile({ segment: "wide" })],
      undefined,
      { ...description, fields },
      now,
    );

    const later = new Date(now.getTime() + 24 * 3_600_000);
    expect(await store.get([aSegmentFile()], undefined, later)).toBeUndefined();
    expect(await store.get([aSegmentFile({ segment: "wide" })], undefined, now)).toBeUndefined();
  });
});
