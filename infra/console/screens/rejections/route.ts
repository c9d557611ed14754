import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";
import { rejectionsSearchSchema } from "./search";

/** A run's rejections; what they are filtered by is a part of the address. */
export const rejectionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/runs/$runId/rejections",
  validateSearch: rejectionsSearchSchema,
  component: lazyRouteComponent(() => import("./rejections-screen"), "RejectionsScreen"),
});
