import { apiRoutes } from "../../../../shared/config/api-routes";

/** Actions that the audit log may hold, by the alphabet: those of routes that change something, and of runs. */
export const auditedActions: readonly string[] = [
  ...apiRoutes.filter(({ method }) => method !== "GET").map(({ action }) => action),
  "runStarted",
  "runEnded",
].sort();
