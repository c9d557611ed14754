import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import type { S3Client } from "@aws-sdk/client-s3";
import { localCredentials } from "../../../infra/local/aws-identity";
import {
  startQueuesAndObjects,
  type QueuesAndObjects,
} from "../../../infra/local/emulators/queues-and-objects";
import { createFront } from "../../../infra/local/front/front";
import { createRequestCounter } from "../../../infra/local/request-statistics";
import { createS3Client } from "../../../shared/adapters/aws/s3/s3-client";
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

/** An S3 in this process, for all tests of a file. */
export function useObjects(): {
  readonly client: () => S3Client;
  /** A directory on disk, which goes when the tests have ended. */
  readonly directory: () => string;
} {
  let started: { directory: string; emulator: QueuesAndObjects; client: S3Client } | undefined;
  const objects = () => {
    if (started === undefined) {
      throw new Error("S3 has not started");
    }
    return started;
  };
  beforeAll(async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "objects-"));
    const emulator = await startQueuesAndObjects(
      path.join(directory, "s3"),
      createRequestCounter(),
      createFront(),
    );
    const client = createS3Client({
      endpoint: emulator.url,
      region: "us-east-1",
      credentials: localCredentials,
    });
    started = { directory, emulator, client };
  });
  afterAll(async () => {
    const { directory, emulator, client } = objects();
    client.destroy();
    await emulator.close();
    await rm(directory, { recursive: true });
  });
  return { client: () => objects().client, directory: () => objects().directory };
}
