import { CreateTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import type { AddressInfo } from "node:net";
import { createDocumentClient } from "../../shared/adapters/aws/document-client";

export interface TestDynamoDb {
  readonly client: DynamoDBDocumentClient;
  stop(): Promise<void>;
}

const text = (name: string) => ({ AttributeName: name, AttributeType: "S" as const });
const key = (name: string, type: "HASH" | "RANGE") => ({ AttributeName: name, KeyType: type });
const index = (
  name: string,
  hash: string,
  range?: string,
  ProjectionType: "ALL" | "KEYS_ONLY" = "ALL",
) => ({
  IndexName: name,
  KeySchema: [key(hash, "HASH"), ...(range === undefined ? [] : [key(range, "RANGE")])],
  Projection: { ProjectionType },
});

/** The stores' tables, with the keys and indexes that the stack gives them. */
export const storeTables = {
  connections: {
    AttributeDefinitions: [text("connectionId")],
    KeySchema: [key("connectionId", "HASH")],
  },
  exports: {
    AttributeDefinitions: [text("exportId"), text("connectionId")],
    KeySchema: [key("exportId", "HASH")],
    GlobalSecondaryIndexes: [index("byConnection", "connectionId")],
  },
  runs: {
    AttributeDefinitions: [
      ...["runId", "item", "exportId", "connectionId", "requestedAt", "open", "movedAt"],
    ].map(text),
    KeySchema: [key("runId", "HASH"), key("item", "RANGE")],
    GlobalSecondaryIndexes: [
      index("byExport", "exportId", "requestedAt"),
      index("byConnection", "connectionId", "requestedAt"),
      index("open", "open", "movedAt", "KEYS_ONLY"),
    ],
  },
  settings: {
    AttributeDefinitions: [text("setting")],
    KeySchema: [key("setting", "HASH")],
  },
  requests: {
    AttributeDefinitions: [text("request")],
    KeySchema: [key("request", "HASH")],
  },
  audit: {
    AttributeDefinitions: ["log", "position", "targetId", "actorId"].map(text),
    KeySchema: [key("log", "HASH"), key("position", "RANGE")],
    GlobalSecondaryIndexes: [
      index("byTarget", "targetId", "position"),
      index("byActor", "actorId", "position"),
    ],
  },
};

/** Starts a DynamoDB in this process, on a free port of the loopback address. */
export async function startDynamoDb(): Promise<TestDynamoDb> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const client = createDocumentClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-central-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  return {
    client,
    async stop() {
      client.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

let tablesMade = 0;

/** Makes an empty table of its own for a test. */
export async function makeTable(
  client: DynamoDBDocumentClient,
  store: keyof typeof storeTables,
): Promise<string> {
  tablesMade += 1;
  const TableName = `${store}-${tablesMade}`;
  await client.send(
    new CreateTableCommand({ TableName, BillingMode: "PAY_PER_REQUEST", ...storeTables[store] }),
  );
  let status: string | undefined;
  while (status !== "ACTIVE") {
    status = (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
  }
  return TableName;
}
