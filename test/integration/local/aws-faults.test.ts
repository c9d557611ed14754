import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { PublishCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { systemClock } from "../../../infra/local/clock";
import { startEmbeddedServices, type AwsServices } from "../../../infra/local/embedded-services";
import { createAnnouncements } from "../../../infra/local/emulators/announcements";
import { createSchedules } from "../../../infra/local/emulators/scheduler/schedules";
import { createAwsFaults } from "../../../infra/local/faults/aws-faults";
import type { NewAwsFaultRule } from "../../../infra/local/faults/fault-rules";
import type { AwsCaller } from "../../../infra/local/front/aws-request";
import { createFront } from "../../../infra/local/front/front";
import { clientConfiguration } from "../../../infra/local/provisioning/aws-clients";
import { createTable } from "../../../infra/local/provisioning/tables";
import { createRequestCounter } from "../../../infra/local/request-statistics";
import { createTimetable } from "../../../shared/adapters/aws/timetable";
import { patience } from "../../../shared/adapters/aws/waits";
import { serviceClients } from "./service-clients";

const front = createFront();
const faults = createAwsFaults();
front.intercept(faults.interceptor);
const announcements = createAnnouncements();
const schedules = createSchedules(systemClock, () => Promise.resolve());
const worker: AwsCaller = {
  kind: "function",
  logicalId: "Push",
  functionName: "push",
  roleArn: "arn:aws:iam::000000000000:role/push",
};
let directory: string;
let services: AwsServices;
let clients: ReturnType<typeof clientsOf>;
let queueUrl: string;
let made = 0;

const clientsOf = (caller: AwsCaller) =>
  serviceClients(services.endpoints, front.callers.credentialsOf(caller), {
    ...patience,
    requestHandler: { ...patience.requestHandler, requestTimeout: 800, socketTimeout: 800 },
  });

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), "faults-"));
  const counter = createRequestCounter();
  services = await startEmbeddedServices(directory, schedules, announcements, counter, front);
  clients = clientsOf(worker);
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
afterEach(() => {
  faults.set({});
});
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  schedules.close();
  await services.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A call of each service, as the system makes it. */
const calls = {
  dynamodb: () =>
    clients.dynamodb.send(new PutItemCommand({ TableName: "runs", Item: { id: { S: "one" } } })),
  s3: () => clients.s3.send(new PutObjectCommand({ Bucket: "work", Key: "a", Body: "content" })),
  sqs: () => clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: "one" })),
  secretsmanager: () =>
    clients.secrets.send(
      new CreateSecretCommand({ Name: `secret-${String((made += 1))}`, SecretString: "one" }),
    ),
  scheduler: () =>
    createTimetable(clients.scheduler, {
      groupName: "default",
      queueArn: "arn:aws:sqs:eu-central-1:000000000000:start",
      roleArn: "arn:aws:iam::000000000000:role/schedule",
      deadLetterArn: "arn:aws:sqs:eu-central-1:000000000000:start-dead",
    }).ensure({ time: "06:00", timeZone: "Europe/Berlin", days: ["monday"] }),
  events: () =>
    clients.events.send(
      new PutEventsCommand({ Entries: [{ Source: "s", DetailType: "t", Detail: "{}" }] }),
    ),
  sns: () =>
    clients.sns.send(
      new PublishCommand({ TopicArn: "arn:aws:sns:us-east-1:000000000000:t", Message: "m" }),
    ),
} as const;
const names = Object.keys(calls) as (keyof typeof calls)[];

describe("one fault of AWS's", () => {
  test.each(
    names.flatMap((service) =>
      (["throttle", "serverError", "lostAnswer", "stall"] as const).map(
        (kind) => [kind, service] as const,
      ),
    ),
  )("is survived by the SDK: %s at %s", async (kind, service) => {
    const before = faults.struck()[service]?.[kind] ?? 0;
    faults.set({ seed: 1, rules: [{ kind, service, rate: 1, limit: 1 }] });

    await calls[service]();

    expect(faults.struck()[service]?.[kind]).toBe(before + 1);
  });
});

describe("faults of AWS's", () => {
  test.each(names)("refuse in words that the SDK takes for throttling: %s", async (service) => {
    faults.set({ rules: [{ kind: "throttle", service, rate: 1 }] });

    await expect(calls[service]()).rejects.toMatchObject(
      service === "scheduler" ? { name: "AwsFailure" } : { $metadata: { attempts: 3 } },
    );
  });

  test("let what was lost have its effect", async () => {
    faults.set({ rules: [{ kind: "lostAnswer", service: "dynamodb", rate: 1 }] });
    const put = new PutItemCommand({ TableName: "runs", Item: { id: { S: "lost" } } });
    await expect(clients.dynamodb.send(put)).rejects.toBeDefined();
    faults.set({});

    const { Item } = await clients.dynamodb.send(
      new GetItemCommand({ TableName: "runs", Key: { id: { S: "lost" } } }),
    );

    expect(Item).toEqual({ id: { S: "lost" } });
  });

  test("stall bodies in the middle", async () => {
    await calls.s3();
    faults.set({ rules: [{ kind: "stall", service: "s3", actions: ["GetObject"], rate: 1 }] });
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: "work", Key: "a" }));
    const received: unknown[] = [];
    for await (const piece of Body as NodeJS.ReadableStream) {
      received.push(piece);
      break;
    }
    expect(String(received[0])).toBe("con");
  });

  test("pass by themselves when they are an outage", async () => {
    let now = 0;
    const timed = createAwsFaults(() => now);
    const remove = front.intercept(timed.interceptor);
    const rule: NewAwsFaultRule = { kind: "outage", service: "sqs", milliseconds: 1_000 };
    timed.set({ rules: [{ ...rule, afterMilliseconds: 500 }] });
    await calls.sqs();
    now = 600;
    await expect(calls.sqs()).rejects.toBeDefined();
    now = 1_500;
    await calls.sqs();
    remove();
  });

  test("leave alone what reads queues for functions, and what the machine's owner does", async () => {
    const rules = names.map((service) => ({ kind: "throttle" as const, service, rate: 1 }));
    faults.set({ rules });
    await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
    const owner = new SQSClient(clientConfiguration(services.endpoints.sqs));
    await owner.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: "one" }));
    owner.destroy();
  });
});
