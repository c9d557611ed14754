import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";
import { exportsSearchSchema } from "./search";

export const exportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/exports",
  validateSearch: exportsSearchSchema,
  component: lazyRouteComponent(() => import("./exports-screen"), "ExportsScreen"),
});
