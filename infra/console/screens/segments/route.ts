import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";
import { segmentsSearchSchema } from "./search";

export const segmentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/segments",
  validateSearch: segmentsSearchSchema,
  component: lazyRouteComponent(() => import("./segments-screen"), "SegmentsScreen"),
});
