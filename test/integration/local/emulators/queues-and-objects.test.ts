import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { createFront } from "../../../../infra/local/front/front";
import {
  startQueuesAndObjects,
  type QueuesAndObjects,
} from "../../../../infra/local/emulators/queues-and-objects";
import { clientConfiguration } from "../../../../infra/local/provisioning/aws-clients";
import { createRequestCounter } from "../../../../infra/local/request-statistics";
import { eventually } from "../eventually";

const counter = createRequestCounter();
let directory: string;
let services: QueuesAndObjects;
let sqs: SQSClient;
let s3: S3Client;

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), "queues-and-objects-"));
  services = await startQueuesAndObjects(directory, counter, createFront());
  sqs = new SQSClient(clientConfiguration(services.url));
  s3 = new S3Client(clientConfiguration(services.url));
});

afterAll(async () => {
  sqs.destroy();
  s3.destroy();
  await services.close();
  rmSync(directory, { recursive: true, force: true });
});

async function queue(name: string): Promise<string> {
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  return QueueUrl;
}

test("a queue's URL leads back to this endpoint", async () => {
  expect(await queue("addressed")).toBe(`${services.url}/000000000000/addressed`);
});

test("messages of a standard queue keep their message group", async () => {
  const QueueUrl = await queue("fair");
  await sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody: "alone", MessageGroupId: "connection-1" }),
  );
  await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: "1", MessageBody: "second", MessageGroupId: "connection-2" },
        { Id: "2", MessageBody: "without" },
      ],
    }),
  );
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ["All"],
    }),
  );
  expect(Messages.map(({ Body, Attributes }) => [Body, Attributes?.["MessageGroupId"]])).toEqual([
    ["alone", "connection-1"],
    ["second", "connection-2"],
    ["without", undefined],
  ]);
});

test("an object of more than eleven megabytes is taken in one piece, and read in part", async () => {
  await s3.send(new CreateBucketCommand({ Bucket: "segments" }));
  const Body = Buffer.alloc(12 * 1024 * 1024, "customers,");
  await s3.send(new PutObjectCommand({ Bucket: "segments", Key: "segments/a b/é.csv", Body }));
  const whole = await s3.send(
    new GetObjectCommand({ Bucket: "segments", Key: "segments/a b/é.csv" }),
  );
  expect((await whole.Body?.transformToByteArray())?.length).toBe(Body.length);
  const part = await s3.send(
    new GetObjectCommand({ Bucket: "segments", Key: "segments/a b/é.csv", Range: "bytes=0-8" }),
  );
  expect(await part.Body?.transformToString()).toBe("customers");
  const { Contents } = await s3.send(
    new ListObjectsV2Command({ Bucket: "segments", Prefix: "segments/" }),
  );
  expect(Contents?.map(({ Key }) => Key)).toEqual(["segments/a b/é.csv"]);
});

test("requests are counted by service and action", async () => {
  // The counts come from the other process, after the answers.
  await eventually(() => counter.statistics()["s3"]?.["ListObjectsV2"] !== undefined);
  const { sqs: ofSqs = {}, s3: ofS3 = {} } = counter.statistics();
  expect(ofSqs["SendMessage"]?.requests).toBe(1);
  expect(ofSqs["SendMessageBatch"]?.requests).toBe(1);
  expect(ofS3["PutObject"]?.requestBytes).toBeGreaterThan(12_000_000);
  expect(ofS3).toMatchObject({ GetObject: { requests: 2 }, ListObjectsV2: { requests: 1 } });
});

test("counts a message of 100 KB as two requests when it is sent and when it is received", async () => {
  const QueueUrl = await queue("billed");
  const before = counter.statistics()["sqs"] ?? {};
  const added = (action: string): number =>
    (counter.statistics()["sqs"]?.[action]?.units ?? 0) - (before[action]?.units ?? 0);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x".repeat(100 * 1024) }));
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }));
  await eventually(() => added("ReceiveMessage") === 3);
  expect(added("SendMessage")).toBe(2);
});

test("counts the bytes of objects that are written and read", async () => {
  await s3.send(new CreateBucketCommand({ Bucket: "counted" }));
  const at = { Bucket: "counted", Key: "large" };
  const before = counter.statistics()["s3"] ?? {};
  await s3.send(new PutObjectCommand({ ...at, Body: Buffer.alloc(50_000) }));
  const { Body } = await s3.send(new GetObjectCommand(at));
  await Body?.transformToByteArray();
  const bytes = (action: string, kind: "requestBytes" | "responseBytes"): number =>
    (counter.statistics()["s3"]?.[action]?.[kind] ?? 0) - (before[action]?.[kind] ?? 0);
  await eventually(() => bytes("GetObject", "responseBytes") === 50_000);
  expect(bytes("PutObject", "requestBytes")).toBe(50_000);
});
