import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { CreateScheduleCommand } from "@aws-sdk/client-scheduler";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { PublishCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { systemClock } from "../../../infra/local/clock";
import { startEmbeddedServices, type AwsServices } from "../../../infra/local/embedded-services";
import { createAnnouncements } from "../../../infra/local/emulators/announcements";
import { AwsServiceError } from "../../../infra/local/emulators/aws-error";
import { createSchedules } from "../../../infra/local/emulators/scheduler/schedules";
import {
  deliver,
  pass,
  type AwsCaller,
  type AwsRequest,
  type Fate,
  type Interceptor,
} from "../../../infra/local/front/aws-request";
import { createFront } from "../../../infra/local/front/front";
import { clientConfiguration } from "../../../infra/local/provisioning/aws-clients";
import { createTable } from "../../../infra/local/provisioning/tables";
import { createRequestCounter } from "../../../infra/local/request-statistics";
import { serviceClients } from "./service-clients";

const front = createFront();
const pusher: AwsCaller = {
  kind: "function",
  logicalId: "Push",
  functionName: "push",
  roleArn: "arn:aws:iam::000000000000:role/push",
};
const schedules = createSchedules(systemClock, () => Promise.resolve());
let directory: string;
let services: AwsServices;
let clients: ReturnType<typeof clientsOf>;
let queueUrl: string;

const clientsOf = (caller: AwsCaller) =>
  serviceClients(services.endpoints, front.callers.credentialsOf(caller));

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), "front-"));
  const counter = createRequestCounter();
  services = await startEmbeddedServices(
    directory,
    schedules,
    createAnnouncements(),
    counter,
    front,
  );
  clients = clientsOf(pusher);
  await createTable(clients.dynamodb, "runs", {
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    GlobalSecondaryIndexes: [],
    LocalSecondaryIndexes: [],
  });
  await clients.s3.send(new CreateBucketCommand({ Bucket: "work" }));
  const { QueueUrl = "" } = await clients.sqs.send(new CreateQueueCommand({ QueueName: "push" }));
  queueUrl = QueueUrl;
});

const removals: (() => void)[] = [];
const intercept = (interceptor: Interceptor): void => {
  removals.push(front.intercept(interceptor));
};

afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  schedules.close();
  await services.close();
  rmSync(directory, { recursive: true, force: true });
});

let secretsMade = 0;

/** One call of each service, with the error by which its documentation names a refusal. */
const calls = {
  dynamodb: () =>
    clients.dynamodb.send(new PutItemCommand({ TableName: "runs", Item: { id: { S: "one" } } })),
  s3: () => clients.s3.send(new PutObjectCommand({ Bucket: "work", Key: "a", Body: "content" })),
  sqs: () =>
    clients.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: [{ Id: "1", MessageBody: "message" }],
      }),
    ),
  secretsmanager: () =>
    clients.secrets.send(new CreateSecretCommand({ Name: `secret-${(secretsMade += 1)}` })),
  scheduler: () =>
    clients.scheduler.send(
      new CreateScheduleCommand({
        Name: "daily",
        ScheduleExpression: "rate(1 day)",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { Arn: "arn:aws:sqs:us-east-1:000000000000:start", RoleArn: "arn:of:role" },
      }),
    ),
  events: () =>
    clients.events.send(
      new PutEventsCommand({ Entries: [{ Source: "s", DetailType: "t", Detail: "{}" }] }),
    ),
  sns: () =>
    clients.sns.send(
      new PublishCommand({ TopicArn: "arn:aws:sns:us-east-1:000000000000:t", Message: "m" }),
    ),
} as const;
const services7 = Object.keys(calls) as (keyof typeof calls)[];

function seen(): AwsRequest[] {
  const requests: AwsRequest[] = [];
  intercept((request) => {
    requests.push(request);
    return pass;
  });
  return requests;
}

function fateOf(fate: Fate): void {
  intercept(() => ({ kind: "watch", answered: () => fate }));
}

describe.each(services7)("a call to %s", (service) => {
  test("is known by its caller, its action and what it needs", async () => {
    const requests = seen();
    await calls[service]().catch(() => undefined);
    expect(requests.map((request) => [request.caller, request.service])).toEqual([
      [pusher, service],
    ]);
    expect(requests[0]?.needs.length).toBeGreaterThan(0);
  });

  test("is refused with the error that an interceptor names, and its message", async () => {
    const error = new AwsServiceError("NotToday", "Not <today>.", 418);
    intercept(() => ({ kind: "refuse", error }));
    await expect(calls[service]()).rejects.toMatchObject({
      name: "NotToday",
      message: "Not <today>.",
      $metadata: { httpStatusCode: 418 },
    });
  });

  test("gets no answer when that is dropped, or an error in its place", async () => {
    fateOf({ kind: "drop" });
    await expect(calls[service]()).rejects.toMatchObject({ $metadata: { attempts: 1 } });
    removals.pop()?.();
    fateOf({ kind: "replace", error: new AwsServiceError("Lost", "Done, but lost.", 500) });
    await expect(calls[service]()).rejects.toMatchObject({ name: "Lost" });
  });

  test("waits for its verdict and for its answer's fate", async () => {
    const order: string[] = [];
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    intercept(async () => {
      await turn();
      order.push("verdict");
      return {
        kind: "watch",
        answered: async ({ status }) => {
          await turn();
          order.push(status < 500 ? "answered" : "failed");
          return deliver;
        },
      };
    });
    await calls[service]().catch(() => undefined);
    expect(order).toEqual(["verdict", "answered"]);
  });
});

test("a lost answer is of a request that was carried out", async () => {
  const at = { Bucket: "work", Key: "lost" };
  fateOf({ kind: "drop" });
  await expect(clients.s3.send(new PutObjectCommand({ ...at, Body: "x" }))).rejects.toThrow();
  const put = new PutItemCommand({ TableName: "runs", Item: { id: { S: "lost" } } });
  await expect(clients.dynamodb.send(put)).rejects.toThrow();
  removals.pop()?.();
  const { ContentLength } = await clients.s3.send(new HeadObjectCommand(at));
  expect(ContentLength).toBe(1);
  const { Item } = await clients.dynamodb.send(
    new GetItemCommand({ TableName: "runs", Key: { id: { S: "lost" } } }),
  );
  expect(Item).toBeDefined();
});

test.each([
  ["a small body", 1_000],
  ["a large body, which is sent as a stream", 6 << 20],
])("%s stalls after its half", async (_what, size) => {
  const at = { Bucket: "work", Key: "stalls" };
  await clients.s3.send(new PutObjectCommand({ ...at, Body: Buffer.alloc(size, "x") }));
  fateOf({ kind: "stall" });
  const abort = new AbortController();
  const { Body, ContentLength } = await clients.s3.send(new GetObjectCommand(at), {
    abortSignal: abort.signal,
  });
  expect(ContentLength).toBe(size);
  let received = 0;
  const reading = (async () => {
    for await (const part of Body as AsyncIterable<Buffer>) {
      received += part.length;
      if (received >= Math.floor(size / 2)) abort.abort();
    }
  })();
  await expect(reading).rejects.toThrow();
  expect(received).toBeGreaterThanOrEqual(Math.floor(size / 2));
  expect(received).toBeLessThan(size);
});

test("a link that was signed ahead is its signer's call", async () => {
  await calls.s3();
  const url = await getSignedUrl(clients.s3, new GetObjectCommand({ Bucket: "work", Key: "a" }));
  const requests = seen();
  const response = await fetch(url);
  expect(await response.text()).toBe("content");
  expect(requests).toMatchObject([{ caller: pusher, action: "GetObject" }]);
});

test("a request without a signature is the machine's owner's", async () => {
  const requests = seen();
  await fetch(`${services.endpoints.s3}/work/unsigned.csv`, { method: "PUT", body: "a" });
  expect(requests).toMatchObject([{ caller: { kind: "owner" }, action: "PutObject" }]);
});

test("a key that nobody was given is refused", async () => {
  const credentials = { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "secret" };
  const client = new S3Client({ ...clientConfiguration(services.endpoints.s3, credentials) });
  await expect(
    client.send(new GetObjectCommand({ Bucket: "work", Key: "a" })),
  ).rejects.toMatchObject({ name: "InvalidAccessKeyId" });
  client.destroy();
});

describe("what an S3 request needs", () => {
  const needsOf = async (call: Promise<unknown>, requests: AwsRequest[]): Promise<string[]> => {
    await call.catch(() => undefined);
    return requests[0]!.needs.map(({ action, resource }) => `${action} ${resource}`);
  };

  test("a copy reads its source and writes its target", async () => {
    const copy = new CopyObjectCommand({
      Bucket: "work",
      Key: "to/é b",
      CopySource: `work/${encodeURI("from/é c")}`,
    });
    expect(await needsOf(clients.s3.send(copy), seen())).toEqual([
      "s3:GetObject arn:aws:s3:::work/from/é c",
      "s3:PutObject arn:aws:s3:::work/to/é b",
    ]);
  });

  test("deleting several objects needs each", async () => {
    const deletion = new DeleteObjectsCommand({
      Bucket: "work",
      Delete: { Objects: [{ Key: "a&b" }, { Key: "c/d" }] },
    });
    expect(await needsOf(clients.s3.send(deletion), seen())).toEqual([
      "s3:DeleteObject arn:aws:s3:::work/a&b",
      "s3:DeleteObject arn:aws:s3:::work/c/d",
    ]);
  });
});

test.each([
  "http://127.0.0.1:1/000000000000/push",
  "https://sqs.us-east-1.amazonaws.com/000000000000/push",
  "not a URL",
])("a queue URL that leads elsewhere, %s, is refused", async (QueueUrl) => {
  const client = new SQSClient({
    ...clientConfiguration(services.endpoints.sqs),
    useQueueUrlAsEndpoint: false,
  });
  await expect(
    client.send(
      new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "1", MessageBody: "m" }] }),
    ),
  ).rejects.toMatchObject({ name: "InvalidAddress" });
  client.destroy();
});
