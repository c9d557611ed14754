import { afterAll, beforeAll } from "@jest/globals";
import {
  makeTable,
  startDynamoDb,
  type storeTables,
  type TestDynamoDb,
} from "../../support/dynamodb";

/**
 * The stores' tests run three times: against the fakes, which other tests trust, against the real adapters
 * on a DynamoDB in this process, and on one whose answers to writes are lost once.
 */
export function useDynamoDb(): {
  readonly client: () => TestDynamoDb["client"];
  /** Loses the answer to each write once. */
  readonly losingAnswers: () => TestDynamoDb["client"];
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
    losingAnswers: () => started().losingAnswers,
    makeTable: (store) => makeTable(started().client, store),
  };
}
