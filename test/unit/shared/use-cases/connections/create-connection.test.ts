import { describe, expect, it } from "@jest/globals";
import { noSignIn } from "../../../../support/fakes/credentials";
import { createConnection } from "../../../../../shared/use-cases/connections/create-connection";
import { aCaller } from "../../../../support/builders";
import { fakeClock, fakeIds } from "../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../support/fakes/stores/connection-store";
import { fakeKlaviyo } from "../../../../support/fakes/klaviyo";
import { fakeLog } from "../../../../support/fakes/log";
import { fakeSecretStore } from "../../../../support/fakes/stores/secret-store";

const apiKey = "pk_accepted0123456789";
const input = {
  caller: aCaller(),
  settings: { displayName: "Shop", sharing: "administrators", profileLimit: 100_000 },
  agree: true,
  key: { kind: "typed", apiKey },
} as const;

const someDependencies = () => ({
  connections: fakeConnectionStore(),
  secrets: fakeSecretStore(),
  signIn: noSignIn(),
  klaviyo: fakeKlaviyo({ [apiKey]: {} }),
  clock: fakeClock(),
  ids: fakeIds(),
  log: fakeLog(),
});

describe("making a connection that can't be written", () => {
  it("leaves nothing behind when the store fails after it wrote", async () => {
    const dependencies = someDependencies();
    const { connections, secrets } = dependencies;
    const write = connections.create;
    connections.create = async (connection) => {
      await write(connection);
      throw new Error("the answer got lost");
    };

    await expect(createConnection(dependencies, input)).rejects.toThrow("the answer got lost");

    expect(connections.stored.size).toBe(0);
    expect(secrets.stored.size).toBe(0);
  });

  it("tries no write when the secret can't be kept", async () => {
    const dependencies = someDependencies();
    dependencies.secrets.create = async () => {
      throw new Error("no secrets today");
    };

    await expect(createConnection(dependencies, input)).rejects.toThrow("no secrets today");

    expect(dependencies.connections.stored.size).toBe(0);
  });

  it("reports the first failure, and logs what could not be cleaned up", async () => {
    const dependencies = someDependencies();
    dependencies.connections.create = async () => {
      throw new Error("no writes today");
    };
    dependencies.secrets.delete = async () => {
      throw new Error("no deletes today");
    };

    await expect(createConnection(dependencies, input)).rejects.toThrow("no writes today");

    expect(dependencies.log.lines).toMatchObject([
      {
        level: "error",
        event: "connectionLeftBehind",
        details: { connectionId: "id-0001", error: { message: "no deletes today" } },
      },
    ]);
  });

  it("asks neither Klaviyo nor a store for a caller who is no administrator", async () => {
    const dependencies = someDependencies();

    const attempt = createConnection(dependencies, { ...input, caller: aCaller("Contributor") });

    await expect(attempt).rejects.toMatchObject({ problem: { code: "notPermitted" } });
    expect(dependencies.klaviyo.calls).toEqual([]);
    expect(dependencies.secrets.stored.size).toBe(0);
  });
});
