import { describe, expect, it } from "@jest/globals";
import { problem } from "../../../../../shared/domain/problems/problem";
import { anApi } from "../../../../support/api";
import { aConnection, anExport, anInstant, aRun } from "../../../../support/builders";

const attachment = "/exports/export-1/connection";
const detach = { method: "DELETE", path: attachment } as const;
const start = { method: "POST", path: "/exports/export-1/runs" } as const;
const going = { currentRun: { runId: "run-1", claimedAt: anInstant }, lastRunId: "run-1" };

describe("DELETE /exports/{exportId}/connection", () => {
  it("keeps the configuration, points to no connection, and is done once", async () => {
    const api = anApi();

    const answer = await api.request(detach);
    const again = await api.request(detach);

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      connectionId: null,
      connection: null,
      detached: { at: anInstant, by: "administrator-1" },
      listId: "LiSt01",
      segments: ["customers"],
      mapping: { email: "Email" },
      version: 2,
    });
    expect(again.body).toEqual(answer.body);
    expect((await api.exports.listByConnection("connection-1")).items).toEqual([]);
  });

  it("stops the run that is going", async () => {
    const api = anApi({ exports: [anExport(going)] });

    await api.request(detach);

    expect(api.runs.stored.get("run-1")?.stop?.code).toBe("connectionDetached");
  });

  it("skips every start from then on, with a run that says why", async () => {
    const api = anApi();
    await api.request(detach);

    const answers = [await api.request(start), await api.request(start)];

    for (const { status, body } of answers) {
      expect(status).toBe(202);
      expect(body).toMatchObject({ status: "skipped", problem: { code: "noConnectionAttached" } });
    }
    expect(api.prepared).toEqual([]);
    expect(api.exports.stored.get("export-1")?.currentRun).toBeUndefined();
  });

  it("wins over a change of the export at the same time", async () => {
    const api = anApi();
    const write = api.exports.updateSettings;
    let calls = 0;
    api.exports.updateSettings = async (changed, version) => {
      calls += 1;
      if (calls === 1) {
        await write({ ...anExport({ displayName: "Renamed", version: 2 }) }, 1);
      }
      return write(changed, version);
    };

    const answer = await api.request(detach);

    expect(answer.body).toMatchObject({ displayName: "Renamed", connectionId: null, version: 3 });
  });

  it("leaves contributors to view it only", async () => {
    const api = anApi();
    await api.request(detach);
    const role = "Contributor";

    const shown = await api.request({ method: "GET", path: "/exports/export-1", role });
    const attach = await api.request({
      ...{ method: "PUT", path: attachment, role },
      body: { connectionId: "connection-1" },
    });

    expect(shown.body.permissions).toEqual(["view"]);
    expect(attach.status).toBe(403);
  });
});

describe("PUT /exports/{exportId}/connection", () => {
  const attach = (body: unknown) => ({ method: "PUT", path: attachment, body }) as const;

  it("wants it acknowledged anew that an export subscribes its members", async () => {
    const acknowledgement = {
      ...{ agreedBy: "a", agreedAt: anInstant, wordingVersion: "1", wording: "I do" },
    };
    const subscription = { historicalImport: false, acknowledgement } as const;
    const api = anApi({ exports: [anExport({ subscription })] });
    await api.request(detach);

    const refused = await api.request(attach({ connectionId: "connection-1" }));
    expect(refused).toMatchObject({
      ...{ status: 400, body: { code: "invalidRequest", field: "/agree" } },
    });
    const agreed = await api.request(attach({ connectionId: "connection-1", agree: true }));
    expect(agreed).toMatchObject({
      status: 200,
      body: { subscription: { acknowledgement: { agreedBy: "administrator-1" } } },
    });
  });

  it("attaches a detached export again, which then runs", async () => {
    const api = anApi();
    await api.request(detach);

    const answer = await api.request(attach({ connectionId: "connection-1" }));
    const run = await api.request(start);

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ connectionId: "connection-1", listId: "LiSt01" });
    expect(answer.body.detached).toBeUndefined();
    expect([run.status, run.body.status]).toEqual([202, "queued"]);
  });

  it("takes another connection with a list of its account", async () => {
    const second = aConnection({ connectionId: "connection-2", displayName: "Second" });
    const api = anApi({ connections: [aConnection(), second] });

    const answer = await api.request(attach({ connectionId: "connection-2", listId: "LiSt02" }));

    expect(answer.body).toMatchObject({ connectionId: "connection-2", listId: "LiSt02" });
  });

  it.each([
    [{ connectionId: "gone" }, 422, "connectionNotFound", "/connectionId"],
    [{ connectionId: "none" }, 422, "connectionNotFound", "/connectionId"],
    [{ connectionId: "connection-1", listId: "Absent" }, 422, "listNotFound", "/listId"],
    [{}, 400, "invalidRequest", "/connectionId"],
  ])("refuses %j", async (body, status, code, field) => {
    const api = anApi();

    const answer = await api.request(attach(body));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, code, field]);
  });
});

describe("DELETE /connections/{connectionId}/exports", () => {
  it("detaches all of the connection's exports and no other, and the way to removal is free", async () => {
    const exports = [
      anExport(going),
      anExport({ exportId: "export-2" }),
      anExport({ exportId: "export-3", connectionId: "connection-2" }),
    ];
    const second = aConnection({ connectionId: "connection-2", displayName: "Second" });
    const api = anApi({ connections: [aConnection(), second], exports });
    const remove = { method: "DELETE", path: "/connections/connection-1" } as const;

    const refused = await api.request(remove);
    const answer = await api.request({
      method: "DELETE",
      path: "/connections/connection-1/exports",
    });
    const removed = await api.request(remove);

    expect(refused.body).toMatchObject({
      code: "connectionInUse",
      params: { count: 2, exports: "export-1, export-2" },
    });
    expect(answer.body.items.map((item: { exportId: string }) => item.exportId)).toEqual([
      "export-1",
      "export-2",
    ]);
    expect(removed.status).toBe(204);
    expect(api.exports.stored.get("export-3")?.connectionId).toBe("connection-2");
    expect(api.runs.stored.get("run-1")?.stop?.code).toBe("connectionDetached");
  });
});

describe("removing a connection", () => {
  const remove = { method: "DELETE", path: "/connections/connection-1" } as const;
  const snapshot = {
    key: "snapshots/export-1/run-1.parquet",
    fingerprint: "f",
    destination: "destination-1",
    runId: "run-1",
  };

  it("stops runs that still go over it, and takes what runs left along", async () => {
    const runs = [
      aRun(),
      aRun({ runId: "run-2", status: "successful" }),
      aRun({ runId: "run-3", settings: { ...aRun().settings, connectionId: "connection-2" } }),
    ];
    const exports = [anExport({ connectionId: "connection-2", snapshot })];
    const api = anApi({ runs, exports });

    const answer = await api.request(remove);

    expect(answer.status).toBe(204);
    expect(api.runs.stored.get("run-1")?.stop?.code).toBe("connectionRemoved");
    expect(api.runs.stored.get("run-3")?.stop).toBeUndefined();
    // The run that is going deletes its files itself when it ends.
    expect(api.deletedData).toEqual(["run-2"]);
    expect(api.exports.stored.get("export-1")?.snapshot).toBeUndefined();
  });

  it("is finished by repeating it when it broke off in between", async () => {
    const api = anApi({ exports: [], runs: [aRun({ status: "failed" })] });
    const find = api.runs.listByConnection;
    api.runs.listByConnection = async () => {
      throw new Error("not now");
    };

    const broken = await api.request(remove);
    api.runs.listByConnection = find;
    const again = await api.request(remove);

    expect([broken.status, again.status]).toEqual([500, 404]);
    expect(api.deletedData).toEqual(["run-1"]);
  });

  it("removes one whose key is refused like any other", async () => {
    const keyFinding = {
      foundAt: anInstant,
      foundBy: "run",
      problem: problem("keyRefused"),
    } as const;
    const api = anApi({ connections: [aConnection({ keyFinding })], exports: [] });

    expect((await api.request(remove)).status).toBe(204);
  });
});
