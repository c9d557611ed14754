import { describe, expect, it } from "@jest/globals";
import { apiRoutes } from "../../../../shared/config/api-routes";
import { roleSchema, type Role } from "../../../../shared/domain/identity";
import { aConnectionBody, anApi, anExportBody, type ApiRequestParts } from "../../../support/api";
import { aConnection, aRun } from "../../../support/builders";

const report = "reports/run-1/rejections.csv";
const ended = aRun({ status: "completedWithWarnings", report });

/** One request for each route, and the lowest role that it takes. */
const table: readonly { route: string; needs: Role; request: ApiRequestParts; status: number }[] = [
  {
    route: "POST /connections",
    needs: "Administrator",
    request: { method: "POST", path: "/connections", body: aConnectionBody },
    status: 201,
  },
  {
    route: "GET /connections",
    needs: "Contributor",
    request: { method: "GET", path: "/connections" },
    status: 200,
  },
  {
    route: "GET /connections/{connectionId}",
    needs: "Contributor",
    request: { method: "GET", path: "/connections/connection-1" },
    status: 200,
  },
  {
    route: "DELETE /connections/{connectionId}",
    needs: "Administrator",
    request: { method: "DELETE", path: "/connections/unused" },
    status: 204,
  },
  {
    route: "GET /segments",
    needs: "Viewer",
    request: { method: "GET", path: "/segments" },
    status: 200,
  },
  {
    route: "GET /segments/{segment}",
    needs: "Viewer",
    request: { method: "GET", path: "/segments/customers" },
    status: 200,
  },
  {
    route: "POST /exports",
    needs: "Contributor",
    request: { method: "POST", path: "/exports", body: anExportBody },
    status: 201,
  },
  {
    route: "GET /exports",
    needs: "Viewer",
    request: { method: "GET", path: "/exports" },
    status: 200,
  },
  {
    route: "GET /exports/{exportId}",
    needs: "Viewer",
    request: { method: "GET", path: "/exports/export-1" },
    status: 200,
  },
  {
    route: "PUT /exports/{exportId}",
    needs: "Contributor",
    request: { method: "PUT", path: "/exports/export-1", body: anExportBody },
    status: 200,
  },
  {
    route: "DELETE /exports/{exportId}",
    needs: "Contributor",
    request: { method: "DELETE", path: "/exports/export-1" },
    status: 204,
  },
  {
    route: "POST /exports/{exportId}/runs",
    needs: "Contributor",
    request: { method: "POST", path: "/exports/export-1/runs" },
    status: 202,
  },
  {
    route: "GET /exports/{exportId}/runs",
    needs: "Viewer",
    request: { method: "GET", path: "/exports/export-1/runs" },
    status: 200,
  },
  {
    route: "GET /runs/{runId}",
    needs: "Viewer",
    request: { method: "GET", path: "/runs/run-1" },
    status: 200,
  },
  {
    route: "GET /runs/{runId}/rejections",
    needs: "Contributor",
    request: { method: "GET", path: "/runs/run-1/rejections" },
    status: 200,
  },
  {
    route: "POST /runs/{runId}/cancel",
    needs: "Contributor",
    request: { method: "POST", path: "/runs/going/cancel" },
    status: 202,
  },
  {
    route: "POST /runs",
    needs: "Contributor",
    request: { method: "POST", path: "/runs" },
    status: 202,
  },
  {
    route: "GET /schedule",
    needs: "Viewer",
    request: { method: "GET", path: "/schedule" },
    status: 200,
  },
  {
    route: "PUT /schedule",
    needs: "Administrator",
    request: { method: "PUT", path: "/schedule", body: { active: false } },
    status: 200,
  },
  {
    route: "PUT /export-schedules",
    needs: "Contributor",
    request: {
      method: "PUT",
      path: "/export-schedules",
      body: { exportIds: ["export-1"], change: "switchOff" },
    },
    status: 200,
  },
  {
    route: "PUT /exports/{exportId}/schedule",
    needs: "Contributor",
    request: { method: "PUT", path: "/exports/export-1/schedule", body: { mode: "off" } },
    status: 200,
  },
];

const state = () => ({
  connections: [aConnection(), aConnection({ connectionId: "unused", displayName: "Unused" })],
  runs: [ended, aRun({ runId: "going" })],
});

describe("who may do what", () => {
  it("is written down for every route", () => {
    const routes = apiRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(table.map(({ route }) => route).sort()).toEqual([...routes].sort());
  });

  const walk = table.flatMap((row) => roleSchema.options.map((role) => ({ ...row, role })));

  it.each(walk)("$route as $role", async ({ request, role, needs, status }) => {
    const api = anApi(state());
    const ranks = roleSchema.options;
    const allowed = ranks.indexOf(role) <= ranks.indexOf(needs);

    const answer = await api.request({ ...request, role });

    if (allowed) {
      expect(answer.status).toBe(status);
    } else {
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: "notPermitted", params: { role: needs } });
    }
  });

  it.each(table)("$route without an identity, or without a known group", async ({ request }) => {
    const api = anApi(state());
    const claims = (given: unknown) => ({
      requestContext: {
        requestId: "request-1",
        http: { method: request.method, path: request.path },
        ...(given === undefined ? {} : { authorizer: { jwt: { claims: given } } }),
      },
    });

    const nobody = await api.request({ ...request, event: claims(undefined) });
    const nameless = await api.request({ ...request, event: claims({ sub: "" }) });
    const groupless = await api.request({ ...request, event: claims({ sub: "user-1" }) });
    const stranger = await api.request({
      ...request,
      event: claims({ sub: "user-1", "cognito:groups": "[administrator Admins]" }),
    });

    expect([nobody.status, nobody.body.code]).toEqual([401, "notAuthenticated"]);
    expect([nameless.status, nameless.body.code]).toEqual([401, "notAuthenticated"]);
    expect([groupless.status, groupless.body.code]).toEqual([403, "notPermitted"]);
    expect([stranger.status, stranger.body.code]).toEqual([403, "notPermitted"]);
  });
});

describe("a connection that is not shared with contributors", () => {
  const unshared = () =>
    anApi({ connections: [aConnection({ sharing: "administrators" })], runs: [ended] });

  it("is neither listed nor found by a contributor", async () => {
    const api = unshared();
    const role = "Contributor";

    const list = await api.request({ method: "GET", path: "/connections", role });
    const one = await api.request({ method: "GET", path: "/connections/connection-1", role });

    expect(list.body).toEqual({ items: [] });
    expect([one.status, one.body.code]).toEqual([404, "connectionNotFound"]);
  });

  it("gives no export to make: the answer points to an administrator", async () => {
    const api = unshared();

    const answer = await api.request({
      method: "POST",
      path: "/exports",
      body: anExportBody,
      role: "Contributor",
    });

    expect([answer.status, answer.body.code]).toEqual([409, "noConnectionAvailable"]);
    expect(answer.body.detail).toContain("administrator");
  });

  it.each([
    { method: "PUT", path: "/exports/export-1", body: anExportBody },
    { method: "DELETE", path: "/exports/export-1" },
    { method: "POST", path: "/exports/export-1/runs" },
  ])("lets a contributor only look at its exports: $method $path", async (request) => {
    const api = unshared();

    const refused = await api.request({ ...request, role: "Contributor" });
    const shown = await api.request({
      method: "GET",
      path: "/exports/export-1",
      role: "Contributor",
    });

    expect([refused.status, refused.body.code]).toEqual([403, "notPermitted"]);
    expect(shown.body.permissions).toEqual(["view"]);
    expect(api.prepared).toEqual([]);
  });
});

describe("the roles in a token", () => {
  const roleOf = async (claim: unknown, name = "cognito:groups") => {
    const api = anApi();
    const answer = await api.request({
      method: "GET",
      path: "/connections/connection-1",
      event: {
        requestContext: {
          requestId: "request-1",
          http: { method: "GET", path: "/connections/connection-1" },
          authorizer: { jwt: { claims: { sub: "user-1", [name]: claim } } },
        },
      },
    });
    return answer.status === 403 ? "none" : "consent" in answer.body ? "Administrator" : "less";
  };

  it.each([
    ["[Administrator Contributor]", "Administrator"],
    ["[Contributor Administrator]", "Administrator"],
    ["[Contributor, Viewer]", "less"],
    ["Administrator", "Administrator"],
    [["Viewer", "Administrator"], "Administrator"],
    ["[Viewer]", "none"],
    ["[NotAdministrator]", "none"],
    ["", "none"],
    [undefined, "none"],
    [{ Administrator: true }, "none"],
  ])("%j make the caller: %s", async (claim, expected) => {
    expect(await roleOf(claim)).toBe(expected);
  });

  it("are read from the claim that is configured and no other", async () => {
    expect(await roleOf("[Administrator]", "groups")).toBe("none");
  });
});
