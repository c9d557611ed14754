import { describe, expect, it } from "@jest/globals";
import { keyOf } from "../../../../support/fakes/credentials";
import { acceptedKey, aConnectionBody, anApi } from "../../../../support/api";
import { aConnection, anExport, anInstant } from "../../../../support/builders";

const create = (body: unknown) => ({ method: "POST", path: "/connections", body }) as const;

describe("POST /connections", () => {
  it("makes a connection, says where it is, and never shows the key or where it lies", async () => {
    const api = anApi();

    const answer = await api.request(create(aConnectionBody));

    expect(answer.status).toBe(201);
    expect(answer.headers["location"]).toBe("/connections/id-0001");
    expect(answer.body).toEqual({
      connectionId: "id-0001",
      type: "klaviyo",
      displayName: "New shop",
      sharing: "administrators",
      profileLimit: 100_000,
      account: { id: "AbC123", organizationName: "Example Shop", timezone: "Europe/Berlin" },
      scopes: ["accounts:read", "lists:read", "lists:write", "profiles:read", "profiles:write"],
      consent: {
        agreedBy: "administrator-1",
        agreedAt: anInstant,
        wordingVersion: expect.any(String),
        wording: expect.stringContaining("I agree"),
      },
      exportUser: "administrator-1",
      keySource: "typed",
      state: "neverUsed",
      stateFoundAt: anInstant,
      stateFoundBy: "check",
      permissions: ["view", "use", "edit", "verify", "replaceKey", "detach", "delete"],
      revision: { inUse: "2026-07-15", retiresOn: "2028-07-15" },
      version: 1,
      createdAt: anInstant,
      createdBy: "administrator-1",
      updatedAt: anInstant,
      updatedBy: "administrator-1",
    });
    const { secretArn } = api.connections.stored.get("id-0001") ?? { secretArn: "" };
    expect(api.secrets.stored.get(secretArn)).toEqual(keyOf(acceptedKey));
    expect(answer.text + JSON.stringify(api.log.lines)).not.toMatch(/pk_|secret/i);
  });

  it("keeps sharing and the contract's profile limit when they are chosen", async () => {
    const api = anApi();

    const answer = await api.request(
      create({
        ...aConnectionBody,
        sharing: "administratorsAndContributors",
        profileLimit: 2_000_000,
      }),
    );

    expect(answer.body).toMatchObject({
      sharing: "administratorsAndContributors",
      profileLimit: 2_000_000,
    });
  });

  it.each([
    ["no display name", { displayName: undefined }, "/displayName"],
    ["a blank display name", { displayName: "  " }, "/displayName"],
    ["a key as display name", { displayName: acceptedKey }, "/displayName"],
    ["no key", { apiKey: undefined }, "/apiKey"],
    ["a public key", { apiKey: "AbC123" }, "/apiKey"],
    ["no consent", { agree: undefined }, "/agree"],
    ["consent refused", { agree: false }, "/agree"],
    ["an unknown kind of sharing", { sharing: "everybody" }, "/sharing"],
    ["a limit of no profiles", { profileLimit: 0 }, "/profileLimit"],
    ["half a profile", { profileLimit: 1.5 }, "/profileLimit"],
    ["an unknown field", { "a/b~c": 1 }, "/a~1b~0c"],
  ])("refuses %s, naming the field, and asks Klaviyo nothing", async (_what, change, field) => {
    const api = anApi();

    const answer = await api.request(create({ ...aConnectionBody, ...change }));

    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.body).toMatchObject({
      type: "urn:klaviyo-segment-export:problem:invalidRequest",
      title: "Invalid request",
      status: 400,
      code: "invalidRequest",
      field,
      requestId: "request-1",
    });
    expect(answer.text).not.toContain("pk_a");
    expect(api.klaviyo.calls).toEqual([]);
    expect(api.connections.stored.size).toBe(1);
  });

  it("quotes the wording when consent is missing", async () => {
    const answer = await anApi().request(create({ ...aConnectionBody, agree: false }));

    expect(answer.body.detail).toContain("compliance boundary");
  });

  it("names each missing scope and leaves nothing behind", async () => {
    const api = anApi({ account: { missingScopes: ["lists:write", "profiles:read"] } });

    const answer = await api.request(create(aConnectionBody));

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: "scopesMissing",
      field: "/apiKey",
      params: { scopes: "lists:write, profiles:read" },
    });
    expect(api.connections.stored.size).toBe(1);
    expect(api.secrets.stored.size).toBe(1);
  });

  it("refuses a key that Klaviyo does not accept", async () => {
    const api = anApi();

    const answer = await api.request(create({ ...aConnectionBody, apiKey: "pk_unknown999" }));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      422,
      "keyRefused",
      "/apiKey",
    ]);
    expect(api.secrets.stored.size).toBe(1);
  });

  it("refuses a display name that is taken, and takes the new secret back", async () => {
    const api = anApi();

    const answer = await api.request(create({ ...aConnectionBody, displayName: " SHOP " }));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      409,
      "displayNameTaken",
      "/displayName",
    ]);
    expect(api.connections.stored.size).toBe(1);
    expect(api.secrets.stored.size).toBe(1);
  });

  it("waits out Klaviyo's limit of one accounts call a second", async () => {
    const failures = [{ kind: "throttled", retryAfterMilliseconds: 1_000 }] as const;
    const api = anApi({ account: { failures: [...failures] } });

    const answer = await api.request(create(aConnectionBody));

    expect(answer.status).toBe(201);
    expect(api.clock.now().getTime() - Date.parse(anInstant)).toBe(1_000);
  });

  it.each([
    { kind: "throttled", retryAfterMilliseconds: 60_000 },
    { kind: "unavailable", reason: "no answer within 30 s" },
  ] as const)("says that Klaviyo is unavailable when it is: $kind", async (failure) => {
    const api = anApi({ account: { failures: [failure] } });

    const answer = await api.request(create(aConnectionBody));

    expect([answer.status, answer.body.code]).toEqual([503, "klaviyoUnavailable"]);
    expect(api.secrets.stored.size).toBe(1);
  });
});

describe("GET /connections", () => {
  const mixed = () =>
    anApi({
      connections: Array.from({ length: 9 }, (_, index) =>
        aConnection({
          connectionId: `connection-${index}`,
          displayName: `Shop ${index}`,
          sharing: index % 3 === 0 ? "administratorsAndContributors" : "administrators",
        }),
      ),
    });

  it("shows an administrator all of all", async () => {
    const answer = await mixed().request({ method: "GET", path: "/connections" });

    expect(answer.body.items).toHaveLength(9);
    expect(answer.body.items[1]).toMatchObject({ account: { id: "AbC123" } });
    expect(answer.text).not.toContain("secret");
  });

  it("shows a contributor name and type of what is shared, in full pages", async () => {
    const api = mixed();
    const page = (after?: string) =>
      api.request({
        method: "GET",
        path: "/connections",
        role: "Contributor",
        query: { limit: "2", ...(after === undefined ? {} : { after }) },
      });

    const first = await page();
    const second = await page(first.body.next);
    const permissions = ["view", "use"];

    expect(first.body.items).toEqual([
      { connectionId: "connection-0", displayName: "Shop 0", type: "klaviyo", permissions },
      { connectionId: "connection-3", displayName: "Shop 3", type: "klaviyo", permissions },
    ]);
    expect(second.body).toEqual({
      items: [
        { connectionId: "connection-6", displayName: "Shop 6", type: "klaviyo", permissions },
      ],
    });
  });

  it.each(["0", "101", "-1", "1.5", "ten", "1e1", "", "1,2"])(
    "refuses %j as a limit",
    async (limit) => {
      const answer = await anApi().request({
        method: "GET",
        path: "/connections",
        query: { limit },
      });

      expect([answer.status, answer.body.field]).toEqual([400, "/limit"]);
    },
  );
});

describe("DELETE /connections/{connectionId}", () => {
  const remove = { method: "DELETE", path: "/connections/connection-1" } as const;

  it("takes connection and key away", async () => {
    const api = anApi({ exports: [] });

    const answer = await api.request(remove);

    expect([answer.status, answer.text]).toEqual([204, ""]);
    expect(api.connections.stored.size).toBe(0);
    expect(api.secrets.stored.size).toBe(0);
    expect((await api.request(remove)).body.code).toBe("connectionNotFound");
  });

  it("is refused while exports use it, and names them", async () => {
    const exports = [anExport(), anExport({ exportId: "export-2" })];
    const api = anApi({ exports });

    const answer = await api.request(remove);

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: "connectionInUse",
      params: { count: 2, exports: "export-1, export-2" },
    });
    expect(api.connections.stored.size).toBe(1);
    expect(api.secrets.stored.size).toBe(1);
  });
});

describe("what a caller may do with a connection", () => {
  it("is what the API lets them do", async () => {
    const routes = {
      edit: { method: "PUT", path: "/connections/connection-1" },
      verify: { method: "POST", path: "/connections/connection-1/verification" },
      replaceKey: { method: "PUT", path: "/connections/connection-1/key" },
      detach: { method: "DELETE", path: "/connections/connection-1/exports" },
      delete: { method: "DELETE", path: "/connections/connection-1" },
    };
    const bodies: Record<string, object> = {
      edit: { displayName: "Shop", sharing: "administrators", profileLimit: 5 },
      replaceKey: { apiKey: acceptedKey },
    };
    for (const role of ["Administrator", "Contributor"] as const) {
      const state = { connections: [aConnection({ sharing: "administratorsAndContributors" })] };
      const show = { method: "GET", path: "/connections/connection-1", role } as const;
      const { permissions } = (await anApi(state).request(show)).body;
      for (const [permission, route] of Object.entries(routes)) {
        const body = bodies[permission];
        const answer = await anApi(state).request({ ...route, role, ...(body && { body }) });
        expect([permission, permissions.includes(permission)]).toEqual([
          permission,
          answer.status !== 403,
        ]);
      }
    }
  });

  it("is not written into the audit log, which says what changed", async () => {
    const api = anApi();
    await api.request(create(aConnectionBody));
    const entries = JSON.stringify([...api.audit.stored.values()]);
    expect(entries).toContain("New shop");
    expect(entries).not.toContain("replaceKey");
  });
});
