import type { RouteKey } from "../config/api-routes";
import { auditContract } from "./audit";
import { connectionsContract } from "./connections";
import { descriptionContract } from "./description";
import { exportsContract } from "./exports";
import type { RouteContract } from "./route-contract";
import { runsContract } from "./runs";
import { schedulesContract } from "./schedules";
import { segmentsContract } from "./segments";

/** The contract of every route; a route without one does not compile. */
export const apiContract: Readonly<Record<RouteKey, RouteContract>> = {
  ...connectionsContract,
  ...exportsContract,
  ...runsContract,
  ...schedulesContract,
  ...segmentsContract,
  ...auditContract,
  ...descriptionContract,
};
