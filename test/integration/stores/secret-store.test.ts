import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { systemClock } from "../../../infra/local/clock";
import { startSecretsManager } from "../../../infra/local/emulators/secrets-manager/endpoint";
import type { LoopbackServer } from "../../../infra/local/loopback-server";
import { createRequestCounter } from "../../../infra/local/request-statistics";
import { createSecretStore } from "../../../shared/adapters/aws/secret-store";
import type { SecretStore } from "../../../shared/ports";
import { fakeClock } from "../../support/fakes/clock-and-ids";
import { fakeSecretStore } from "../../support/fakes/secret-store";

const requests = createRequestCounter();
const reads = (): number =>
  requests.statistics()["secretsmanager"]?.["GetSecretValue"]?.requests ?? 0;
let emulator: LoopbackServer;
let client: SecretsManagerClient;

beforeAll(async () => {
  emulator = await startSecretsManager(requests, systemClock);
  client = new SecretsManagerClient({
    endpoint: emulator.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
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

    const secretArn = await store.create("connection-1", "pk_kept");

    expect(await store.read(secretArn)).toBe("pk_kept");
  });

  it("can't read what was deleted, and deletes what is not there", async () => {
    const store = makeStore();
    const secretArn = await store.create("connection-1", "pk_kept");
    await store.read(secretArn);

    await store.delete(secretArn);
    await store.delete(secretArn);

    await expect(store.read(secretArn)).rejects.toMatchObject({
      problem: { code: "secretUnreadable" },
    });
  });

  it("can keep a key anew at once where one was deleted", async () => {
    const store = makeStore();
    await store.delete(await store.create("connection-1", "pk_first"));

    const secretArn = await store.create("connection-1", "pk_second");

    expect(await store.read(secretArn)).toBe("pk_second");
  });
});

describe("secret store on Secrets Manager", () => {
  it("names and tags the secret after its connection", async () => {
    const store = realStore();

    const secretArn = await store.create("connection-1", "pk_kept");

    const described = await client.send(new DescribeSecretCommand({ SecretId: secretArn }));
    expect(described.Name).toBe(`test-${prefixes}/connection-1`);
    expect(described.Tags).toEqual([
      { Key: "application", Value: "klaviyo-segment-export" },
      { Key: "connectionId", Value: "connection-1" },
    ]);
  });

  it("asks once a minute, and then sees a key that was replaced", async () => {
    const clock = fakeClock();
    const store = realStore(clock);
    const secretArn = await store.create("connection-1", "pk_first");
    const before = reads();
    await store.read(secretArn);
    await client.send(
      new PutSecretValueCommand({ SecretId: secretArn, SecretString: '{"apiKey":"pk_second"}' }),
    );

    clock.advance(59_999);
    expect(await store.read(secretArn)).toBe("pk_first");
    expect(reads() - before).toBe(1);

    clock.advance(1);
    expect(await store.read(secretArn)).toBe("pk_second");
    expect(reads() - before).toBe(2);
  });

  it.each(["pk_not_json", "{}", '{"apiKey":""}', '{"apiKey":7}'])(
    "can't read a secret whose value is %s, and does not quote it",
    async (SecretString) => {
      const store = realStore();
      const secretArn = await store.create("connection-1", "pk_first");
      await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));

      const failure = await store.read(secretArn).catch((error: unknown) => error);

      expect(failure).toMatchObject({ problem: { code: "secretUnreadable" } });
      expect(String((failure as Error).stack)).not.toContain("pk_not_json");
    },
  );
});
