import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";
import { klaviyoAnswerSchema } from "./klaviyo-answer";

export const connectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/connections/$connectionId",
  component: lazyRouteComponent(() => import("./connection-screen"), "ConnectionScreen"),
});

/** Where Klaviyo sends a person back to who signed in there: `redirectUris.console` of the app in Klaviyo. */
export const klaviyoSignedInRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/klaviyo-signed-in",
  validateSearch: klaviyoAnswerSchema,
  component: lazyRouteComponent(
    () => import("./klaviyo-signed-in-screen"),
    "KlaviyoSignedInScreen",
  ),
});
