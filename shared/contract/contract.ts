import { apiRoutes, type ApiRoute, type RouteKey } from "../config/api-routes";
import { auditContract } from "./audit";
import { callerContract } from "./caller";
import { connectionsContract } from "./connections";
import { descriptionContract } from "./description";
import { exportsContract } from "./exports";
import { explanationsContract } from "./runs/explanations";
import type { RouteContract } from "./route-contract";
import { runsContract } from "./runs/runs";
import { schedulesContract } from "./schedules";
import { segmentsContract } from "./segments";
import { sourcesContract } from "./sources";

/** The contract of every route; a route without one does not compile. */
export const apiContract = {
  ...connectionsContract,
  ...exportsContract,
  ...runsContract,
  ...explanationsContract,
  ...schedulesContract,
  ...segmentsContract,
  ...sourcesContract,
  ...auditContract,
  ...descriptionContract,
  ...callerContract,
} satisfies Record<RouteKey, RouteContract>;

/** A route with what it takes and answers. */
export interface ContractedRoute {
  /** `METHOD /path`. */
  readonly key: string;
  readonly route: ApiRoute;
  readonly contract: RouteContract;
}

/** Every route with its contract, in the order of the list of routes. */
export function contractedRoutes(): readonly ContractedRoute[] {
  const contracts = new Map<string, RouteContract>(Object.entries(apiContract));
  return apiRoutes.map((route) => {
    const key = `${route.method} ${route.path}`;
    const contract = contracts.get(key);
    if (contract === undefined) {
      throw new TypeError(`${key} has no contract`);
    }
    return { key, route, contract };
  });
}
