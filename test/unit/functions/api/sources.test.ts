import { beforeEach, describe, expect, it } from "@jest/globals";
import { DomainError } from "../../../../shared/domain/problems/problem";
import { anApi } from "../../../support/api";
import { anExport, anInstant } from "../../../support/builders";
import {
  fakeObjectFolder,
  type FakeObjectFolder,
} from "../../../support/fakes/stores/object-folder";
import { exportModel } from "../../../support/files/export-model";

const token = "sv=2025-05-05&sp=rl&sr=c&se=2027-01-01T00:00:00Z&sig=c2VjcmV0";
const azure = { kind: "azure", account: "contosodata", container: "exports", folder: "a/b" };
const sas = { kind: "sasToken", sasToken: token };
const azureBody = { displayName: "Höchste Werte 2", place: azure, credential: sas };

let folder: FakeObjectFolder;
beforeEach(() => {
  folder = fakeObjectFolder(new Date(anInstant));
  folder.put(
    "model.json",
    exportModel([{ name: "HighValue" }, { name: "Others", $type: "ReferenceEntity" }]),
  );
});

const post = (api: ReturnType<typeof anApi>, body: unknown, headers: Record<string, string> = {}) =>
  api.request({ method: "POST", path: "/sources", body, headers });
const get = (api: ReturnType<typeof anApi>, path: string) => api.request({ method: "GET", path });

describe("adding a source", () => {
  it("looks into it, says what it found, and never shows the token again", async () => {
    const api = anApi({ sourceFolder: folder });

    const made = await post(api, azureBody);

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      sourceId: "ho-chste-werte-2",
      place: azure,
      state: "working",
      credential: { kind: "sasToken", expiresAt: "2027-01-01T00:00:00.000Z" },
      refreshedAt: anInstant,
      tableCount: 1,
      tables: [{ name: "HighValue", fields: 3 }],
      refused: [{ name: "Others", reason: "it is a reference to a table of another model" }],
    });
    expect(made.headers["location"]).toBe("/sources/ho-chste-werte-2");
    const shown = [
      made.text,
      (await get(api, "/sources")).text,
      (await get(api, "/sources/ho-chste-werte-2")).text,
      (await get(api, "/audit")).text,
    ];
    expect(shown.join("\n")).not.toContain("c2VjcmV0");
    expect(shown.join("\n")).not.toContain("secretArn");
    expect([...api.sourceSecrets.stored.values()]).toContain(token);
  });

  it("lets in as an app of Microsoft Entra, with nothing to keep secret, and shows the app", async () => {
    const api = anApi({ sourceFolder: folder });
    const secrets = api.sourceSecrets.stored.size;
    const credential = {
      kind: "federated",
      tenantId: "11111111-2222-3333-4444-555555555555",
      clientId: "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee",
    };
    const made = await post(api, { ...azureBody, credential });
    expect([made.status, made.body.credential]).toEqual([
      201,
      { ...credential, clientId: credential.clientId.toLowerCase() },
    ]);
    expect(api.sourceSecrets.stored.size).toBe(secrets);
  });

  it("takes a token as the portal gives it, with its address", async () => {
    const api = anApi({ sourceFolder: folder });
    const sasToken = `https://contosodata.blob.core.windows.net/exports?${token}`;
    await post(api, { ...azureBody, credential: { kind: "sasToken", sasToken } });
    expect([...api.sourceSecrets.stored.values()]).toContain(token);
  });

  it("makes one source of a request that is repeated", async () => {
    const api = anApi({ sourceFolder: folder });
    const key = { "idempotency-key": "once" };
    const first = await post(api, azureBody, key);
    const second = await post(api, azureBody, key);
    expect(second.body).toEqual(first.body);
    expect((await get(api, "/sources")).body.items).toHaveLength(3);
  });

  it.each(["modelMissing", "sourceForbidden", "sourcePlaceMissing", "sourceUnavailable"] as const)(
    "leaves nothing behind when it meets %s",
    async (code) => {
      const api = anApi({ sourceFolder: folder });
      const secrets = api.sourceSecrets.stored.size;
      folder.failWith(
        new DomainError(code, { place: "container “exports”", reason: "no", source: "x" }),
      );
      const answer = await post(api, azureBody);
      expect(answer.body.code).toBe(code);
      expect(api.sourceSecrets.stored.size).toBe(secrets);
      expect((await get(api, "/sources")).body.items).toHaveLength(2);
    },
  );

  it.each([
    ["the id of another", { ...azureBody, id: "insights" }, 409, "sourceIdTaken", "/id"],
    ["the built-in source's id", { ...azureBody, id: "bucket" }, 400, "invalidRequest", "/id"],
    ["another's name", { ...azureBody, displayName: "insights" }, 409, "sourceIdTaken", "/id"],
    [
      "another's name under an own id",
      { ...azureBody, id: "own", displayName: "INSIGHTS" },
      409,
      "displayNameTaken",
      "/displayName",
    ],
    [
      "a name without a letter",
      { ...azureBody, displayName: "客户" },
      400,
      "invalidRequest",
      "/id",
    ],
    [
      "a host for an account",
      { ...azureBody, place: { ...azure, account: "evil.example/x" } },
      400,
      "invalidRequest",
      "/place/account",
    ],
    [
      "a path for a container",
      { ...azureBody, place: { ...azure, container: "a/../b" } },
      400,
      "invalidRequest",
      "/place/container",
    ],
    [
      "a way out of the container",
      { ...azureBody, place: { ...azure, folder: "a/../../b" } },
      400,
      "invalidRequest",
      "/place/folder",
    ],
    [
      "Azure without a credential",
      { ...azureBody, credential: undefined },
      400,
      "invalidRequest",
      "/credential/kind",
    ],
    [
      "half an app",
      { ...azureBody, credential: { kind: "federated", clientId: azure.account } },
      400,
      "invalidRequest",
      "/credential/tenantId",
    ],
    [
      "an app for a bucket",
      {
        ...azureBody,
        place: { kind: "s3", bucket: "exports" },
        credential: {
          kind: "federated",
          tenantId: "11111111-2222-3333-4444-555555555555",
          clientId: "11111111-2222-3333-4444-555555555555",
        },
      },
      400,
      "invalidRequest",
      "/credential/kind",
    ],
    [
      "a token for a bucket",
      { ...azureBody, place: { kind: "s3", bucket: "exports" } },
      400,
      "invalidRequest",
      "/credential/kind",
    ],
    [
      "a token that may not list",
      { ...azureBody, credential: { kind: "sasToken", sasToken: "sp=r&sig=x" } },
      400,
      "invalidRequest",
      "/credential/sasToken",
    ],
    [
      "a token that is none",
      { ...azureBody, credential: { kind: "sasToken", sasToken: "hello\r\nHost: x" } },
      400,
      "invalidRequest",
      "/credential/sasToken",
    ],
    [
      "a key that is none",
      { ...azureBody, credential: { kind: "accountKey", accountKey: "secret" } },
      400,
      "invalidRequest",
      "/credential/accountKey",
    ],
  ])("refuses %s", async (_what, body, status, code, field) => {
    const answer = await post(anApi({ sourceFolder: folder }), body);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, code, field]);
  });
});

it("lists the segments bucket as a source like the others, which can't be changed or removed", async () => {
  const api = anApi();
  const { body } = await get(api, "/sources");
  expect(body.items.map((source: { sourceId: string }) => source.sourceId)).toEqual([
    "bucket",
    "insights",
  ]);
  for (const method of ["PUT", "DELETE"]) {
    const answer = await api.request({
      method,
      path: "/sources/bucket",
      ...(method === "PUT" ? { body: { displayName: "Mine" } } : {}),
    });
    expect([answer.status, answer.body.code]).toEqual([409, "sourceBuiltIn"]);
  }
});

describe("verifying a source", () => {
  const verify = (api: ReturnType<typeof anApi>) =>
    api.request({ method: "POST", path: "/sources/insights/verification" });

  it("shows what is wrong now, and that it is right again", async () => {
    const api = anApi({ sourceFolder: folder });
    folder.delete("model.json");
    expect((await verify(api)).body).toMatchObject({
      state: "missing",
      problem: { code: "modelMissing" },
    });
    expect((await get(api, "/sources/insights")).body.state).toBe("missing");
    folder.put("model.json", exportModel([{}]));
    const { body } = await verify(api);
    expect([body.state, body.problem, body.tableCount]).toEqual(["working", undefined, 1]);
  });
});

describe("changing a source", () => {
  const put = (api: ReturnType<typeof anApi>, body: unknown) =>
    api.request({ method: "PUT", path: "/sources/insights", body });
  const used = anExport({ segments: ["insights:HighValue"] });
  const place = { kind: "s3", bucket: "others", folder: "" };

  it("renames it, whatever uses it: its segments keep their names", async () => {
    const api = anApi({ sourceFolder: folder, exports: [used] });
    const { body } = await put(api, { displayName: "Renamed" });
    expect(body).toMatchObject({ sourceId: "insights", displayName: "Renamed", version: 2 });
  });

  it("moves it while no export uses it, and not otherwise: what exports name keeps its meaning", async () => {
    const body = { displayName: "Insights", place, credential: { kind: "none" } };
    const moved = await put(anApi({ sourceFolder: folder }), body);
    expect(moved.body.place).toEqual(place);
    const refused = await put(anApi({ sourceFolder: folder, exports: [used] }), body);
    expect([refused.status, refused.body.code]).toEqual([409, "sourceInUse"]);
  });

  it("takes the token with it that a bucket does not need", async () => {
    const api = anApi({ sourceFolder: folder });
    await post(api, { ...azureBody, id: "moving" });
    const put = { displayName: "Moved", place, credential: { kind: "none" } };
    const { body } = await api.request({ method: "PUT", path: "/sources/moving", body: put });
    expect(body.credential).toEqual({ kind: "none" });
    expect([...api.sourceSecrets.stored.values()]).not.toContain(token);
  });

  it("refuses a version that is not the stored one any more", async () => {
    const answer = await put(anApi(), { displayName: "Renamed", version: 7 });
    expect([answer.status, answer.body.code]).toEqual([409, "sourceChanged"]);
  });
});

describe("removing a source", () => {
  const remove = (api: ReturnType<typeof anApi>, id = "insights") =>
    api.request({ method: "DELETE", path: `/sources/${id}` });

  it("takes its token with it", async () => {
    const api = anApi({ sourceFolder: folder });
    await post(api, { ...azureBody, id: "gone" });
    expect([...api.sourceSecrets.stored.values()]).toContain(token);
    expect((await remove(api, "gone")).status).toBe(204);
    expect([...api.sourceSecrets.stored.values()]).not.toContain(token);
    expect((await get(api, "/sources/gone")).status).toBe(404);
  });

  it("is refused while an export uses one of its segments, which is named", async () => {
    const api = anApi({ exports: [anExport({ segments: ["customers", "insights:HighValue"] })] });
    const answer = await remove(api);
    expect([answer.status, answer.body.code]).toEqual([409, "sourceInUse"]);
    expect(answer.body.params).toMatchObject({ count: 1, exports: "export-1" });
    expect((await get(api, "/sources/insights")).status).toBe(200);
  });
});
