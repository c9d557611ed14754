import type { FunctionName } from "./environment";

/** Every route of the API and the function behind it; the stack and the functions are made from it. */
export const apiRoutes = [
  { method: "POST", path: "/connections", function: "connectionsApi" },
  { method: "GET", path: "/connections", function: "connectionsApi" },
  { method: "GET", path: "/connections/{connectionId}", function: "connectionsApi" },
  { method: "DELETE", path: "/connections/{connectionId}", function: "connectionsApi" },

  { method: "GET", path: "/segments", function: "segmentsApi" },
  { method: "GET", path: "/segments/{segment}", function: "segmentsApi" },

  { method: "POST", path: "/exports", function: "exportsApi" },
  { method: "GET", path: "/exports", function: "exportsApi" },
  { method: "GET", path: "/exports/{exportId}", function: "exportsApi" },
  { method: "PUT", path: "/exports/{exportId}", function: "exportsApi" },
  { method: "DELETE", path: "/exports/{exportId}", function: "exportsApi" },

  { method: "POST", path: "/exports/{exportId}/runs", function: "runsApi" },
  { method: "GET", path: "/exports/{exportId}/runs", function: "runsApi" },
  { method: "POST", path: "/runs", function: "runsApi" },
  { method: "GET", path: "/runs/{runId}", function: "runsApi" },
  { method: "POST", path: "/runs/{runId}/cancel", function: "runsApi" },
  { method: "GET", path: "/runs/{runId}/rejections", function: "runsApi" },

  { method: "GET", path: "/schedule", function: "schedulesApi" },
  { method: "PUT", path: "/schedule", function: "schedulesApi" },
  { method: "PUT", path: "/export-schedules", function: "schedulesApi" },
  { method: "PUT", path: "/exports/{exportId}/schedule", function: "schedulesApi" },
] as const satisfies readonly {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: `/${string}`;
  function: FunctionName;
}[];

export type ApiRoute = (typeof apiRoutes)[number];
export type ApiFunctionName = ApiRoute["function"];
