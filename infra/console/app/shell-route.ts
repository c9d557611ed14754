import { createRootRoute } from "@tanstack/react-router";
import { NotHere } from "../parts/not-here";
import { RouteFailure } from "../parts/route-failure";
import { LoadingPage } from "../parts/loading-page";
import { Shell } from "./shell";

/** The route that all screens are below. */
export const shellRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotHere,
  errorComponent: RouteFailure,
  pendingComponent: LoadingPage,
});
