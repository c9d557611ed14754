import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClientConfig,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { localCredentials } from "../../infra/local/aws-identity";
import { createFront } from "../../infra/local/front/front";
import { startDynamoDb as startEmulator } from "../../infra/local/emulators/dynamodb";
import { createRequestCounter } from "../../infra/local/request-statistics";
import { createDocumentClient } from "../../shared/adapters/aws/dynamodb/document-client";

export interface TestDynamoDb {
  readonly url: string;
  readonly client: DynamoDBDocumentClient;
  /** The answer to each write's first try is lost after it has had its effect, so the SDK sends it again. */
  readonly losingAnswers: DynamoDBDocumentClient;
  stop(): Promise<void>;
}

const text = (name: string) => ({ AttributeName: name, AttributeType: "S" as const });
const key = (name: string, type: "HASH" | "RANGE") => ({ AttributeName: name, KeyType: type });
const index = (
  name: string,
  hash: string,
  range?: string,
  ProjectionType: "ALL" | "KEYS_ONLY" | "INCLUDE" = "ALL",
  NonKeyAttributes?: string[],
) => ({
  IndexName: name,
  KeySchema: [key(hash, "HASH"), ...(range === undefined ? [] : [key(range, "RANGE")])],
  Projection: { ProjectionType, NonKeyAttributes },
});

/** The stores' tables, with the keys and indexes that the stack gives them. */
export const storeTables = {
  connections: {
    AttributeDefinitions: [text("connectionId")],
    KeySchema: [key("connectionId", "HASH")],
  },
  exports: {
    AttributeDefinitions: [text("exportId"), text("connectionId"), text("follows")],
    KeySchema: [key("exportId", "HASH")],
    GlobalSecondaryIndexes: [index("byConnection", "connectionId"), index("byFollows", "follows")],
  },
  runs: {
    AttributeDefinitions: [
      ...["runId", "item", "exportId", "connectionId", "requestedAt", "open", "movedAt"],
    ].map(text),
    KeySchema: [key("runId", "HASH"), key("item", "RANGE")],
    GlobalSecondaryIndexes: [
      index("byExport", "exportId", "requestedAt"),
      index("byConnection", "connectionId", "requestedAt"),
      index("byRequested", "item", "requestedAt", "INCLUDE", [
        ...["exportId", "connectionId", "status", "trigger", "mode"],
      ]),
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
  rateLimits: {
    AttributeDefinitions: [text("endpoint")],
    KeySchema: [key("endpoint", "HASH")],
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
  const server = await startEmulator(createRequestCounter(), createFront());
  const config = {
    endpoint: server.url,
    region: "eu-central-1",
    credentials: localCredentials,
  };
  const client = createDocumentClient(config);
  const losingAnswers = createDocumentClient({ ...config, retryStrategy: atOnce });
  loseFirstAnswers(losingAnswers);
  return {
    url: server.url,
    client,
    losingAnswers,
    async stop() {
      client.destroy();
      losingAnswers.destroy();
      await server.close();
    },
  };
}

/** Tries again without a pause. */
const atOnce: Extract<
  DynamoDBClientConfig["retryStrategy"],
  { acquireInitialRetryToken: unknown }
> = {
  acquireInitialRetryToken: async () => retryToken(0),
  refreshRetryTokenForRetry: async (token, { errorType }) => {
    if (errorType === "CLIENT_ERROR" || token.getRetryCount() > 2) {
      throw new Error("not tried again");
    }
    return retryToken(token.getRetryCount() + 1);
  },
  recordSuccess: () => undefined,
};

const retryToken = (count: number) => ({
  getRetryCount: () => count,
  getRetryDelay: () => 0,
  getRetryCost: () => undefined,
});

function loseFirstAnswers(client: DynamoDBDocumentClient): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const result = await next(args);
        const { headers } = args.request as { headers: Record<string, string> };
        const isFirst = headers["amz-sdk-request"]?.startsWith("attempt=1") ?? false;
        if (isFirst && /^(Put|Update|Delete)Item/.test(commandName)) {
          throw Object.assign(new Error("socket hang up"), { name: "TimeoutError" });
        }
        return result;
      },
    { step: "finalizeRequest", priority: "low", name: "loseFirstAnswers" },
  );
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
