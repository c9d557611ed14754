import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "@jest/globals";
import { createSettingsStore } from "../../../shared/adapters/aws/dynamodb/settings/settings-store";
import { systemScheduleOff, type SystemSchedule } from "../../../shared/domain/schedules/schedule";
import type { SettingsStore } from "../../../shared/ports";
import { fakeSettingsStore } from "../../support/fakes/scheduling";
import { useDynamoDb } from "./backends";

const dynamoDb = useDynamoDb();
const backends: [string, () => Promise<SettingsStore>][] = [
  ["fake", async () => fakeSettingsStore()],
  [
    "DynamoDB",
    async () => createSettingsStore(dynamoDb.client(), await dynamoDb.makeTable("settings")),
  ],
  [
    "DynamoDB that loses answers",
    async () => createSettingsStore(dynamoDb.losingAnswers(), await dynamoDb.makeTable("settings")),
  ],
];
const recurrence = { frequency: "daily", times: ["06:00"], timeZone: "Europe/Berlin" } as const;
const aSchedule = (version: number): SystemSchedule => ({
  ...{ active: true, version },
  recurrence: { ...recurrence, times: [...recurrence.times] },
  updatedAt: "2026-11-02T08:00:00.000Z",
  updatedBy: "administrator-1",
});

describe.each(backends)("settings store (%s)", (_name, makeStore) => {
  it("has a system schedule that is off until one is set", async () => {
    const store = await makeStore();

    expect(await store.getSystemSchedule()).toEqual(systemScheduleOff);
    expect(await store.putSystemSchedule(aSchedule(2), systemScheduleOff.version)).toBe(true);
    expect(await store.getSystemSchedule()).toEqual(aSchedule(2));
  });

  it("replaces the version that is expected, and no other", async () => {
    const store = await makeStore();

    expect(await store.putSystemSchedule(aSchedule(8), 7)).toBe(false);
    expect(await store.getSystemSchedule()).toEqual(systemScheduleOff);
    await store.putSystemSchedule(aSchedule(2), 1);
    expect(await store.putSystemSchedule(aSchedule(2), 1)).toBe(false);
    expect(await store.putSystemSchedule({ active: false, version: 3 }, 2)).toBe(true);

    expect(await store.getSystemSchedule()).toEqual({ active: false, version: 3 });
  });

  it("keeps when the exports' index was found whole, beside the schedule", async () => {
    const store = await makeStore();
    const at = new Date("2026-11-02T08:00:00.000Z");

    expect(await store.indexFoundWhole()).toBeUndefined();
    await store.noteIndexFoundWhole(new Date(at.getTime() - 1));
    await store.noteIndexFoundWhole(at);

    expect(await store.indexFoundWhole()).toEqual(at);
    expect(await store.getSystemSchedule()).toEqual(systemScheduleOff);
  });
});

it("a system schedule that was stored without a version has the first one", async () => {
  const TableName = await dynamoDb.makeTable("settings");
  const store = createSettingsStore(dynamoDb.client(), TableName);
  const { version: _none, ...unversioned } = aSchedule(1);
  await dynamoDb
    .client()
    .send(new PutCommand({ TableName, Item: { setting: "systemSchedule", ...unversioned } }));

  expect(await store.getSystemSchedule()).toEqual(aSchedule(1));
  expect(await store.putSystemSchedule(aSchedule(2), 1)).toBe(true);
});
