import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";
import { sourcesSearchSchema } from "./search";

export const sourcesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/sources",
  validateSearch: sourcesSearchSchema,
  component: lazyRouteComponent(() => import("./sources-screen"), "SourcesScreen"),
});
