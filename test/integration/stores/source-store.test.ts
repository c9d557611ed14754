import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "@jest/globals";
import { createSourceFindings } from "../../../shared/adapters/aws/dynamodb/sources/source-findings";
import { createSourceStore } from "../../../shared/adapters/aws/dynamodb/sources/source-store";
import { MOST_SOURCES } from "../../../shared/domain/sources/source";
import type { SourceStore } from "../../../shared/ports";
import { anInstant, aSource } from "../../support/builders";
import { fakeSourceFindings, fakeSourceStore } from "../../support/fakes/stores/sources";
import { useDynamoDb } from "./backends";

const dynamoDb = useDynamoDb();
const backends: [string, () => Promise<SourceStore>][] = [
  ["fake", async () => fakeSourceStore()],
  [
    "DynamoDB",
    async () => createSourceStore(dynamoDb.client(), await dynamoDb.makeTable("settings")),
  ],
  [
    "DynamoDB that loses answers",
    async () => createSourceStore(dynamoDb.losingAnswers(), await dynamoDb.makeTable("settings")),
  ],
];
const second = aSource({ sourceId: "second", displayName: "Second" });

describe.each(backends)("sources (%s)", (_name, makeStore) => {
  it("are kept, changed and removed, each by itself", async () => {
    const store = await makeStore();
    expect((await store.list()).items).toEqual([]);
    await store.create(aSource());
    await store.create(second);

    const renamed = aSource({ displayName: "Renamed", version: 2 });
    expect(await store.update(renamed, 1)).toBe(true);
    await store.delete("second");
    await store.delete("second");

    expect((await store.list()).items).toEqual([renamed]);
    expect(await store.get("insights")).toEqual(renamed);
    expect(await store.get("second")).toBeUndefined();
  });

  it("have ids and names of their own, whatever the case", async () => {
    const store = await makeStore();
    await store.create(aSource());
    await store.create(second);

    await expect(store.create(aSource({ displayName: "Other" }))).rejects.toMatchObject({
      problem: { code: "sourceIdTaken" },
    });
    const sameName = aSource({ sourceId: "third", displayName: "INSIGHTS" });
    await expect(store.create(sameName)).rejects.toMatchObject({
      problem: { code: "displayNameTaken" },
    });
    await expect(
      store.update({ ...second, displayName: "insights", version: 2 }, 1),
    ).rejects.toMatchObject({ problem: { code: "displayNameTaken" } });
  });

  it("are changed from the version that is expected, and no other", async () => {
    const store = await makeStore();
    await store.create(aSource());
    expect(await store.update(aSource({ displayName: "A", version: 8 }), 7)).toBe(false);
    expect(await store.update(second, 1)).toBe(false);
    expect(await store.get("insights")).toEqual(aSource());
  });
});

it("sources that are made at the same time are all there", async () => {
  const TableName = await dynamoDb.makeTable("settings");
  const ids = Array.from({ length: 5 }, (_, index) => `source-${index}`);
  const store = createSourceStore(dynamoDb.client(), TableName);
  await Promise.all(
    ids.map((sourceId) => store.create(aSource({ sourceId, displayName: sourceId }))),
  );
  expect((await store.list()).items.map(({ sourceId }) => sourceId).toSorted()).toEqual(ids);
});

it(`more than ${MOST_SOURCES} sources are not kept`, async () => {
  const store = createSourceStore(dynamoDb.client(), await dynamoDb.makeTable("settings"));
  for (let index = 0; index < MOST_SOURCES; index += 1) {
    await store.create(aSource({ sourceId: `source-${index}`, displayName: `Source ${index}` }));
  }
  await expect(store.create(aSource())).rejects.toMatchObject({
    problem: { code: "tooManySources" },
  });
});

it("a source that can't be read is told, hides no other, and stays as it is when others change", async () => {
  const TableName = await dynamoDb.makeTable("settings");
  const store = createSourceStore(dynamoDb.client(), TableName);
  await store.create(aSource());
  await store.create(second);
  await dynamoDb.client().send(
    new UpdateCommand({
      TableName,
      Key: { setting: "sources" },
      UpdateExpression: "SET sources[1].kind = :kind",
      ExpressionAttributeValues: { ":kind": "later" },
    }),
  );

  expect(await store.list()).toEqual({ items: [aSource()], unreadable: ["second"] });
  await expect(store.get("second")).rejects.toMatchObject({ problem: { code: "itemUnreadable" } });
  await store.delete("insights");
  expect(await store.list()).toEqual({ items: [], unreadable: ["second"] });
});

describe.each([
  ["fake", async () => fakeSourceFindings()],
  [
    "DynamoDB",
    async () => createSourceFindings(dynamoDb.client(), await dynamoDb.makeTable("settings")),
  ],
] as const)("what was found in sources (%s)", (_name, makeFindings) => {
  it("is kept until the source is removed", async () => {
    const findings = await makeFindings();
    const found = { foundAt: anInstant, foundBy: "check", tableCount: 3 } as const;
    expect(await findings.get("insights")).toBeUndefined();
    await findings.put("insights", found);
    expect(await findings.get("insights")).toEqual(found);
    await findings.delete("insights");
    expect(await findings.get("insights")).toBeUndefined();
  });
});
