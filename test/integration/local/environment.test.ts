import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  CreateScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { startEnvironment, type Environment } from "../../../infra/local/environment";
import { clientConfiguration } from "../../../infra/local/provisioning/aws-clients";
import { writeCloudAssembly, type CloudAssembly } from "./cloud-assembly";
import { environmentFunctions, environmentTemplate } from "./environment-template";
import { eventually } from "./eventually";

let assembly: CloudAssembly;
let environment: Environment;
let sqs: SQSClient;
const problems: string[] = [];

beforeAll(async () => {
  assembly = writeCloudAssembly(environmentTemplate, environmentFunctions);
  environment = await startEnvironment({
    templateDirectory: assembly.directory,
    environmentOverrides: { KLAVIYO_BASE_URL: "http://127.0.0.1:9" },
    onProblem: (line) => problems.push(line),
  });
  sqs = new SQSClient(clientConfiguration(environment.endpoints.sqs));
});

afterAll(async () => {
  sqs.destroy();
  await environment.close();
  assembly.remove();
});

/** The events that the worker was given so far. */
const workerEvents = (): any[] =>
  environment.functions.logs
    .lines("Stack-Worker")
    .filter(({ stream }) => stream === "stdout")
    .map(({ text }) => JSON.parse(text));
const workerRecords = (): any[] => workerEvents().flatMap((event) => event.Records ?? []);

describe("functions get from the template", () => {
  test("names of resources, the API's address, and what overrides them", async () => {
    const response = await fetch(`${environment.apiUrl}/open/a?answer=environment`);
    expect(await response.json()).toMatchObject({
      TABLE: "items",
      BUCKET: environment.resources.outputs["BucketName"],
      QUEUE_URL: `${environment.endpoints.sqs}/000000000000/Stack-Queue`,
      API: `${environment.apiUrl}/v1`,
      KLAVIYO_BASE_URL: "http://127.0.0.1:9",
      AWS_ENDPOINT_URL_DYNAMODB: environment.endpoints.dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: environment.endpoints.secretsManager,
    });
  });

  test("schedules, whose target they are", async () => {
    await eventually(() => workerEvents().some((event) => event.scheduled === true));
    const client = new SchedulerClient(clientConfiguration(environment.endpoints.scheduler));
    const { Schedules } = await client.send(new ListSchedulesCommand({ GroupName: "group" }));
    expect(Schedules).toMatchObject([{ Name: "Stack-EveryHour" }]);
    client.destroy();
  });
});

describe("a queue's function", () => {
  const queueUrl = (name: string): string =>
    environment.resources.find("AWS::SQS::Queue", name).ref;

  test("gets messages as records, and done ones are gone", async () => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl("Queue"),
        MessageBody: "hello",
        MessageGroupId: "connection-1",
        MessageAttributes: { kind: { DataType: "String", StringValue: "chunk" } },
      }),
    );
    const record = await eventually(() => workerRecords().find(({ body }) => body === "hello"));
    expect(record).toMatchObject({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      attributes: { ApproximateReceiveCount: "1", MessageGroupId: "connection-1" },
      messageAttributes: {
        kind: { stringValue: "chunk", dataType: "String", stringListValues: [] },
      },
      eventSource: "aws:sqs",
      eventSourceARN: expect.stringMatching(/:Stack-Queue$/),
      awsRegion: "us-east-1",
    });
  });

  test("reports messages that failed: they come back, then go to the dead letters", async () => {
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl("Queue"),
        Entries: [
          { Id: "1", MessageBody: "fail-once-more" },
          { Id: "2", MessageBody: "good" },
        ],
      }),
    );
    const isDeadLetter = (record: any): boolean =>
      record.eventSourceARN.endsWith(":Stack-DeadLetters");
    await eventually(() =>
      workerRecords().some((record) => record.body === "fail-once-more" && isDeadLetter(record)),
    );
    const received = (body: string): unknown[] =>
      workerRecords()
        .filter((record) => record.body === body && !isDeadLetter(record))
        .map((record) => record.attributes.ApproximateReceiveCount);
    expect(received("fail-once-more")).toEqual(["1", "2"]);
    expect(received("good")).toEqual(["1"]);
  });

  test("that dies leaves the whole batch to come back", async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl("Queue"), MessageBody: "die" }));
    await eventually(() => workerRecords().filter(({ body }) => body === "die").length >= 2);
  });

  test("gets full batches when it waits for them", async () => {
    for (const MessageBody of ["b1", "b2", "b3"]) {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl("Batches"), MessageBody }));
    }
    const event = await eventually(() =>
      workerEvents().find((candidate) => candidate.Records?.[0]?.body === "b1"),
    );
    expect(event.Records.map((record: any) => record.body)).toEqual(["b1", "b2", "b3"]);
  });

  test("is picked up for when a delay has passed, and by a schedule made at run time", async () => {
    const client = new SchedulerClient(clientConfiguration(environment.endpoints.scheduler));
    const { eventSourceARN } = workerRecords().find(({ body }) => body === "hello");
    await client.send(
      new CreateScheduleCommand({
        Name: "now",
        ScheduleExpression: "rate(1 day)",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: {
          Arn: eventSourceARN,
          RoleArn: "arn:aws:iam::000000000000:role/Stack-Role",
          Input: "scheduled",
        },
      }),
    );
    client.destroy();
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl("Queue"),
        MessageBody: "delayed",
        DelaySeconds: 1,
      }),
    );
    for (const expected of ["scheduled", "delayed"]) {
      await eventually(() => workerRecords().some(({ body }) => body === expected));
    }
  });
});

describe("the control endpoint", () => {
  const control = async (path: string, method = "GET", body?: string): Promise<any> =>
    (
      await fetch(environment.controlUrl + path, {
        method,
        ...(body === undefined ? {} : { body }),
      })
    ).json();

  test("tells what was asked of the services and used by the functions", async () => {
    const { requests, functions } = await control("/statistics");
    expect(requests.dynamodb.CreateTable.requests).toBe(1);
    expect(requests.sqs.ReceiveMessage.requests).toBeGreaterThan(0);
    expect(functions.Echo.invocations).toBeGreaterThan(0);
  });

  test("invokes and kills functions, and shows their logs and the stack's names", async () => {
    expect(await control("/functions/Worker/invoke", "POST", '{"by":"control"}')).toMatchObject({
      kind: "succeeded",
      payload: '{"batchItemFailures":[]}',
    });
    await eventually(async () =>
      (await control("/logs/Stack-Worker")).some((line: any) => line.text === '{"by":"control"}'),
    );
    expect(
      await control("/faults", "PUT", '{"rules":[{"kind":"throttle","service":"sqs","rate":0}]}'),
    ).toEqual({});
    expect(await control("/faults", "PUT", '{"rules":[{"kind":"flood"}]}')).toMatchObject({
      message: expect.stringContaining("kind"),
    });
    expect(await control("/faults", "PUT")).toEqual({});
    expect(await control("/faults")).toEqual({});
    expect((await control("/functions/Worker/kill", "POST")).killed).toBeGreaterThan(0);
    expect(await control("/outputs")).toEqual({
      ApiUrl: environment.apiUrl,
      BucketName: "stack-bucket",
    });
    expect(await control("/functions/none/kill", "POST")).toEqual({
      message: "There is no function none.",
    });
  });
});

test("nothing went wrong beside", () => {
  expect(problems).toEqual([]);
});
