import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { apiRoutes } from "../../../../shared/config/api-routes";
import {
  accessTable,
  type Access,
  type Action,
} from "../../../../shared/domain/access/access-table";
import type { Connection } from "../../../../shared/domain/connections/connection";
import { roleSchema, type Role } from "../../../../shared/domain/access/identity";
import { verifiedToken } from "../../../support/access-token";
import {
  acceptedKey,
  aConnectionBody,
  anApi,
  anExportBody,
  type ApiRequestParts,
} from "../../../support/api";
import { aConnection, anExport, aRun, aPreview } from "../../../support/builders";

/** What the gateway hands on of a request with this token. */
const tokenOf = (given: Record<string, unknown>) => {
  const { headers, authorizer } = verifiedToken(given);
  return { headers, requestContext: { authorizer } };
};

const report = "reports/run-1/rejections.csv";
const ended = aRun({ status: "completedWithWarnings", report });

type Row = readonly [Access, Access, Access];
/** Who may do what, as the product's documentation has it: Administrator, Contributor, Viewer. */
const expected: Record<Action, Row> = {
  createConnection: ["all", "none", "none"],
  listConnections: ["all", "shared", "none"],
  viewConnection: ["all", "shared", "none"],
  viewConnectionDetails: ["all", "none", "none"],
  viewConnectionName: ["all", "shared", "shared"],
  viewPace: ["all", "shared", "none"],
  updateConnection: ["all", "none", "none"],
  verifyConnection: ["all", "none", "none"],
  replaceKey: ["all", "none", "none"],
  beginSignIn: ["all", "none", "none"],
  deleteConnection: ["all", "none", "none"],
  listConnectionExports: ["all", "none", "none"],
  detachConnectionExports: ["all", "none", "none"],
  listKlaviyoLists: ["all", "shared", "none"],
  createKlaviyoList: ["all", "shared", "none"],
  viewKlaviyoList: ["all", "shared", "none"],
  createSource: ["all", "none", "none"],
  listSources: ["all", "none", "none"],
  viewSource: ["all", "none", "none"],
  updateSource: ["all", "none", "none"],
  verifySource: ["all", "none", "none"],
  deleteSource: ["all", "none", "none"],
  listSegments: ["all", "all", "all"],
  viewSegment: ["all", "all", "all"],
  viewSegmentRows: ["all", "all", "none"],
  viewSegmentSettings: ["all", "all", "all"],
  updateSegmentSettings: ["all", "all", "none"],
  viewProfiles: ["all", "all", "none"],
  listExports: ["all", "all", "all"],
  viewExport: ["all", "all", "all"],
  createExport: ["all", "shared", "none"],
  updateExport: ["all", "shared", "none"],
  deleteExport: ["all", "shared", "none"],
  attachExport: ["all", "shared", "none"],
  detachExport: ["all", "none", "none"],
  scheduleExport: ["all", "shared", "none"],
  scheduleExports: ["all", "shared", "none"],
  startRun: ["all", "shared", "none"],
  resubscribe: ["all", "none", "none"],
  reconcileList: ["all", "none", "none"],
  createPreview: ["all", "shared", "none"],
  viewPreview: ["all", "shared", "none"],
  explainProfile: ["all", "shared", "none"],
  runAll: ["all", "all", "none"],
  cancelRun: ["all", "shared", "none"],
  listRuns: ["all", "all", "all"],
  listAllRuns: ["all", "all", "all"],
  viewRun: ["all", "all", "all"],
  downloadRejections: ["all", "shared", "none"],
  listRejections: ["all", "shared", "none"],
  countRejections: ["all", "shared", "none"],
  viewSchedule: ["all", "all", "all"],
  updateSchedule: ["all", "none", "none"],
  viewAudit: ["all", "none", "none"],
  viewDescription: ["all", "all", "all"],
  viewCaller: ["all", "all", "all"],
};
const actions = Object.keys(expected) as Action[];

const settings = { displayName: "Shop", sharing: "administrators", profileLimit: 5 };

/** One request for each action that is a route, and its answer to who may; 403 to others by default. */
const requests: Partial<
  Record<Action, { body?: unknown; path?: string; status: number; unshared?: number }>
> = {
  createConnection: { body: aConnectionBody, status: 201 },
  // Others' connections are left out.
  listConnections: { status: 200, unshared: 200 },
  viewConnection: { status: 200, unshared: 404 },
  viewPace: { status: 200, unshared: 404 },
  updateConnection: { body: settings, status: 200 },
  verifyConnection: { status: 200 },
  replaceKey: { body: { apiKey: acceptedKey }, status: 200 },
  // The stage has no app.
  beginSignIn: { body: { returnTo: "terminal" }, status: 409 },
  deleteConnection: { path: "/connections/unused", status: 204 },
  listConnectionExports: { status: 200 },
  detachConnectionExports: { status: 200 },
  listKlaviyoLists: { status: 200, unshared: 404 },
  createKlaviyoList: { body: { name: "New" }, status: 201, unshared: 404 },
  viewKlaviyoList: { status: 200, unshared: 404 },
  createSource: {
    body: { displayName: "Export", place: { kind: "s3", bucket: "exports" } },
    status: 201,
  },
  listSources: { status: 200 },
  viewSource: { status: 200 },
  updateSource: { body: { displayName: "Renamed" }, status: 200 },
  verifySource: { status: 200 },
  deleteSource: { status: 204 },
  listSegments: { status: 200 },
  viewSegment: { status: 200 },
  viewSegmentRows: { status: 200 },
  viewSegmentSettings: { status: 200 },
  updateSegmentSettings: { body: { columns: ["email"] }, status: 200 },
  listExports: { status: 200 },
  viewExport: { status: 200 },
  createExport: { body: anExportBody, status: 201, unshared: 409 },
  updateExport: { body: anExportBody, status: 200 },
  deleteExport: { status: 204 },
  attachExport: { body: { connectionId: "connection-1" }, status: 200 },
  detachExport: { status: 200 },
  scheduleExport: { body: { mode: "off" }, status: 200 },
  scheduleExports: { body: { exportIds: ["export-1"], change: "switchOff" }, status: 200 },
  startRun: { status: 202 },
  createPreview: { status: 202 },
  explainProfile: { body: { email: "ann@example.org" }, status: 200 },
  viewPreview: { status: 200 },
  runAll: { status: 202 },
  cancelRun: { path: "/runs/going/cancel", status: 202 },
  listRuns: { status: 200 },
  listAllRuns: { status: 200 },
  viewRun: { status: 200 },
  downloadRejections: { status: 200 },
  listRejections: { status: 200 },
  countRejections: { status: 200 },
  viewSchedule: { status: 200 },
  updateSchedule: { body: { active: false }, status: 200 },
  viewAudit: { status: 200 },
  viewDescription: { status: 200 },
  viewCaller: { status: 200 },
};

const pathIds: Record<string, string> = {
  connectionId: "connection-1",
  exportId: "export-1",
  runId: "run-1",
  previewId: "preview-1",
  segment: "customers",
  sourceId: "insights",
  listId: "LiSt01",
};
const table = apiRoutes.map((route) => {
  const { body, path, status, unshared } = requests[route.action] ?? { status: 0 };
  const request: ApiRequestParts = {
    method: route.method,
    path: path ?? route.path.replace(/\{(\w+)\}/g, (_whole, name: string) => pathIds[name] ?? ""),
    body,
  };
  return {
    route: `${route.method} ${route.path}`,
    action: route.action,
    request,
    status,
    unshared,
  };
});

const state = (sharing: Connection["sharing"] = "administratorsAndContributors") => ({
  connections: [
    aConnection({ sharing }),
    aConnection({ connectionId: "unused", displayName: "Unused", sharing: "administrators" }),
  ],
  runs: [ended, aRun({ runId: "going" })],
  previews: [aPreview({ requestedBy: "somebody-else" })],
});

const roleIndex: Record<Role, 0 | 1 | 2> = { Administrator: 0, Contributor: 1, Viewer: 2 };

describe("who may do what", () => {
  it.each(actions)("is written down once: %s", (action) => {
    expect(roleSchema.options.map((role) => accessTable[action][role])).toEqual(expected[action]);
  });

  it("is known and tried for every action and every route", () => {
    expect(Object.keys(accessTable).sort()).toEqual([...actions].sort());
    // Parts of other actions, tried where these are.
    const withoutRoute: Action[] = [
      "viewConnectionDetails",
      "viewConnectionName",
      "resubscribe",
      "viewProfiles",
      "reconcileList",
    ];
    const tried = table.map(({ action }) => action);
    expect([...tried, ...withoutRoute].sort()).toEqual([...actions].sort());
    expect(table.filter(({ status }) => status === 0)).toEqual([]);
  });

  it("stands in the documentation as in the code", () => {
    const page = readFileSync(path.resolve(__dirname, "../../../../docs/rest-api.md"), "utf8");
    const words: Record<Access, string> = { all: "yes", shared: "shared", none: "–" };
    const line = (action: Action): string => {
      const route = apiRoutes.find((candidate) => candidate.action === action);
      const name = route === undefined ? "" : `\`${route.method} ${route.path}\``;
      return `| ${action} | ${name} | ${expected[action].map((access) => words[access]).join(" | ")} |`;
    };
    const unpadded = (text: string): string => text.replace(/ +\|/g, " |");
    expect(unpadded(page)).toContain(unpadded(actions.map(line).join("\n")));
  });

  const walk = table.flatMap((row) =>
    roleSchema.options.flatMap((role) =>
      (["administratorsAndContributors", "administrators"] as const).map((sharing) => ({
        ...row,
        ...{ role, sharing },
      })),
    ),
  );

  it.each(walk)("$action as $role, connection for $sharing: $route", async (row) => {
    const { request, role, sharing, action, status, unshared } = row;
    const api = anApi(state(sharing));
    const access = expected[action][roleIndex[role]];

    const answer = await api.request({ ...request, role });

    if (access === "all" || (access === "shared" && sharing === "administratorsAndContributors")) {
      expect(answer.status).toBe(status);
    } else if (access === "shared") {
      expect(answer.status).toBe(unshared ?? 403);
      expect(answer.text).not.toContain("Shop");
      expect(api.prepared).toEqual([]);
    } else {
      expect(answer.status).toBe(403);
      const needed = expected[action][1] === "none" ? "Administrator" : "Contributor";
      expect(answer.body).toMatchObject({ code: "notPermitted", params: { role: needed } });
    }
  });

  it.each(
    roleSchema.options.flatMap((role) =>
      (["administratorsAndContributors", "administrators"] as const).map((sharing) => ({
        ...{ role, sharing },
      })),
    ),
  )("viewConnectionDetails, viewConnectionName as $role, for $sharing", async (row) => {
    const { role, sharing } = row;
    const api = anApi(state(sharing));
    const shows = (action: Action): boolean => {
      const access = expected[action][roleIndex[role]];
      return access === "all" || (access === "shared" && sharing !== "administrators");
    };

    const connection = await api.request({
      method: "GET",
      path: "/connections/connection-1",
      role,
    });
    const shown = await api.request({ method: "GET", path: "/exports/export-1", role });

    expect("account" in connection.body).toBe(shows("viewConnectionDetails"));
    expect(shown.body.connection).toEqual(
      shows("viewConnectionName") ? { displayName: "Shop", type: "klaviyo" } : null,
    );
  });

  it.each(
    roleSchema.options.flatMap((role) =>
      ["/exports/export-1/runs", "/exports/export-1/previews"].map((path) => ({ role, path })),
    ),
  )("reconcileList as $role: POST $path", async ({ role, path: reconciled }) => {
    const api = anApi({ ...state(), exports: [anExport({ syncMode: "mirror" })] });
    const answer = await api.request({
      ...{ method: "POST", path: reconciled, role },
      body: { reconcile: true },
    });
    if (expected.reconcileList[roleIndex[role]] === "all") {
      expect(answer).toMatchObject({ status: 202, body: { reconcile: true } });
    } else {
      expect([answer.status, answer.body.code]).toEqual([403, "notPermitted"]);
      expect(api.prepared).toEqual([]);
    }
  });

  it.each(table)("$route without an identity, or without a known group", async ({ request }) => {
    const api = anApi(state());
    const claims = (given: Record<string, unknown> | undefined) =>
      given === undefined ? { requestContext: { authorizer: undefined } } : tokenOf(given);

    const nobody = await api.request({ ...request, event: claims(undefined) });
    const nameless = await api.request({ ...request, event: claims({ sub: "" }) });
    const groupless = await api.request({ ...request, event: claims({ sub: "user-1" }) });
    const stranger = await api.request({
      ...request,
      event: claims({ sub: "user-1", "cognito:groups": ["administrator", "Admins"] }),
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
