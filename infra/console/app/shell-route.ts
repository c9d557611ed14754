import { createRootRoute } from "@tanstack/react-router";
import { NotHere } from "../frame/not-here";
import { RouteFailure } from "../frame/route-failure";
import { LoadingPage } from "../parts/loading/loading-page";
import { Shell } from "../frame/shell";

/** The route that all screens are below. */
export const shellRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotHere,
  errorComponent: RouteFailure,
  pendingComponent: LoadingPage,
});
