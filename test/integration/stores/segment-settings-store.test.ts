import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "@jest/globals";
import { createSegmentSettingsStore } from "../../../shared/adapters/aws/dynamodb/settings/segment-settings-store";
import { createSettingsStore } from "../../../shared/adapters/aws/dynamodb/settings/settings-store";
import { systemScheduleOff } from "../../../shared/domain/schedules/schedule";
import {
  noSegmentSettings,
  type SegmentSettings,
} from "../../../shared/domain/segments/segment-settings";
import type { SegmentSettingsStore } from "../../../shared/ports";
import { fakeSegmentSettings } from "../../support/fakes/stores/segment-settings";
import { useDynamoDb } from "./backends";

const dynamoDb = useDynamoDb();
const backends: [string, () => Promise<SegmentSettingsStore>][] = [
  ["fake", async () => fakeSegmentSettings()],
  [
    "DynamoDB",
    async () => createSegmentSettingsStore(dynamoDb.client(), await dynamoDb.makeTable("settings")),
  ],
  [
    "DynamoDB that loses answers",
    async () =>
      createSegmentSettingsStore(dynamoDb.losingAnswers(), await dynamoDb.makeTable("settings")),
  ],
];
const named = (version: number): SegmentSettings => ({
  columns: ["email", "first name"],
  version,
  updatedAt: "2026-11-02T08:00:00.000Z",
  updatedBy: "contributor-1",
});

describe.each(backends)("settings of segments (%s)", (_name, makeStore) => {
  it("are none until they are set, each segment's by itself", async () => {
    const store = await makeStore();

    expect(await store.get("customers")).toEqual(noSegmentSettings);
    expect(await store.put("customers", named(2), 1)).toBe(true);

    expect(await store.get("customers")).toEqual(named(2));
    expect(await store.get("customers 2")).toEqual(noSegmentSettings);
  });

  it("replace the version that is expected, and no other", async () => {
    const store = await makeStore();

    expect(await store.put("vip", named(8), 7)).toBe(false);
    await store.put("vip", named(2), 1);
    expect(await store.put("vip", { version: 2 }, 1)).toBe(false);
    expect(await store.get("vip")).toEqual(named(2));
    expect(await store.put("vip", { version: 3 }, 2)).toBe(true);

    expect(await store.get("vip")).toEqual({ version: 3 });
  });
});

it("settings that can't be read are said to be so, and touch neither other segments nor the schedule", async () => {
  const TableName = await dynamoDb.makeTable("settings");
  const store = createSegmentSettingsStore(dynamoDb.client(), TableName);
  await store.put("vip", named(2), 1);
  await dynamoDb
    .client()
    .send(
      new PutCommand({ TableName, Item: { setting: "segment#new", columns: "later", version: 2 } }),
    );

  await expect(store.get("new")).rejects.toMatchObject({
    problem: { code: "itemUnreadable", params: { attribute: "columns" } },
  });
  expect(await store.get("vip")).toEqual(named(2));
  const schedule = await createSettingsStore(dynamoDb.client(), TableName).getSystemSchedule();
  expect(schedule).toEqual(systemScheduleOff);
});
