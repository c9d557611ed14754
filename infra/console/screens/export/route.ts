import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";

export const exportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/exports/$exportId",
  component: lazyRouteComponent(() => import("./export-screen"), "ExportScreen"),
});
