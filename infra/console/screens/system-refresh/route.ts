import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";

/** The system refresh. */
export const systemRefreshRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/system-refresh",
  component: lazyRouteComponent(() => import("./system-refresh-view"), "SystemRefreshView"),
});
