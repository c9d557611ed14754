import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";
import { runsSearchSchema } from "./search";

export const runsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/runs",
  validateSearch: runsSearchSchema,
  component: lazyRouteComponent(() => import("./runs-screen"), "RunsScreen"),
});
