import type { Action } from "../domain/access/access-table";

/**
 * Every route of the API, the function behind it and the action that it is; the stack, the functions and
 * the audit log are made from it.
 */
export const apiRoutes = [
  {
    method: "POST",
    path: "/connections",
    function: "connectionsApi",
    action: "createConnection",
    idempotent: true,
  },
  { method: "POST", path: "/sign-ins", function: "connectionsApi", action: "beginSignIn" },
  {
    method: "GET",
    path: "/connections",
    function: "connectionsApi",
    action: "listConnections",
  },
  {
    method: "GET",
    path: "/connections/{connectionId}",
    function: "connectionsApi",
    action: "viewConnection",
  },
  {
    method: "PUT",
    path: "/connections/{connectionId}",
    function: "connectionsApi",
    action: "updateConnection",
    conditional: true,
  },
  {
    method: "DELETE",
    path: "/connections/{connectionId}",
    function: "connectionsApi",
    action: "deleteConnection",
  },
  {
    method: "POST",
    path: "/connections/{connectionId}/verification",
    function: "connectionsApi",
    action: "verifyConnection",
  },
  {
    method: "PUT",
    path: "/connections/{connectionId}/key",
    function: "connectionsApi",
    action: "replaceKey",
  },
  {
    method: "GET",
    path: "/connections/{connectionId}/pace",
    function: "connectionsApi",
    action: "viewPace",
  },
  {
    method: "GET",
    path: "/connections/{connectionId}/lists",
    function: "connectionsApi",
    action: "listKlaviyoLists",
  },
  {
    method: "POST",
    path: "/connections/{connectionId}/lists",
    function: "connectionsApi",
    action: "createKlaviyoList",
    idempotent: true,
  },
  {
    method: "GET",
    path: "/connections/{connectionId}/lists/{listId}",
    function: "connectionsApi",
    action: "viewKlaviyoList",
  },
  {
    method: "GET",
    path: "/connections/{connectionId}/exports",
    function: "exportsApi",
    action: "listConnectionExports",
  },
  {
    method: "DELETE",
    path: "/connections/{connectionId}/exports",
    function: "exportsApi",
    action: "detachConnectionExports",
  },

  {
    method: "POST",
    path: "/sources",
    function: "sourcesApi",
    action: "createSource",
    idempotent: true,
  },
  { method: "GET", path: "/sources", function: "sourcesApi", action: "listSources" },
  { method: "GET", path: "/sources/{sourceId}", function: "sourcesApi", action: "viewSource" },
  {
    method: "PUT",
    path: "/sources/{sourceId}",
    function: "sourcesApi",
    action: "updateSource",
    conditional: true,
  },
  { method: "DELETE", path: "/sources/{sourceId}", function: "sourcesApi", action: "deleteSource" },
  {
    method: "POST",
    path: "/sources/{sourceId}/verification",
    function: "sourcesApi",
    action: "verifySource",
  },

  { method: "GET", path: "/segments", function: "segmentsApi", action: "listSegments" },
  { method: "GET", path: "/segments/{segment}", function: "segmentsApi", action: "viewSegment" },
  {
    method: "GET",
    path: "/segments/{segment}/rows",
    function: "segmentsApi",
    action: "viewSegmentRows",
    handsOutProfiles: true,
  },
  {
    method: "GET",
    path: "/segments/{segment}/settings",
    function: "segmentsApi",
    action: "viewSegmentSettings",
  },
  {
    method: "PUT",
    path: "/segments/{segment}/settings",
    function: "segmentsApi",
    action: "updateSegmentSettings",
    conditional: true,
  },

  {
    method: "POST",
    path: "/exports",
    function: "exportsApi",
    action: "createExport",
    idempotent: true,
  },
  { method: "GET", path: "/exports", function: "exportsApi", action: "listExports" },
  { method: "GET", path: "/exports/{exportId}", function: "exportsApi", action: "viewExport" },
  {
    method: "PUT",
    path: "/exports/{exportId}",
    function: "exportsApi",
    action: "updateExport",
    conditional: true,
  },
  { method: "DELETE", path: "/exports/{exportId}", function: "exportsApi", action: "deleteExport" },
  {
    method: "PUT",
    path: "/exports/{exportId}/connection",
    function: "exportsApi",
    action: "attachExport",
    conditional: true,
  },
  {
    method: "DELETE",
    path: "/exports/{exportId}/connection",
    function: "exportsApi",
    action: "detachExport",
  },

  {
    method: "POST",
    path: "/exports/{exportId}/runs",
    function: "runsApi",
    action: "startRun",
    idempotent: true,
  },
  { method: "GET", path: "/exports/{exportId}/runs", function: "runsApi", action: "listRuns" },
  {
    method: "POST",
    path: "/exports/{exportId}/previews",
    function: "runsApi",
    action: "createPreview",
    idempotent: true,
  },
  {
    method: "GET",
    path: "/exports/{exportId}/previews/{previewId}",
    function: "runsApi",
    action: "viewPreview",
    handsOutProfiles: true,
  },
  {
    method: "POST",
    path: "/exports/{exportId}/explanations",
    function: "explanationsApi",
    action: "explainProfile",
    handsOutProfiles: true,
  },
  { method: "GET", path: "/runs", function: "runsApi", action: "listAllRuns" },
  { method: "POST", path: "/runs", function: "runsApi", action: "runAll", idempotent: true },
  { method: "GET", path: "/runs/{runId}", function: "runsApi", action: "viewRun" },
  { method: "POST", path: "/runs/{runId}/cancel", function: "runsApi", action: "cancelRun" },
  {
    method: "GET",
    path: "/runs/{runId}/rejections",
    function: "runsApi",
    action: "downloadRejections",
    handsOutProfiles: true,
  },
  {
    method: "GET",
    path: "/runs/{runId}/rejections/rows",
    function: "runsApi",
    action: "listRejections",
    handsOutProfiles: true,
  },
  {
    method: "GET",
    path: "/runs/{runId}/rejections/counts",
    function: "runsApi",
    action: "countRejections",
  },

  { method: "GET", path: "/schedule", function: "schedulesApi", action: "viewSchedule" },
  {
    method: "PUT",
    path: "/schedule",
    function: "schedulesApi",
    action: "updateSchedule",
    conditional: true,
  },
  {
    method: "PUT",
    path: "/export-schedules",
    function: "schedulesApi",
    action: "scheduleExports",
  },
  {
    method: "PUT",
    path: "/exports/{exportId}/schedule",
    function: "schedulesApi",
    action: "scheduleExport",
    conditional: true,
  },

  {
    method: "GET",
    path: "/openapi.json",
    function: "descriptionApi",
    action: "viewDescription",
  },
  { method: "GET", path: "/me", function: "callerApi", action: "viewCaller" },
  { method: "GET", path: "/audit", function: "auditApi", action: "viewAudit" },
] as const satisfies readonly {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: `/${string}`;
  /** As it is called in `functions/definitions.ts`; the stack does not compile with another. */
  function: `${string}Api`;
  action: Action;
  /** Its answers may hold people's data, so that the audit log keeps who was given one. */
  handsOutProfiles?: true;
  /** It honours `If-Match`. */
  conditional?: true;
  /** It takes an `Idempotency-Key`, so that a repetition has no second effect. */
  idempotent?: true;
}[];

export type ApiRoute = (typeof apiRoutes)[number];
export type ApiFunctionName = ApiRoute["function"];

/** A route as `METHOD /path`; of one function, or of all. */
export type RouteKey<Name extends ApiFunctionName = ApiFunctionName> = KeyOf<
  Extract<ApiRoute, { function: Name }>
>;
type KeyOf<Route extends ApiRoute> = Route extends ApiRoute
  ? `${Route["method"]} ${Route["path"]}`
  : never;
