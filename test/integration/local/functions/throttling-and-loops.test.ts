import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startEnvironment, type Environment } from "../../../../infra/local/environment";
import { clientConfiguration } from "../../../../infra/local/provisioning/aws-clients";
import { functionResource, writeCloudAssembly, type CloudAssembly } from "../cloud-assembly";
import { eventually } from "../eventually";

const sdk = JSON.stringify(path.resolve("node_modules/@aws-sdk/client-sqs"));

/** Sends itself the message again, by one call or by a batch, until it has come round as often as it says. */
const loop = `
  const { SQSClient, SendMessageCommand, SendMessageBatchCommand } = require(${sdk});
  const sqs = new SQSClient();
  exports.handler = async ({ Records: [{ body }] }) => {
    const left = Number(body) - 1;
    console.log("round " + left);
    const QueueUrl = process.env.QUEUE_URL;
    if (left === 0) return;
    await sqs.send(left % 2
      ? new SendMessageCommand({ QueueUrl, MessageBody: String(left) })
      : new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "1", MessageBody: String(left) }] }));
  };`;

const getAtt = (logicalId: string) => ({ "Fn::GetAtt": [logicalId, "Arn"] });
const source = (queue: string, functionName: string) => ({
  Type: "AWS::Lambda::EventSourceMapping",
  Properties: {
    EventSourceArn: getAtt(queue),
    FunctionName: { Ref: functionName },
    BatchSize: 1,
    ScalingConfig: { MaximumConcurrency: 2 },
  },
});
const queue = {
  Type: "AWS::SQS::Queue",
  Properties: {
    VisibilityTimeout: 1,
    RedrivePolicy: { deadLetterTargetArn: getAtt("DeadLetters"), maxReceiveCount: 3 },
  },
};
const looping = (name: string, queueName: string, properties: object = {}) =>
  functionResource(name, {
    Environment: { Variables: { QUEUE_URL: { Ref: queueName } } },
    ...properties,
  });

const template = {
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: {
            Effect: "Allow",
            Principal: { Service: "lambda.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        },
        Policies: [
          {
            PolicyName: "Work",
            PolicyDocument: {
              Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }],
            },
          },
        ],
      },
    },
    DeadLetters: { Type: "AWS::SQS::Queue", Properties: {} },
    Guarded: queue,
    Open: queue,
    Busy: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 1 } },
    Patient: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 120 } },
    Loop: looping("Loop", "Guarded"),
    LoopOnPurpose: looping("LoopOnPurpose", "Open", { RecursiveLoop: "Allow" }),
    Slow: functionResource("Slow"),
    Quick: functionResource("Quick"),
    GuardedSource: source("Guarded", "Loop"),
    OpenSource: source("Open", "LoopOnPurpose"),
    BusySource: source("Busy", "Quick"),
    PatientSource: source("Patient", "Quick"),
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP" } },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        IntegrationType: "AWS_PROXY",
        IntegrationUri: getAtt("Slow"),
        PayloadFormatVersion: "2.0",
      },
    },
    Stage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: {
        StageName: "$default",
        RouteSettings: {
          "GET /throttled": { ThrottlingRateLimit: 0.01, ThrottlingBurstLimit: 2 },
        },
      },
    },
    ThrottledRoute: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        RouteKey: "GET /throttled",
        Target: { "Fn::Join": ["/", ["integrations", { Ref: "Integration" }]] },
      },
    },
    Route: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        RouteKey: "GET /slow",
        Target: { "Fn::Join": ["/", ["integrations", { Ref: "Integration" }]] },
      },
    },
  },
  Outputs: {},
};

const directory = mkdtempSync(path.join(tmpdir(), "throttling-"));
const held = path.join(directory, "held");

let assembly: CloudAssembly;
let environment: Environment;
let sqs: SQSClient;
const problems: string[] = [];

beforeAll(async () => {
  assembly = writeCloudAssembly(template, {
    Loop: loop,
    LoopOnPurpose: loop,
    // Goes on for as long as the file is there.
    Slow: `exports.handler = async () => {
      const { existsSync } = require("node:fs");
      while (existsSync(${JSON.stringify(held)})) await new Promise((resolve) => setTimeout(resolve, 50));
      return { statusCode: 200 };
    };`,
    Quick: `exports.handler = async ({ Records: [{ body, attributes }] }) => {
      console.log("received " + body + " " + attributes.ApproximateReceiveCount);
    };`,
  });
  environment = await startEnvironment({
    templateDirectory: assembly.directory,
    accountConcurrency: 3,
    onProblem: (line) => problems.push(line),
  });
  sqs = new SQSClient(clientConfiguration(environment.endpoints.sqs));
});

afterAll(async () => {
  sqs.destroy();
  await environment.close();
  assembly.remove();
  rmSync(directory, { recursive: true });
});

const urlOf = (name: string): string => environment.resources.find("AWS::SQS::Queue", name).ref;
const linesOf = (name: string): string[] =>
  environment.functions.logs
    .lines(`Stack-${name}`)
    .filter(({ stream }) => stream === "stdout")
    .map(({ text }) => text);

describe("a function that sends itself messages", () => {
  test("is stopped at the 17th invocation of a chain; the message becomes a dead letter", async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl: urlOf("Guarded"), MessageBody: "20" }));
    const dead = await eventually(async () => {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf("DeadLetters"),
          MessageSystemAttributeNames: ["All"],
        }),
      );
      return Messages?.[0];
    });
    expect(new Set(linesOf("Loop")).size).toBe(16);
    expect(dead).toMatchObject({
      Body: "4",
      Attributes: { AWSTraceHeader: expect.stringMatching(/^Root=1-.+;Lineage=[0-9a-f]{8}:15$/) },
    });
    expect(problems).toContainEqual(expect.stringContaining("RecursiveInvocationException"));
  });

  test("goes on where the template allows it", async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl: urlOf("Open"), MessageBody: "20" }));
    await eventually(() => linesOf("LoopOnPurpose").includes("round 0"));
    // A message may come twice when the machine is slow.
    expect(new Set(linesOf("LoopOnPurpose")).size).toBe(20);
  });

  test("begins another chain with each message from outside", async () => {
    const before = linesOf("Loop").length;
    for (let count = 0; count < 18; count += 1) {
      await sqs.send(new SendMessageCommand({ QueueUrl: urlOf("Guarded"), MessageBody: "1" }));
    }
    await eventually(() => linesOf("Loop").length === before + 18);
  });
});

test("a route with a throttle of its own answers 429 above it, as API Gateway does", async () => {
  const answers = [1, 2, 3].map(async () => {
    const answer = await fetch(`${environment.apiUrl}/throttled`);
    return { status: answer.status, text: await answer.text() };
  });
  expect(await Promise.all(answers)).toContainEqual({
    status: 429,
    text: '{"message":"Too Many Requests"}',
  });
});

describe("an account whose concurrent executions are used up", () => {
  const call = () => fetch(`${environment.apiUrl}/slow`);
  const throttles = (): number => environment.statistics().functions["Quick"]?.throttles ?? 0;

  /**
   * Sends a message while three calls take it all, which they do for so long after the message was refused once.
   * Gives how often the message had been delivered when it was handled.
   */
  async function deliveriesOf(queueName: string, milliseconds: number): Promise<number> {
    writeFileSync(held, "");
    const calls = [1, 2, 3].map(async () => (await call()).status);
    await eventually(async () => {
      const answer = await call();
      return answer.status === 503 && (await answer.text()) === '{"message":"Service Unavailable"}';
    });
    const before = throttles();
    await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queueName), MessageBody: queueName }));
    await eventually(() => throttles() > before);
    await delay(milliseconds);
    rmSync(held);
    expect(await Promise.all(calls)).toEqual([200, 200, 200]);
    const line = await eventually(() =>
      linesOf("Quick").find((text) => text.startsWith(`received ${queueName}`)),
    );
    return Number(line.split(" ").at(-1));
  }

  test("answers 503, and leaves messages to their visibility timeout, which counts as a delivery", async () => {
    expect(await deliveriesOf("Busy", 2_000)).toBeGreaterThan(1);
  });

  test("tries a message again until then, which is the same delivery", async () => {
    expect(await deliveriesOf("Patient", 500)).toBe(1);
  });
});
