import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";

/** Why somebody is on an export's list, or not. Whom was asked for is no part of the address. */
export const explainRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/exports/$exportId/explain",
  component: lazyRouteComponent(() => import("./explain-screen"), "ExplainScreen"),
});
