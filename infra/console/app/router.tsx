import { createRouter } from "@tanstack/react-router";
import { homeRoute } from "../screens/home/route";
import { runsRoute } from "../screens/runs/route";
import { shellRoute } from "./shell-route";

/** Every screen by its address. */
export const router = createRouter({
  routeTree: shellRoute.addChildren([homeRoute, runsRoute]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
