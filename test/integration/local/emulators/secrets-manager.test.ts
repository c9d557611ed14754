import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UpdateSecretCommand,
  type ListSecretsCommandInput,
} from "@aws-sdk/client-secrets-manager";
import { createFront } from "../../../../infra/local/front/front";
import { startSecretsManager } from "../../../../infra/local/emulators/secrets-manager/endpoint";
import type { LoopbackServer } from "../../../../infra/local/loopback-server";
import { clientConfiguration } from "../../../../infra/local/provisioning/aws-clients";
import {
  createRequestCounter,
  type RequestCounter,
} from "../../../../infra/local/request-statistics";
import { manualClock, type ManualClock } from "../manual-clock";

let clock: ManualClock;
let counter: RequestCounter;
let server: LoopbackServer;
let client: SecretsManagerClient;

beforeEach(async () => {
  clock = manualClock(Date.parse("2026-01-01T00:00:00Z"));
  counter = createRequestCounter();
  server = await startSecretsManager(counter, clock, createFront());
  client = new SecretsManagerClient(clientConfiguration(server.url));
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

const name = "connections/one";
const create = (value = "first", ClientRequestToken?: string) =>
  client.send(new CreateSecretCommand({ Name: name, SecretString: value, ClientRequestToken }));
const read = (SecretId = name, VersionStage?: string) =>
  client.send(new GetSecretValueCommand({ SecretId, VersionStage }));

test("a secret is read by its name, its ARN, and its ARN without the random end", async () => {
  const { ARN = "", VersionId } = await create();
  expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:\d{12}:secret:connections\/one-\w{6}$/);
  for (const id of [name, ARN, ARN.slice(0, -7)]) {
    expect(await read(id)).toMatchObject({
      ARN,
      Name: name,
      SecretString: "first",
      VersionId,
      VersionStages: ["AWSCURRENT"],
      CreatedDate: new Date("2026-01-01T00:00:00Z"),
    });
  }
});

test("a new value becomes current, and the one before stays as the previous one", async () => {
  await create("first");
  await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: "second" }));
  await client.send(new UpdateSecretCommand({ SecretId: name, SecretString: "third" }));
  expect((await read()).SecretString).toBe("third");
  expect((await read(name, "AWSPREVIOUS")).SecretString).toBe("second");
  const { VersionIdsToStages = {} } = await client.send(
    new DescribeSecretCommand({ SecretId: name }),
  );
  expect(Object.values(VersionIdsToStages).flat().sort()).toEqual(["AWSCURRENT", "AWSPREVIOUS"]);
});

test("binary values come back as they were", async () => {
  const SecretBinary = new Uint8Array([0, 255, 7]);
  await client.send(new CreateSecretCommand({ Name: name, SecretBinary }));
  expect(new Uint8Array((await read()).SecretBinary ?? [])).toEqual(SecretBinary);
});

test("a request that is repeated with its token has the effect of one", async () => {
  const token = randomUUID();
  const first = await create("first", token);
  expect(await create("first", token)).toMatchObject({
    ARN: first.ARN,
    VersionId: first.VersionId,
  });
  await expect(create("other", token)).rejects.toMatchObject({ name: "ResourceExistsException" });

  const putToken = randomUUID();
  const put = (SecretString: string) =>
    client.send(
      new PutSecretValueCommand({ SecretId: name, SecretString, ClientRequestToken: putToken }),
    );
  const written = await put("second");
  expect(written.VersionId).toBe(putToken);
  expect((await put("second")).VersionId).toBe(putToken);
  await expect(put("third")).rejects.toMatchObject({ name: "ResourceExistsException" });
  expect((await read()).SecretString).toBe("second");
});

test("what is not there is not found, and what is there is not made again", async () => {
  await expect(read()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(read("", "AWSCURRENT")).rejects.toMatchObject({ name: "ValidationException" });
  await create();
  await expect(create()).rejects.toMatchObject({ name: "ResourceExistsException" });
  await expect(read(name, "AWSPREVIOUS")).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a secret that is scheduled for deletion can be restored until its time has come", async () => {
  await create();
  const { DeletionDate } = await client.send(
    new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: 7 }),
  );
  expect(DeletionDate).toEqual(new Date("2026-01-08T00:00:00Z"));
  await expect(read()).rejects.toMatchObject({ name: "InvalidRequestException" });
  await expect(create()).rejects.toMatchObject({ name: "InvalidRequestException" });

  await client.send(new RestoreSecretCommand({ SecretId: name }));
  expect((await read()).SecretString).toBe("first");

  await client.send(new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: 7 }));
  clock.moveTo(Date.parse("2026-01-08T00:00:00Z"));
  await expect(read()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await create("anew");
});

test("forced deletion is at once, and succeeds for what is not there", async () => {
  await create();
  const force = () =>
    client.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true }));
  await force();
  await expect(read()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await force();
  await expect(
    client.send(
      new DeleteSecretCommand({
        SecretId: name,
        ForceDeleteWithoutRecovery: true,
        RecoveryWindowInDays: 7,
      }),
    ),
  ).rejects.toMatchObject({ name: "InvalidParameterException" });
  await create("anew");
});

test("lists are filtered by name and tag, and come in pages", async () => {
  for (const number of [1, 2, 3]) {
    await client.send(new CreateSecretCommand({ Name: `a/${number}`, SecretString: "x" }));
  }
  await create();
  await client.send(
    new TagResourceCommand({ SecretId: name, Tags: [{ Key: "connection", Value: "one" }] }),
  );
  const list = async (input: ListSecretsCommandInput) => {
    const { SecretList = [], NextToken } = await client.send(new ListSecretsCommand(input));
    return { names: SecretList.map((secret) => secret.Name), NextToken };
  };
  const first = await list({ Filters: [{ Key: "name", Values: ["a/"] }], MaxResults: 2 });
  expect(first).toEqual({ names: ["a/1", "a/2"], NextToken: expect.any(String) });
  expect(
    await list({
      Filters: [{ Key: "name", Values: ["a/"] }],
      MaxResults: 2,
      NextToken: String(first.NextToken),
    }),
  ).toEqual({ names: ["a/3"], NextToken: undefined });
  expect((await list({ Filters: [{ Key: "tag-key", Values: ["connection"] }] })).names).toEqual([
    name,
  ]);
});

test("requests are counted by action", async () => {
  await create();
  await read();
  await read();
  expect(counter.statistics()).toMatchObject({
    secretsmanager: { CreateSecret: { requests: 1 }, GetSecretValue: { requests: 2 } },
  });
});
