import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  DeleteItemCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { createFront } from "../../../../infra/local/front/front";
import { startDynamoDb } from "../../../../infra/local/emulators/dynamodb";
import type { LoopbackServer } from "../../../../infra/local/loopback-server";
import { clientConfiguration } from "../../../../infra/local/provisioning/aws-clients";
import { createTable } from "../../../../infra/local/provisioning/tables";
import { createRequestCounter } from "../../../../infra/local/request-statistics";

const counter = createRequestCounter();
let server: LoopbackServer;
let client: DynamoDBClient;

beforeAll(async () => {
  server = await startDynamoDb(counter, createFront());
  client = new DynamoDBClient(clientConfiguration(server.url));
  await createTable(client, "runs", {
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    GlobalSecondaryIndexes: [],
    LocalSecondaryIndexes: [],
    TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
  });
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

const put = () =>
  client.send(
    new PutItemCommand({
      TableName: "runs",
      Item: { id: { S: "one" } },
      ConditionExpression: "attribute_not_exists(id)",
    }),
  );

test("conditional writes succeed once, and requests are counted", async () => {
  await put();
  await expect(put()).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  expect(counter.statistics()["dynamodb"]).toMatchObject({ PutItem: { requests: 2 } });
});

test("a failed condition shows its item to whoever asks for it, as DynamoDB does", async () => {
  const remark = (ReturnValuesOnConditionCheckFailure: "ALL_OLD" | "NONE") =>
    client.send(
      new PutItemCommand({
        TableName: "runs",
        Item: { id: { S: "shown" }, remark: { S: "first" } },
        ConditionExpression: "attribute_not_exists(id)",
        ReturnValuesOnConditionCheckFailure,
      }),
    );
  await remark("ALL_OLD");

  const shown = { id: { S: "shown" }, remark: { S: "first" } };
  await expect(remark("ALL_OLD")).rejects.toMatchObject({ Item: shown });
  await expect(remark("NONE")).rejects.not.toMatchObject({ Item: shown });
  const deleting = client.send(
    new DeleteItemCommand({
      TableName: "runs",
      Key: { id: { S: "nobody" } },
      ConditionExpression: "attribute_exists(id)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    }),
  );
  await expect(deleting).rejects.toMatchObject({
    name: "ConditionalCheckFailedException",
    Item: undefined,
  });
});

test("PartiQL inserts an item once, and replaces none", async () => {
  const insert = (text: string) =>
    client.send(
      new ExecuteStatementCommand({
        Statement: `INSERT INTO "runs" VALUE {'id': ?, 'text': ?}`,
        Parameters: [{ S: "inserted" }, { S: text }],
      }),
    );
  await insert("first");
  await expect(insert("second")).rejects.toMatchObject({ name: "DuplicateItemException" });
  const { Item } = await client.send(
    new GetItemCommand({ TableName: "runs", Key: { id: { S: "inserted" } } }),
  );
  expect(Item).toEqual({ id: { S: "inserted" }, text: { S: "first" } });
});

test("a client that dies in the middle of a request does no harm", async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(server.port, "127.0.0.1", () => {
      socket.write("POST / HTTP/1.1\r\nhost: local\r\ncontent-length: 1000\r\n\r\nhalf", () => {
        socket.resetAndDestroy();
        resolve();
      });
    });
  });
  const { $metadata } = await client.send(
    new GetItemCommand({ TableName: "runs", Key: { id: { S: "one" } } }),
  );
  expect($metadata.httpStatusCode).toBe(200);
});

test("counts exactly the request units that a known sequence consumes", async () => {
  const table = (name: string, indexed: boolean) =>
    createTable(client, name, {
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        ...(indexed
          ? ["owner", "movedAt"].map((AttributeName) => ({
              AttributeName,
              AttributeType: "S" as const,
            }))
          : []),
      ],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      GlobalSecondaryIndexes: indexed
        ? [
            {
              IndexName: "byOwner",
              KeySchema: [
                { AttributeName: "owner", KeyType: "HASH" },
                { AttributeName: "movedAt", KeyType: "RANGE" },
              ],
              Projection: { ProjectionType: "ALL" },
            },
          ]
        : [],
      LocalSecondaryIndexes: [],
    });
  await table("plain", false);
  await table("indexed", true);
  const used = (name: string) => counter.capacities()[name];

  // 1 KB a write unit: three, two after the item has shrunk (the larger counts), and one for nothing there.
  const Key = { id: { S: "one" } };
  const large = { ...Key, text: { S: "x".repeat(2_500) } };
  await client.send(new PutItemCommand({ TableName: "plain", Item: large }));
  expect(used("plain")).toEqual({ readUnits: 0, writeUnits: 3 });
  await client.send(
    new UpdateItemCommand({
      TableName: "plain",
      Key,
      UpdateExpression: "SET #text = :text",
      ExpressionAttributeNames: { "#text": "text" },
      ExpressionAttributeValues: { ":text": { S: "short" } },
    }),
  );
  expect(used("plain")).toEqual({ readUnits: 0, writeUnits: 6 });
  await client.send(new DeleteItemCommand({ TableName: "plain", Key: { id: { S: "none" } } }));
  expect(used("plain")).toEqual({ readUnits: 0, writeUnits: 7 });

  // 4 KB a read unit, half when eventually consistent; a failed condition costs a write.
  const read = (ConsistentRead: boolean) =>
    client.send(new GetItemCommand({ TableName: "plain", Key, ConsistentRead }));
  await read(true);
  await read(false);
  await client.send(
    new QueryCommand({
      TableName: "plain",
      KeyConditionExpression: "id = :id",
      ExpressionAttributeValues: { ":id": { S: "nobody" } },
    }),
  );
  const again = new PutItemCommand({
    TableName: "plain",
    Item: Key,
    ConditionExpression: "attribute_not_exists(id)",
  });
  await expect(client.send(again)).rejects.toThrow();
  expect(used("plain")).toEqual({ readUnits: 2, writeUnits: 8 });

  // An index is written when the item has its keys, twice when a key changes.
  await client.send(new PutItemCommand({ TableName: "indexed", Item: Key }));
  expect(used("indexed")?.writeUnits).toBe(1);
  const owned = { ...Key, owner: { S: "me" }, movedAt: { S: "1" } };
  await client.send(new PutItemCommand({ TableName: "indexed", Item: owned }));
  expect(used("indexed")?.writeUnits).toBe(1 + 2);
  const set = (name: string) =>
    client.send(
      new UpdateItemCommand({
        TableName: "indexed",
        Key,
        UpdateExpression: `SET ${name} = :value`,
        ExpressionAttributeValues: { ":value": { S: "2" } },
      }),
    );
  await set("note");
  expect(used("indexed")?.writeUnits).toBe(1 + 2 + 2);
  await set("movedAt");
  expect(used("indexed")?.writeUnits).toBe(1 + 2 + 2 + 3);
});
