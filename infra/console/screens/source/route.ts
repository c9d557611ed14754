import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";

export const sourceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/sources/$sourceId",
  component: lazyRouteComponent(() => import("./source-screen"), "SourceScreen"),
});
