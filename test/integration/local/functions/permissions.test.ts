import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { DeleteItemCommand, GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { CreateScheduleCommand } from "@aws-sdk/client-scheduler";
import { CreateSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { PublishCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { systemClock } from "../../../../infra/local/clock";
import { startEmbeddedServices, type AwsServices } from "../../../../infra/local/embedded-services";
import { createAnnouncements } from "../../../../infra/local/emulators/announcements";
import { createSchedules } from "../../../../infra/local/emulators/scheduler/schedules";
import type { AwsCaller } from "../../../../infra/local/front/aws-request";
import { createFront, type AwsFront } from "../../../../infra/local/front/front";
import { createAuthorizer } from "../../../../infra/local/iam/authorizer";
import { createPermissionUse } from "../../../../infra/local/iam/permission-use";
import { readPolicyDocument } from "../../../../infra/local/iam/policy-document";
import type { PlacedStatement } from "../../../../infra/local/iam/evaluate";
import type { TemplateRole } from "../../../../infra/local/iam/template-policies";
import { createTable } from "../../../../infra/local/provisioning/tables";
import { createRequestCounter } from "../../../../infra/local/request-statistics";
import { serviceClients } from "../service-clients";

const schedules = createSchedules(systemClock, () => Promise.resolve());
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

let directory: string;
let services: AwsServices;
let front: AwsFront;
let removeAuthorizer = (): void => undefined;

function role(name: string, statements: object[], trust: object[] = []): TemplateRole {
  const read = (Statement: object[]) =>
    readPolicyDocument(name, { Version: "2012-10-17", Statement }).Statement;
  return {
    logicalId: name,
    name,
    arn: roleArn(name),
    tags: {},
    trust: read(trust),
    identityPolicies: read(statements).map((statement): PlacedStatement => ({
      policy: "identity-based",
      statement,
    })),
  };
}

const trustOf = (group: string) => ({
  Effect: "Allow",
  Principal: { Service: "scheduler.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "aws:SourceArn": arn("scheduler", `schedule-group/${group}`) } },
});

/** Clients of a function that may do just this. */
function callsAs(...statements: object[]) {
  removeAuthorizer();
  const roles = [
    role(
      "worker",
      statements.map((statement) => ({ Effect: "Allow", ...statement })),
    ),
    role("delivery", [], [trustOf("default")]),
    role("elsewhere", [], [trustOf("other")]),
  ];
  const authorizer = createAuthorizer(
    { roles: new Map(roles.map((each) => [each.arn, each])), resourcePolicies: [] },
    createPermissionUse(undefined),
  );
  removeAuthorizer = front.intercept(authorizer.interceptor);
  return clientsOf({
    kind: "function",
    logicalId: "Worker",
    functionName: "work",
    roleArn: roleArn("worker"),
  });
}

const clientsOf = (caller: AwsCaller) =>
  serviceClients(services.endpoints, front.callers.credentialsOf(caller));

let owner: ReturnType<typeof clientsOf>;

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), "permissions-"));
  front = createFront();
  const counter = createRequestCounter();
  services = await startEmbeddedServices(
    directory,
    schedules,
    createAnnouncements(),
    counter,
    front,
  );
  owner = clientsOf({ kind: "owner" });
  await createTable(owner.dynamodb, "runs", {
    AttributeDefinitions: ["id", "item", "owner"].map((AttributeName) => ({
      AttributeName,
      AttributeType: "S" as const,
    })),
    KeySchema: [
      { AttributeName: "id", KeyType: "HASH" },
      { AttributeName: "item", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: "byOwner",
        KeySchema: [{ AttributeName: "owner", KeyType: "HASH" }],
        Projection: { ProjectionType: "ALL" },
      },
    ],
    LocalSecondaryIndexes: [],
  });
  await owner.s3.send(new CreateBucketCommand({ Bucket: "work" }));
  await owner.s3.send(new PutObjectCommand({ Bucket: "work", Key: "staging/a", Body: "content" }));
  await owner.sqs.send(new CreateQueueCommand({ QueueName: "push" }));
});

afterAll(async () => {
  schedules.close();
  await services.close();
  rmSync(directory, { recursive: true, force: true });
});

const staging = { Action: "s3:GetObject", Resource: "arn:aws:s3:::work/staging/*" };
const listing = { Action: "s3:ListBucket", Resource: "arn:aws:s3:::work" };
const get = (Key: string) => new GetObjectCommand({ Bucket: "work", Key });

describe("a refused call answers as the service does", () => {
  test("S3: 403, naming who asked for what", async () => {
    const { s3 } = callsAs();
    await expect(s3.send(get("staging/a"))).rejects.toMatchObject({
      name: "AccessDenied",
      message:
        'User: arn:aws:sts::000000000000:assumed-role/worker/work is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::work/staging/a" because no identity-based policy allows the s3:GetObject action',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test("DynamoDB: 400 AccessDeniedException", async () => {
    const { dynamodb } = callsAs();
    const Key = { id: { S: "1" }, item: { S: "run" } };
    await expect(
      dynamodb.send(new GetItemCommand({ TableName: "runs", Key })),
    ).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(
        `dynamodb:GetItem on resource: ${arn("dynamodb", "table/runs")}`,
      ),
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("SQS and SNS: 403, each with its own code", async () => {
    const { sqs, sns } = callsAs();
    const QueueUrl = `${services.endpoints.sqs}/000000000000/push`;
    await expect(
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "m" })),
    ).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
    await expect(
      sns.send(new PublishCommand({ TopicArn: arn("sns", "alerts"), Message: "m" })),
    ).rejects.toMatchObject({
      name: "AuthorizationErrorException",
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe("S3", () => {
  test("what is missing is missing to who may list, and forbidden to who may not", async () => {
    const reader = callsAs(staging).s3;
    await expect(reader.send(get("staging/missing"))).rejects.toMatchObject({
      name: "AccessDenied",
      $metadata: { httpStatusCode: 403 },
    });
    await expect(
      reader.send(new HeadObjectCommand({ Bucket: "work", Key: "staging/missing" })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    const lister = callsAs(staging, listing).s3;
    await expect(lister.send(get("staging/missing"))).rejects.toMatchObject({ name: "NoSuchKey" });
    await expect(lister.send(get("staging/a"))).resolves.toBeDefined();
  });

  test("a copy needs its source and its target", async () => {
    const writing = { Action: "s3:PutObject", Resource: "arn:aws:s3:::work/kept/*" };
    const copy = () =>
      new CopyObjectCommand({ Bucket: "work", Key: "kept/a", CopySource: "work/staging/a" });
    await expect(callsAs(writing).s3.send(copy())).rejects.toThrow("s3:GetObject");
    await expect(callsAs(staging).s3.send(copy())).rejects.toThrow("s3:PutObject");
    await expect(callsAs(staging, writing).s3.send(copy())).resolves.toBeDefined();
  });

  test("an upload in parts is a put, and giving it up is not", async () => {
    const { s3 } = callsAs({ Action: "s3:PutObject", Resource: "arn:aws:s3:::work/large/*" });
    const upload = (Key: string) =>
      new Upload({
        client: s3,
        params: { Bucket: "work", Key, Body: Buffer.alloc(6 << 20) },
        partSize: 5 << 20,
      }).done();
    await expect(upload("large/a")).resolves.toBeDefined();
    await expect(upload("small/a")).rejects.toThrow("s3:PutObject");
  });

  test("a list may be limited to a prefix", async () => {
    const { s3 } = callsAs({
      ...listing,
      Condition: { StringLike: { "s3:prefix": "staging/*" } },
    });
    const list = (Prefix?: string) => s3.send(new ListObjectsV2Command({ Bucket: "work", Prefix }));
    await expect(list("staging/a")).resolves.toBeDefined();
    await expect(list("snapshots/")).rejects.toThrow("s3:ListBucket");
    await expect(list()).rejects.toThrow("s3:ListBucket");
  });

  test("a link is good for what its signer may do", async () => {
    const { s3 } = callsAs(staging);
    const allowed = await getSignedUrl(s3, get("staging/a"));
    const forbidden = await getSignedUrl(s3, get("snapshots/a"));
    expect((await fetch(allowed)).status).toBe(200);
    expect((await fetch(forbidden)).status).toBe(403);
  });
});

describe("DynamoDB", () => {
  const table = arn("dynamodb", "table/runs");
  const query = (value: string, index?: string) =>
    new QueryCommand({
      TableName: "runs",
      IndexName: index,
      KeyConditionExpression: "#key = :key",
      ExpressionAttributeNames: { "#key": index === undefined ? "id" : "owner" },
      ExpressionAttributeValues: { ":key": { S: value } },
    });

  test("an index is a resource of its own", async () => {
    const { dynamodb } = callsAs({ Action: "dynamodb:Query", Resource: table });
    await expect(dynamodb.send(query("1"))).resolves.toBeDefined();
    await expect(dynamodb.send(query("me", "byOwner"))).rejects.toThrow(`${table}/index/byOwner`);
  });

  test("partition keys limit what may be deleted and queried", async () => {
    const { dynamodb } = callsAs({
      Action: ["dynamodb:DeleteItem", "dynamodb:Query"],
      Resource: table,
      Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "preview#*" } },
    });
    const remove = (id: string) =>
      dynamodb.send(
        new DeleteItemCommand({ TableName: "runs", Key: { id: { S: id }, item: { S: "run" } } }),
      );
    await expect(remove("preview#1")).resolves.toBeDefined();
    await expect(remove("run-1")).rejects.toThrow("dynamodb:DeleteItem");
    await expect(dynamodb.send(query("preview#1"))).resolves.toBeDefined();
    await expect(dynamodb.send(query("run-1"))).rejects.toThrow("dynamodb:Query");
  });
});

describe("Secrets Manager", () => {
  const own = arn("secretsmanager", "secret:stage/*");
  const create = (Name: string, tag?: string) =>
    new CreateSecretCommand({
      Name,
      SecretString: "key",
      ...(tag === undefined ? {} : { Tags: [{ Key: "stage", Value: tag }] }),
    });

  test("a secret that is made with tags needs to be tagged", async () => {
    const making = { Action: "secretsmanager:CreateSecret", Resource: own };
    const tagging = { Action: "secretsmanager:TagResource", Resource: own };
    await expect(callsAs(making).secrets.send(create("stage/a"))).resolves.toBeDefined();
    await expect(callsAs(making).secrets.send(create("stage/b", "dev"))).rejects.toThrow(
      "secretsmanager:TagResource",
    );
    await expect(
      callsAs(making, tagging).secrets.send(create("stage/b", "dev")),
    ).resolves.toBeDefined();
    await expect(callsAs(making, tagging).secrets.send(create("other/b"))).rejects.toThrow(
      "secret:other/b-??????",
    );
  });

  test("a secret is read by who may read what is tagged so", async () => {
    await owner.secrets.send(create("theirs/dev", "dev"));
    await owner.secrets.send(create("theirs/production", "production"));
    const { secrets } = callsAs({
      Action: "secretsmanager:GetSecretValue",
      Resource: arn("secretsmanager", "secret:*"),
      Condition: { StringEquals: { "aws:ResourceTag/stage": "dev" } },
    });
    const read = (SecretId: string) => secrets.send(new GetSecretValueCommand({ SecretId }));
    await expect(read("theirs/dev")).resolves.toBeDefined();
    for (const id of ["theirs/production", "theirs/missing"]) {
      await expect(read(id)).rejects.toMatchObject({ name: "AccessDeniedException" });
    }
  });

  test("a secret under its owner's key needs that key", async () => {
    const KmsKeyId = arn("kms", "key/theirs");
    await owner.secrets.send(
      new CreateSecretCommand({ Name: "locked", SecretString: "k", KmsKeyId }),
    );
    const { secrets } = callsAs({ Action: "secretsmanager:GetSecretValue", Resource: "*" });
    await expect(secrets.send(new GetSecretValueCommand({ SecretId: "locked" }))).rejects.toThrow(
      "kms:Decrypt",
    );
  });
});

describe("Scheduler", () => {
  const making = { Action: "scheduler:CreateSchedule", Resource: arn("scheduler", "schedule/*") };
  const passing = (service: string) => ({
    Action: "iam:PassRole",
    Resource: [roleArn("delivery"), roleArn("elsewhere")],
    Condition: { StringEquals: { "iam:PassedToService": service } },
  });
  const create = (Name: string, RoleArn: string) =>
    new CreateScheduleCommand({
      Name,
      ScheduleExpression: "rate(1 day)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: arn("sqs", "start"), RoleArn },
    });

  test("who gives a schedule its role must be allowed to pass that to the scheduler", async () => {
    const delivery = roleArn("delivery");
    await expect(callsAs(making).scheduler.send(create("a", delivery))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("iam:PassRole"),
    });
    await expect(
      callsAs(making, passing("lambda.amazonaws.com")).scheduler.send(create("a", delivery)),
    ).rejects.toThrow("iam:PassRole");
    const allowed = callsAs(making, passing("scheduler.amazonaws.com")).scheduler;
    await expect(allowed.send(create("a", delivery))).resolves.toBeDefined();
  });

  test("a role that the scheduler may not take on for this group is not taken", async () => {
    const { scheduler } = callsAs(making, passing("scheduler.amazonaws.com"));
    await expect(scheduler.send(create("b", roleArn("elsewhere")))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});
