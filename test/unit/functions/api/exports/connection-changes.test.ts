import { describe, expect, it } from "@jest/globals";
import { keyOf } from "../../../../support/fakes/credentials";
import { problem } from "../../../../../shared/domain/problems/problem";
import { acceptedKey, aConnectionBody, anApi, anExportBody } from "../../../../support/api";
import { DomainError } from "../../../../../shared/domain/problems/problem";
import { aConnection, anExport, anInstant } from "../../../../support/builders";

const one = "/connections/connection-1";
const otherKey = "pk_other0123456789";
const ownSecretArn = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:mine/klaviyo-AbCdEf";
const settings = { displayName: "Shop", sharing: "administrators", profileLimit: 7 } as const;

describe("PUT /connections/{connectionId}", () => {
  const put = (body: unknown) => ({ method: "PUT", path: one, body }) as const;

  it("renames, shares and limits, and keeps the rest", async () => {
    const api = anApi();

    const answer = await api.request(put({ ...settings, displayName: "Store", version: 1 }));

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      displayName: "Store",
      sharing: "administrators",
      profileLimit: 7,
      version: 2,
      account: { id: "AbC123" },
      state: "neverUsed",
    });
    expect((await api.request({ method: "GET", path: one })).body).toEqual(answer.body);
  });

  it("may change a name's case only, and refuses a name that another connection has", async () => {
    const api = anApi({
      connections: [
        aConnection(),
        aConnection({ connectionId: "connection-2", displayName: "Other" }),
      ],
    });

    const sameName = await api.request(put({ ...settings, displayName: "SHOP" }));
    const taken = await api.request(put({ ...settings, displayName: "other" }));

    expect(sameName.body.displayName).toBe("SHOP");
    expect([taken.status, taken.body.code, taken.body.field]).toEqual([
      409,
      "displayNameTaken",
      "/displayName",
    ]);
  });

  it("refuses a change of what somebody else changed meanwhile", async () => {
    const answer = await anApi().request(put({ ...settings, version: 2 }));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      409,
      "connectionChanged",
      "/version",
    ]);
  });

  it("lets contributors only view their exports when sharing ends, and manage them again", async () => {
    const api = anApi();
    const role = "Contributor";
    const permissions = async () =>
      (await api.request({ method: "GET", path: "/exports/export-1", role })).body.permissions;

    await api.request(put(settings));
    const unshared = await permissions();
    const edit = { method: "PUT", path: "/exports/export-1", body: anExportBody, role } as const;
    const refused = await api.request(edit);
    await api.request(put({ ...settings, sharing: "administratorsAndContributors" }));

    expect(unshared).toEqual(["view"]);
    expect(refused.status).toBe(403);
    expect(await permissions()).toContain("edit");
  });
});

describe("POST /connections/{connectionId}/verification", () => {
  const verify = { method: "POST", path: `${one}/verification` } as const;

  it("finds a key that works, and what Klaviyo says of the revision", async () => {
    const broken = { foundAt: anInstant, foundBy: "run", problem: problem("keyRefused") } as const;
    const api = anApi({
      connections: [aConnection({ keyFinding: broken, lastUsedAt: anInstant })],
    });
    const before = await api.request({ method: "GET", path: one });
    api.clock.advance(1_000);

    const answer = await api.request(verify);

    expect(before.body).toMatchObject({ state: "keyRefused", problem: { code: "keyRefused" } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      state: "working",
      stateFoundBy: "check",
      stateFoundAt: "2026-11-02T08:00:01.000Z",
      revision: { inUse: "2026-07-15", retiresOn: "2028-07-15" },
    });
    expect(answer.body.problem).toBeUndefined();
  });

  it.each([
    ["a revoked key", { failures: [{ kind: "keyRefused" as const }] }, "keyRefused", "keyRefused"],
    [
      "a key that lacks a scope",
      { missingScopes: ["profiles:write" as const] },
      "scopesMissing",
      "scopesMissing",
    ],
    ["a key of another account", { accountId: "ZzZ999" }, "otherAccount", "accountMismatch"],
  ])("finds %s, which then shows on the connection", async (_what, account, state, code) => {
    const api = anApi({ account });

    const answer = await api.request(verify);

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ state, problem: { code } });
    expect((await api.request({ method: "GET", path: one })).body.state).toBe(state);
  });

  it.each([
    ["typed", "secretUnreadable"],
    ["ownSecret", "ownSecretUnreadable"],
  ] as const)("finds a secret that can't be read (%s)", async (keySource, code) => {
    const api = anApi({ connections: [aConnection({ keySource })] });
    api.secrets.stored.clear();

    const answer = await api.request(verify);

    expect(answer.body).toMatchObject({ state: "secretUnreachable", problem: { code } });
  });

  it.each(["typed", "ownSecret"] as const)(
    "finds a secret that is scheduled for deletion (%s)",
    async (keySource) => {
      const api = anApi({ connections: [aConnection({ keySource })] });
      api.secrets.read = () => Promise.reject(new DomainError("secretScheduledForDeletion"));

      const answer = await api.request(verify);

      const code = "secretScheduledForDeletion";
      expect(answer.body).toMatchObject({ state: "secretUnreachable", problem: { code } });
    },
  );

  it("leaves the state as it is when Klaviyo can't be reached", async () => {
    const api = anApi({ account: { failures: [{ kind: "unavailable", reason: "timeout" }] } });

    const answer = await api.request(verify);

    expect([answer.status, answer.body.code]).toEqual([503, "klaviyoUnavailable"]);
    expect((await api.request({ method: "GET", path: one })).body.state).toBe("neverUsed");
  });
});

describe("PUT /connections/{connectionId}/key", () => {
  const replace = (body: unknown) => ({ method: "PUT", path: `${one}/key`, body }) as const;
  const { secretArn } = aConnection();

  it("puts another key of the same account in the old one's place", async () => {
    const api = anApi({ accounts: { [otherKey]: {} } });

    const answer = await api.request(replace({ apiKey: otherKey }));

    expect([answer.status, answer.body.version, answer.body.keySource]).toEqual([200, 2, "typed"]);
    expect([...api.secrets.stored]).toEqual([[secretArn, keyOf(otherKey)]]);
    expect(answer.text + JSON.stringify(api.log.lines)).not.toMatch(/pk_|secretArn/i);
  });

  it.each([
    ["a key of another account", { accountId: "ZzZ999" }, "accountMismatch"],
    ["a revoked key", { failures: [{ kind: "keyRefused" as const }] }, "keyRefused"],
    [
      "a key without profiles:write",
      { missingScopes: ["profiles:write" as const] },
      "scopesMissing",
    ],
  ])("refuses %s with a code of its own, and keeps the old one", async (_what, account, code) => {
    const api = anApi({ accounts: { [otherKey]: account } });

    const answer = await api.request(replace({ apiKey: otherKey }));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([422, code, "/apiKey"]);
    expect([...api.secrets.stored]).toEqual([[secretArn, keyOf(acceptedKey)]]);
    expect((await api.request({ method: "GET", path: one })).body.version).toBe(1);
  });

  it("takes the customer's own secret, deletes the typed key, and never goes back", async () => {
    const api = anApi({ accounts: { [otherKey]: {} }, ownSecrets: { [ownSecretArn]: otherKey } });

    const answer = await api.request(replace({ secretArn: ownSecretArn }));
    const back = await api.request(replace({ apiKey: otherKey }));

    expect(answer.body).toMatchObject({ keySource: "ownSecret", ownSecretArn });
    expect([...api.secrets.stored.keys()]).toEqual([ownSecretArn]);
    expect([back.status, back.body.code]).toEqual([409, "ownSecretInUse"]);
    expect(api.connections.stored.get("connection-1")?.abandonedSecretArn).toBeUndefined();
  });

  it("keeps in mind a typed key that could not be deleted, until the connection is removed", async () => {
    const api = anApi({
      accounts: { [otherKey]: {} },
      ownSecrets: { [ownSecretArn]: otherKey },
      exports: [],
    });
    const remove = api.secrets.delete;
    api.secrets.delete = async () => {
      throw new Error("not now");
    };

    const answer = await api.request(replace({ secretArn: ownSecretArn }));
    api.secrets.delete = remove;
    await api.request({ method: "DELETE", path: one });

    expect(answer.status).toBe(200);
    expect([...api.secrets.stored.keys()]).toEqual([ownSecretArn]);
  });

  it.each([
    ["neither key nor secret", {}, "/apiKey"],
    ["both", { apiKey: otherKey, secretArn: ownSecretArn }, "/apiKey"],
    ["no ARN", { secretArn: "mine" }, "/secretArn"],
    ["a pattern", { secretArn: ownSecretArn.replace("mine", "*") }, "/secretArn"],
    ["another connection's secret", { secretArn }, "/secretArn"],
  ])("refuses %s", async (_what, body, field) => {
    const answer = await anApi().request(replace(body));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      400,
      "invalidRequest",
      field,
    ]);
  });
});

describe("a connection on the customer's own secret", () => {
  const { apiKey: _typed, ...withoutKey } = aConnectionBody;
  const create = {
    method: "POST",
    path: "/connections",
    body: { ...withoutKey, secretArn: ownSecretArn },
  } as const;

  it("keeps no key, and leaves the secret alone when it is removed", async () => {
    const api = anApi({ connections: [], ownSecrets: { [ownSecretArn]: acceptedKey } });

    const answer = await api.request(create);
    await api.request({ method: "DELETE", path: "/connections/id-0001" });

    expect(answer.body).toMatchObject({ keySource: "ownSecret", ownSecretArn });
    expect([...api.secrets.stored]).toEqual([[ownSecretArn, keyOf(acceptedKey)]]);
  });

  it("is not made on a secret that can't be read", async () => {
    const api = anApi();

    const answer = await api.request(create);

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      422,
      "ownSecretUnreadable",
      "/secretArn",
    ]);
    expect(api.connections.stored.size).toBe(1);
  });
});

describe("GET /connections/{connectionId}/exports", () => {
  it("shows who uses the connection, in pages", async () => {
    const exports = ["export-1", "export-2", "export-3"].map((exportId) => anExport({ exportId }));
    const api = anApi({ exports: [...exports, anExport({ exportId: "x", connectionId: "y" })] });
    const page = (query: Record<string, string>) =>
      api.request({ method: "GET", path: `${one}/exports`, query });

    const first = await page({ limit: "2" });
    const second = await page({ limit: "2", after: first.body.next });

    const ids = [...first.body.items, ...second.body.items].map((item) => item.exportId);
    expect(ids).toEqual(["export-1", "export-2", "export-3"]);
    expect(second.body.next).toBeUndefined();
  });
});
