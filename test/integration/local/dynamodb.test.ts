import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { startDynamoDb } from "../../../infra/local/emulators/dynamodb";
import type { LoopbackServer } from "../../../infra/local/loopback-server";
import { clientConfiguration } from "../../../infra/local/provisioning/aws-clients";
import { createTable } from "../../../infra/local/provisioning/tables";
import { createRequestCounter } from "../../../infra/local/request-statistics";

const counter = createRequestCounter();
let server: LoopbackServer;
let client: DynamoDBClient;

beforeAll(async () => {
  server = await startDynamoDb(counter);
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
