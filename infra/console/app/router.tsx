import { createRouter } from "@tanstack/react-router";
import { auditRoute } from "../screens/audit/route";
import { comparisonRoute } from "../screens/comparison/route";
import { connectionRoute, klaviyoSignedInRoute } from "../screens/connection/route";
import { connectionsRoute } from "../screens/connections/route";
import { editExportRoute, newExportRoute } from "../screens/export-wizard/route";
import { explainRoute } from "../screens/explain/route";
import { exportRoute } from "../screens/export/route";
import { exportsRoute } from "../screens/exports/route";
import { homeRoute } from "../screens/home/route";
import { previewRoute } from "../screens/preview/route";
import { rejectionsRoute } from "../screens/rejections/route";
import { runRoute } from "../screens/run/route";
import { runsRoute } from "../screens/runs/route";
import { segmentRoute } from "../screens/segment/route";
import { segmentsRoute } from "../screens/segments/route";
import { sourceRoute } from "../screens/source/route";
import { sourcesRoute } from "../screens/sources/route";
import { systemRefreshRoute } from "../screens/system-refresh/route";
import { shellRoute } from "./shell-route";

/** Every screen by its address. */
export const router = createRouter({
  routeTree: shellRoute.addChildren([
    auditRoute,
    comparisonRoute,
    connectionRoute,
    klaviyoSignedInRoute,
    connectionsRoute,
    editExportRoute,
    newExportRoute,
    explainRoute,
    exportRoute,
    exportsRoute,
    homeRoute,
    previewRoute,
    rejectionsRoute,
    runRoute,
    runsRoute,
    segmentRoute,
    segmentsRoute,
    sourceRoute,
    sourcesRoute,
    systemRefreshRoute,
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
