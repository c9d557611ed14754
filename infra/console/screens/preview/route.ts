import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";

export const previewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/exports/$exportId/previews/$previewId",
  component: lazyRouteComponent(() => import("./preview-screen"), "PreviewScreen"),
});
