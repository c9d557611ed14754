import { createRouter } from "@tanstack/react-router";
import { auditRoute } from "../screens/audit/route";
import { comparisonRoute } from "../screens/comparison/route";
import { explainRoute } from "../screens/explain/route";
import { rejectionsRoute } from "../screens/rejections/route";
import { runRoute } from "../screens/run/route";
import { exportRoute } from "../screens/export/route";
import { editExportRoute, newExportRoute } from "../screens/export-wizard/route";
import { homeRoute } from "../screens/home/route";
import { previewRoute } from "../screens/preview/route";
import { runsRoute } from "../screens/runs/route";
import { systemRefreshRoute } from "../screens/system-refresh/route";
import { shellRoute } from "./shell-route";

/** Every screen by its address. */
export const router = createRouter({
  routeTree: shellRoute.addChildren([
    homeRoute,
    runsRoute,
    runRoute,
    rejectionsRoute,
    comparisonRoute,
    explainRoute,
    auditRoute,
    systemRefreshRoute,
    newExportRoute,
    exportRoute,
    editExportRoute,
    previewRoute,
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
