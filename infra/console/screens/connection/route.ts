import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { KLAVIYO_SIGNED_IN_PATH } from "../../../console-config";
import { shellRoute } from "../../app/shell-route";
import { klaviyoAnswerSchema } from "./klaviyo-answer";

export const connectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/connections/$connectionId",
  component: lazyRouteComponent(() => import("./connection-screen"), "ConnectionScreen"),
});

export const klaviyoSignedInRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: KLAVIYO_SIGNED_IN_PATH,
  validateSearch: klaviyoAnswerSchema,
  component: lazyRouteComponent(
    () => import("./klaviyo-signed-in-screen"),
    "KlaviyoSignedInScreen",
  ),
});
