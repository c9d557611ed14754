import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { keyOf } from "../../../support/fakes/credentials";
import { localCredentials } from "../../../../infra/local/aws-identity";
import { createFront } from "../../../../infra/local/front/front";
import { systemClock } from "../../../../infra/local/clock";
import { startSecretsManager } from "../../../../infra/local/emulators/secrets-manager/endpoint";
import type { LoopbackServer } from "../../../../infra/local/loopback-server";
import { createRequestCounter } from "../../../../infra/local/request-statistics";
import { createSecretStore } from "../../../../shared/adapters/aws/secret-store";
import type { SecretStore } from "../../../../shared/ports";
import { fakeClock } from "../../../support/fakes/clock-and-ids";
import { fakeSecretStore } from "../../../support/fakes/stores/secret-store";

const requests = createRequestCounter();
const reads = (): number =>
  requests.statistics()["secretsmanager"]?.["GetSecretValue"]?.requests ?? 0;
let emulator: LoopbackServer;
let client: SecretsManagerClient;

beforeAll(async () => {
  emulator = await startSecretsManager(requests, systemClock, createFront());
  client = new SecretsManagerClient({
    endpoint: emulator.url,
    region: "us-east-1",
    credentials: localCredentials,
  });
});
afterAll(async () => {
  client.destroy();
  await emulator.close();
});

let prefixes = 0;
function realStore(clock = fakeClock()): SecretStore {
  prefixes += 1;
  return createSecretStore({ client, namePrefix: `test-${prefixes}`, clock });
}

const backends: [string, () => SecretStore][] = [
  ["fake", () => fakeSecretStore()],
  ["Secrets Manager", () => realStore()],
];

describe.each(backends)("secret store (%s)", (_name, makeStore) => {
  it("gives back the key that was kept", async () => {
    const store = makeStore();

    const secretArn = await store.create("connection-1", keyOf("pk_kept_key"));

    expect(await store.read(secretArn)).toEqual(keyOf("pk_kept_key"));
  });

  it("can't read what was deleted, and deletes what is not there", async () => {
    const store = makeStore();
    const secretArn = await store.create("connection-1", keyOf("pk_kept_key"));
    await store.read(secretArn);

    await store.delete(secretArn);
    await store.delete(secretArn);

    await expect(store.read(secretArn)).rejects.toMatchObject({
      problem: { code: "secretUnreadable" },
    });
  });

  it("replaces a key in its place, at once for whoever reads it here", async () => {
    const store = makeStore();
    const secretArn = await store.create("connection-1", keyOf("pk_first_key"));
    await store.read(secretArn);

    const replaced = await store.replace(secretArn, "connection-1", keyOf("pk_second_key"));

    expect(replaced).toBe(secretArn);
    expect(await store.read(secretArn)).toEqual(keyOf("pk_second_key"));
  });

  it("keeps the key that replaces one which is gone", async () => {
    const store = makeStore();
    const gone = await store.create("connection-1", keyOf("pk_first_key"));
    await store.delete(gone);

    const secretArn = await store.replace(gone, "connection-1", keyOf("pk_second_key"));

    expect(await store.read(secretArn)).toEqual(keyOf("pk_second_key"));
  });

  it("knows its own secrets from the customer's", async () => {
    const store = makeStore();
    const secretArn = await store.create("connection-1", keyOf("pk_first_key"));

    expect(store.isOwn(secretArn)).toBe(true);
    expect(store.isOwn("arn:aws:secretsmanager:us-east-1:000000000000:secret:mine-AbCdEf")).toBe(
      false,
    );
  });

  it("can keep a key anew at once where one was deleted", async () => {
    const store = makeStore();
    await store.delete(await store.create("connection-1", keyOf("pk_first_key")));

    const secretArn = await store.create("connection-1", keyOf("pk_second_key"));

    expect(await store.read(secretArn)).toEqual(keyOf("pk_second_key"));
  });
});

describe("secret store on Secrets Manager", () => {
  it("names and tags the secret after its connection", async () => {
    const store = realStore();

    const secretArn = await store.create("connection-1", keyOf("pk_kept_key"));

    const described = await client.send(new DescribeSecretCommand({ SecretId: secretArn }));
    expect(described.Name).toBe(`test-${prefixes}/connection-1`);
    expect(described.Tags).toEqual([
      { Key: "application", Value: "klaviyo-segment-export" },
      { Key: "connectionId", Value: "connection-1" },
    ]);
  });

  it.each(["pk_the_customers_own", '{"apiKey":"pk_the_customers_own"}', " pk_the_customers_own\n"])(
    "reads the customer's own secret, whose value is %j",
    async (SecretString) => {
      const store = realStore();
      const { ARN = "" } = await client.send(
        new CreateSecretCommand({ Name: `mine-${prefixes}`, SecretString }),
      );

      expect(await store.read(ARN)).toEqual(keyOf("pk_the_customers_own"));
    },
  );

  it("sees a key that was replaced elsewhere when it reads afresh, and from then on", async () => {
    const store = realStore();
    const secretArn = await store.create("connection-1", keyOf("pk_first_key"));
    await store.read(secretArn);
    await client.send(
      new PutSecretValueCommand({ SecretId: secretArn, SecretString: "pk_second_key" }),
    );

    expect(await store.read(secretArn)).toEqual(keyOf("pk_first_key"));
    expect(await store.read(secretArn, { fresh: true })).toEqual(keyOf("pk_second_key"));
    expect(await store.read(secretArn)).toEqual(keyOf("pk_second_key"));
  });

  it("does not take a failure that passes for a secret that can't be read", async () => {
    const unreachable = new SecretsManagerClient({
      endpoint: "http://127.0.0.1:1",
      region: "us-east-1",
      credentials: localCredentials,
      maxAttempts: 1,
    });
    const store = createSecretStore({
      client: unreachable,
      namePrefix: "test",
      clock: fakeClock(),
    });

    await expect(store.read("arn")).rejects.toMatchObject({ name: "AwsFailure" });
  });

  it("asks once a minute, and then sees a key that was replaced", async () => {
    const clock = fakeClock();
    const store = realStore(clock);
    const secretArn = await store.create("connection-1", keyOf("pk_first_key"));
    const before = reads();
    await store.read(secretArn);
    await client.send(
      new PutSecretValueCommand({
        SecretId: secretArn,
        SecretString: '{"apiKey":"pk_second_key"}',
      }),
    );

    clock.advance(59_999);
    expect(await store.read(secretArn)).toEqual(keyOf("pk_first_key"));
    expect(reads() - before).toBe(1);

    clock.advance(1);
    expect(await store.read(secretArn)).toEqual(keyOf("pk_second_key"));
    expect(reads() - before).toBe(2);
  });

  it.each(["pk not json", "{}", '{"apiKey":""}', '{"apiKey":7}', "7"])(
    "can't read a secret whose value is %s, and does not quote it",
    async (SecretString) => {
      const store = realStore();
      const secretArn = await store.create("connection-1", keyOf("pk_first_key"));
      await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));

      const failure = await store.read(secretArn).catch((error: unknown) => error);

      expect(failure).toMatchObject({ problem: { code: "secretUnreadable" } });
      expect(String((failure as Error).stack)).not.toContain("pk not json");
    },
  );
});

describe("a secret that somebody has scheduled for deletion", () => {
  it.each(["create", "replace"] as const)(
    "brings a secret back that is scheduled for deletion when its name is used again (%s)",
    async (use) => {
      const store = realStore();
      const secretArn = await store.create("connection-1", keyOf("pk_first_key"));
      await client.send(new DeleteSecretCommand({ SecretId: secretArn }));
      await expect(store.read(secretArn, { fresh: true })).rejects.toMatchObject({
        problem: { code: "secretScheduledForDeletion" },
      });

      const again =
        use === "create"
          ? await store.create("connection-1", keyOf("pk_second_key"))
          : await store.replace(secretArn, "connection-1", keyOf("pk_second_key"));

      expect(again).toBe(secretArn);
      expect(await store.read(secretArn, { fresh: true })).toEqual(keyOf("pk_second_key"));
    },
  );

  it("is deleted without complaint", async () => {
    const store = realStore();
    const secretArn = await store.create("connection-1", keyOf("pk_first_key"));
    await client.send(new DeleteSecretCommand({ SecretId: secretArn }));

    await store.delete(secretArn);
  });
});
