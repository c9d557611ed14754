import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";
import { comparisonSearchSchema } from "./search";

/** Two runs side by side. */
export const comparisonRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/runs/compare",
  validateSearch: comparisonSearchSchema,
  component: lazyRouteComponent(() => import("./comparison-screen"), "ComparisonScreen"),
});
