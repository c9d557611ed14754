import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";
import { connectionsSearchSchema } from "./search";

export const connectionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/connections",
  validateSearch: connectionsSearchSchema,
  component: lazyRouteComponent(() => import("./connections-screen"), "ConnectionsScreen"),
});
