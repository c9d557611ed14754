import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";

/** A run. */
export const runRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/runs/$runId",
  component: lazyRouteComponent(() => import("./run-screen"), "RunScreen"),
});
