import { afterAll, beforeAll } from "@jest/globals";
import {
  makeTable,
  startDynamoDb,
  type storeTables,
  type TestDynamoDb,
} from "../../support/dynamodb";

/**
 * The stores' tests run twice: against the fakes, which other tests trust, and against the real adapters
 * on a DynamoDB in this process.
 */
export function useDynamoDb(): {
  readonly client: () => TestDynamoDb["client"];
  makeTable(store: keyof typeof storeTables): Promise<string>;
} {
  let dynamoDb: TestDynamoDb | undefined;
  const started = (): TestDynamoDb => {
    if (dynamoDb === undefined) {
      throw new Error("DynamoDB has not started");
    }
    return dynamoDb;
  };
  beforeAll(async () => {
    dynamoDb = await startDynamoDb();
  });
  afterAll(async () => {
    await dynamoDb?.stop();
  });
  return {
    client: () => started().client,
    makeTable: (store) => makeTable(started().client, store),
  };
}
