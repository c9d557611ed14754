import { describe, expect, it } from "@jest/globals";
import { noSignIn } from "../../../../support/fakes/credentials";
import { createCalendar } from "../../../../../shared/adapters/croner-calendar";
import { deleteConnection } from "../../../../../shared/use-cases/connections/delete-connection";
import { updateExport } from "../../../../../shared/use-cases/exports/update-export";
import { aCaller, aConnection, anExport, aSegmentFile } from "../../../../support/builders";
import { fakeClock, fakeLimiter } from "../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../../../support/fakes/stores/export-store";
import { accessTo } from "../../../../support/fakes/klaviyo-access";
import { fakeKlaviyo } from "../../../../support/fakes/klaviyo";
import { fakeLog } from "../../../../support/fakes/log";
import { fakeRunData } from "../../../../support/fakes/stores/run-data";
import { fakeRunStore } from "../../../../support/fakes/stores/run-store";
import { fakeSettingsStore } from "../../../../support/fakes/scheduling";
import { fakeSecretStore } from "../../../../support/fakes/stores/secret-store";
import {
  fakeSegmentDescriptions,
  fakeSegmentSource,
} from "../../../../support/fakes/stores/segment-source";

const apiKey = "pk_accepted0123456789";

const someDependencies = (slotIn = 0) => {
  const clock = fakeClock();
  const connection = aConnection();
  const connections = fakeConnectionStore(connection);
  const secrets = fakeSecretStore({ [connection.secretArn]: apiKey });
  const limiter = fakeLimiter(clock, slotIn);
  const lists = { LiSt01: "Newsletter", LiSt02: "Other" };
  const klaviyoCalls = fakeKlaviyo({ [apiKey]: { lists } });
  return {
    ...{ connections, secrets, limiter, klaviyoCalls, signIn: noSignIn() },
    klaviyo: accessTo(klaviyoCalls, { connections, secrets, clock, limiter }),
    exports: fakeExportStore(anExport()),
    segments: fakeSegmentSource(aSegmentFile()),
    descriptions: fakeSegmentDescriptions(),
    runs: fakeRunStore(),
    settings: fakeSettingsStore(),
    calendar: createCalendar(),
    data: fakeRunData(),
    clock,
    log: fakeLog(),
  };
};
const { displayName, connectionId, segments, mapping, syncMode } = anExport();
const input = {
  caller: aCaller("Contributor"),
  exportId: "export-1",
  settings: { displayName, connectionId, segments, mapping, syncMode, listId: "LiSt02" },
};

describe("changing an export while somebody else does", () => {
  it("says that it was changed, and keeps the other's change", async () => {
    const dependencies = someDependencies();
    const { exports, klaviyoCalls } = dependencies;
    const getList = klaviyoCalls.getList;
    klaviyoCalls.getList = async (...given) => {
      await exports.updateSettings(anExport({ displayName: "Theirs", version: 2 }), 1);
      return getList(...given);
    };

    await expect(updateExport(dependencies, input)).rejects.toMatchObject({
      problem: { code: "exportChanged" },
    });

    expect(exports.stored.get("export-1")).toEqual(anExport({ displayName: "Theirs", version: 2 }));
  });

  it("says that it is gone when it was deleted", async () => {
    const dependencies = someDependencies();
    const { exports, klaviyoCalls } = dependencies;
    const getList = klaviyoCalls.getList;
    klaviyoCalls.getList = async (...given) => {
      await exports.delete("export-1");
      return getList(...given);
    };

    await expect(updateExport(dependencies, input)).rejects.toMatchObject({
      problem: { code: "exportNotFound" },
    });
  });

  it("waits for its turn under the account's limit, but not for long", async () => {
    const near = someDependencies(3_000);
    const far = someDependencies(60_000);

    await updateExport(near, input);
    const refused = updateExport(far, input);

    await expect(refused).rejects.toMatchObject({ problem: { code: "klaviyoUnavailable" } });
    expect(far.klaviyoCalls.calls).toEqual([]);
  });
});

describe("deleting a connection that breaks off", () => {
  it("takes the key first, so that it can be done again", async () => {
    const dependencies = { ...someDependencies(), exports: fakeExportStore() };
    const { connections, secrets } = dependencies;
    const deleteStored = connections.delete;
    connections.delete = async () => {
      throw new Error("broke off");
    };
    const request = { caller: aCaller(), connectionId: "connection-1" };

    await expect(deleteConnection(dependencies, request)).rejects.toThrow("broke off");
    expect(secrets.stored.size).toBe(0);

    connections.delete = deleteStored;
    await deleteConnection(dependencies, request);
    expect(connections.stored.size).toBe(0);
  });
});
