import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";

export const segmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/segments/$segment",
  component: lazyRouteComponent(() => import("./segment-screen"), "SegmentScreen"),
});
