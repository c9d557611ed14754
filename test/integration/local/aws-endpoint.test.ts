import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListScheduleGroupsCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localAccountId } from "../../../infra/local/aws-identity";
import { createFront } from "../../../infra/local/front/front";
import { systemClock } from "../../../infra/local/clock";
import { startEmbeddedServices, type AwsServices } from "../../../infra/local/embedded-services";
import { createAnnouncements } from "../../../infra/local/emulators/announcements";
import { createSchedules } from "../../../infra/local/emulators/scheduler/schedules";
import { startEnvironment, type Environment } from "../../../infra/local/environment";
import { serveOnLoopback, type LoopbackServer } from "../../../infra/local/loopback-server";
import { clientConfiguration } from "../../../infra/local/provisioning/aws-clients";
import { createRequestCounter } from "../../../infra/local/request-statistics";
import { writeCloudAssembly, type CloudAssembly } from "./cloud-assembly";
import { environmentFunctions, environmentTemplate } from "./environment-template";
import { eventually } from "./eventually";

/** The account of many AWS-compatible servers, which is another than that of the embedded services. */
const ACCOUNT = "123456789012";
const translate = (text: string, from: string, to: string): string => text.replaceAll(from, to);

/**
 * One endpoint for all services, as AWS-compatible servers have: the service is in the signature. It gives its own
 * account in ARNs and URLs of queues.
 */
async function singleEndpoint({ endpoints }: AwsServices): Promise<LoopbackServer> {
  const urls: Record<string, string> = { ...endpoints, secretsmanager: endpoints.secretsManager };
  return serveOnLoopback((incoming, outgoing) => {
    const [, service = ""] =
      /Credential=[^/]+\/\d+\/[^/]+\/(\w+)\//.exec(incoming.headers.authorization ?? "") ?? [];
    void (async () => {
      const body = translate(await text(incoming), ACCOUNT, localAccountId);
      const path = translate(incoming.url ?? "/", ACCOUNT, localAccountId);
      const headers = { ...incoming.headers, "content-length": String(Buffer.byteLength(body)) };
      const forwarded = httpRequest(
        new URL(path, urls[service]),
        { method: incoming.method ?? "GET", headers },
        (answer) => {
          void text(answer).then((said) => {
            const given = Buffer.from(translate(said, localAccountId, ACCOUNT));
            // A digest of messages' bodies that were changed would not be theirs; none names an account.
            const { "content-length": _length, ...others } = answer.headers;
            outgoing.writeHead(answer.statusCode ?? 500, others).end(given);
          });
        },
      );
      forwarded.on("error", () => outgoing.destroy());
      forwarded.end(body);
    })();
  });
}

let directory: string;
let services: AwsServices;
let endpoint: LoopbackServer;
let assembly: CloudAssembly;
let environment: Environment;

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), "aws-endpoint-"));
  const counter = createRequestCounter();
  const schedules = createSchedules(systemClock, () => Promise.resolve());
  services = await startEmbeddedServices(
    directory,
    schedules,
    createAnnouncements(),
    counter,
    createFront(),
  );
  endpoint = await singleEndpoint(services);
  assembly = writeCloudAssembly(environmentTemplate, environmentFunctions);
  environment = await startEnvironment({
    templateDirectory: assembly.directory,
    awsEndpoint: endpoint.url,
  });
});

afterAll(async () => {
  await environment.close();
  assembly.remove();
  await endpoint.close();
  await services.close();
  rmSync(directory, { recursive: true, force: true });
});

test("the stack's resources are made at the endpoint, and functions are pointed to it", async () => {
  const dynamodb = new DynamoDBClient(clientConfiguration(endpoint.url));
  const s3 = new S3Client(clientConfiguration(endpoint.url));
  expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual(["items"]);
  expect((await s3.send(new ListBucketsCommand({}))).Buckets).toMatchObject([
    { Name: "stack-bucket" },
  ]);
  dynamodb.destroy();
  s3.destroy();

  const variables: any = await (
    await fetch(`${environment.apiUrl}/open/a?answer=environment`)
  ).json();
  expect(variables).toMatchObject({
    AWS_ENDPOINT_URL_DYNAMODB: endpoint.url,
    AWS_ENDPOINT_URL_S3: endpoint.url,
    AWS_ENDPOINT_URL_SQS: endpoint.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint.url,
    AWS_ENDPOINT_URL_SCHEDULER: endpoint.url,
  });
});

test("its queues' messages reach functions here", async () => {
  const sqs = new SQSClient(clientConfiguration(endpoint.url));
  const QueueUrl = environment.resources.find("AWS::SQS::Queue", "Queue").ref;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "from outside" }));
  await eventually(() =>
    environment.functions.logs.lines().some(({ text }) => text.includes("from outside")),
  );
  sqs.destroy();
});

test("schedule groups and topics are made there, and everything is of the account that it answers with", async () => {
  const scheduler = new SchedulerClient(clientConfiguration(endpoint.url));
  const groups = await scheduler.send(new ListScheduleGroupsCommand({}));
  scheduler.destroy();
  expect(groups.ScheduleGroups).toContainEqual(
    expect.objectContaining({
      Name: "group",
      Arn: `arn:aws:scheduler:us-east-1:${ACCOUNT}:schedule-group/group`,
    }),
  );
  const { find } = environment.resources;
  expect(find("AWS::SNS::Topic", "Topic").ref).toBe(`arn:aws:sns:us-east-1:${ACCOUNT}:Stack-Topic`);
  expect(find("AWS::SQS::Queue", "Queue").ref).toContain(ACCOUNT);
  const variables: any = await (
    await fetch(`${environment.apiUrl}/open/a?answer=environment`)
  ).json();
  expect(JSON.stringify(variables)).not.toContain(localAccountId);
});
