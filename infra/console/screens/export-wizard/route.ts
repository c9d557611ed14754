import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route";
import { editExportSearchSchema, newExportSearchSchema } from "./search";

export const newExportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/exports/new",
  validateSearch: newExportSearchSchema,
  component: lazyRouteComponent(() => import("./wizard-screens"), "NewExportScreen"),
});

export const editExportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/exports/$exportId/edit",
  validateSearch: editExportSearchSchema,
  component: lazyRouteComponent(() => import("./wizard-screens"), "EditExportScreen"),
});
