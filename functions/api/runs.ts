import * as z from "zod";
import { runSchema, type Run } from "../../shared/domain/run";
import { runsApiDependencies } from "../../shared/dependencies";
import type { RunsApiDependencies } from "../../shared/use-cases/api-dependencies";
import { cancelRun } from "../../shared/use-cases/cancel-run";
import { requestRun } from "../../shared/use-cases/request-run";
import { runAll } from "../../shared/use-cases/run-all";
import { getRejections, getRun, listRuns } from "../../shared/use-cases/view-runs";
import { createApi, operation, type ApiHandler } from "../middleware/api";
import { lazyHandler } from "../middleware/lazy-handler";
import { accepted, ok, okPage } from "./answers/answer";
import { presentRun } from "./answers/run-answer";
import { idSchema, noBody, noParameters, pageOf, pageQuerySchema } from "./request-schemas";

/** The body of `POST /exports/{exportId}/runs`; it may be left out. */
export const startRunBodySchema = z
  .strictObject({
    mode: runSchema.shape.mode.default("incremental"),
    allowMassRemoval: runSchema.shape.allowMassRemoval,
  })
  .default({ mode: "incremental", allowMassRemoval: false });

const exportPath = z.strictObject({ exportId: idSchema });
const runPath = z.strictObject({ runId: idSchema });

/** What the audit log keeps of a start. */
function startOf({ mode, allowMassRemoval, status }: Run): object {
  return { mode, ...(allowMassRemoval ? { allowMassRemoval } : {}), status };
}

/** Makes the function behind `/exports/{exportId}/runs` and `/runs`. */
export function createHandler(dependencies: RunsApiDependencies): ApiHandler {
  return createApi("runsApi", dependencies, {
    "POST /exports/{exportId}/runs": operation(
      { path: exportPath, query: noParameters, body: startRunBodySchema },
      async ({ caller, log, note, path, body }) => {
        const run = await requestRun({ ...dependencies, log }, { caller, ...path, ...body });
        note({ runId: run.runId, after: startOf(run) });
        return accepted(`/runs/${run.runId}`, presentRun(run));
      },
    ),

    "GET /exports/{exportId}/runs": operation(
      { path: exportPath, query: pageQuerySchema, body: noBody },
      async ({ caller, path, query }) =>
        okPage(await listRuns(dependencies, { caller, ...path, page: pageOf(query) }), presentRun),
    ),

    "POST /runs": operation(
      { path: noParameters, query: noParameters, body: noBody.or(z.strictObject({})) },
      async ({ caller, log }) => {
        const items = await runAll({ ...dependencies, log }, { caller });
        return accepted("/exports", { items });
      },
    ),

    "GET /runs/{runId}": operation(
      { path: runPath, query: noParameters, body: noBody },
      async ({ caller, path }) => ok(presentRun(await getRun(dependencies, { caller, ...path }))),
    ),

    "POST /runs/{runId}/cancel": operation(
      { path: runPath, query: noParameters, body: noBody },
      async ({ caller, log, path }) => {
        const run = await cancelRun({ ...dependencies, log }, { caller, ...path });
        return accepted(`/runs/${run.runId}`, presentRun(run));
      },
    ),

    "GET /runs/{runId}/rejections": operation(
      { path: runPath, query: noParameters, body: noBody },
      async ({ caller, log, path }) =>
        ok(await getRejections({ ...dependencies, log }, { caller, ...path })),
    ),
  });
}

export const handler = lazyHandler(() => createHandler(runsApiDependencies()));
