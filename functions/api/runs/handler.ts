import { listRequestOf } from "../../../shared/contract/request-parts";
import { runsContract } from "../../../shared/contract/runs/runs";
import type { Run } from "../../../shared/domain/runs/run";
import { toldOptions } from "../../../shared/domain/runs/run-options";
import { cancelRun } from "../../../shared/use-cases/runs/cancel-run";
import { getPreview, requestPreview } from "../../../shared/use-cases/runs/preview/request-preview";
import { requestRun } from "../../../shared/use-cases/runs/start/request-run";
import { runAll } from "../../../shared/use-cases/runs/start/run-all";
import {
  countRejections,
  getRejections,
  listRejections,
} from "../../../shared/use-cases/runs/view-rejections";
import { getRun, listAllRuns, listRuns } from "../../../shared/use-cases/runs/view-runs";
import { createApi, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import { presentPage } from "../../middleware/page-answer";
import { presentPreview } from "./preview-answer";
import { presentRun } from "./run-answer";
import type { RunsApiDependencies } from "./dependencies";
import { runsApiDependencies } from "./wiring";

/** Makes the function behind `/exports/{exportId}/runs` and `/runs`. */
export function createHandler(dependencies: RunsApiDependencies): ApiHandler {
  const present = (run: Run) => presentRun(run, dependencies.clock.now());
  return createApi("runsApi", runsContract, dependencies, {
    "POST /exports/{exportId}/runs": async ({ caller, log, note, seed, path, body }) => {
      const run = await requestRun(
        { ...dependencies, log },
        { caller, ...path, options: body, runId: seed },
      );
      note({ runId: run.runId, after: { ...toldOptions(run), status: run.status } });
      return present(run);
    },

    "POST /exports/{exportId}/previews": async ({ caller, log, note, seed, path, body }) => {
      const preview = await requestPreview(
        { ...dependencies, log },
        { caller, ...path, options: body, previewId: seed },
      );
      note({ after: { previewId: preview.previewId, ...toldOptions(preview) } });
      return presentPreview(preview);
    },

    "GET /exports/{exportId}/previews/{previewId}": async ({ caller, note, path }) => {
      const preview = await getPreview(dependencies, { caller, ...path });
      if (preview.result !== undefined) {
        note({ after: { previewId: preview.previewId } });
      }
      return presentPreview(preview);
    },

    "GET /exports/{exportId}/runs": async ({ caller, path, query }) =>
      presentPage(
        caller,
        await listRuns(dependencies, { caller, ...path, ...listRequestOf(query) }),
        present,
      ),

    "GET /runs": async ({ caller, query }) =>
      presentPage(
        caller,
        await listAllRuns(dependencies, { caller, ...listRequestOf(query) }),
        present,
      ),

    "POST /runs": async ({ caller, log, seed }) => {
      const items = await runAll({ ...dependencies, log }, { caller, seed });
      return { items };
    },

    "GET /runs/{runId}": async ({ caller, path }) =>
      present(await getRun(dependencies, { caller, ...path })),

    "POST /runs/{runId}/cancel": async ({ caller, log, path }) => {
      const run = await cancelRun({ ...dependencies, log }, { caller, ...path });
      return present(run);
    },

    "GET /runs/{runId}/rejections": async ({ caller, log, note, path }) => {
      const link = await getRejections({ ...dependencies, log }, { caller, ...path });
      note({ runId: path.runId });
      return link;
    },

    "GET /runs/{runId}/rejections/rows": async ({ caller, note, path, query }) => {
      const { limit, after, ...filter } = query;
      const { items, next } = await listRejections(dependencies, {
        ...{ caller, ...path, limit, filter },
        after: after === undefined ? undefined : Number(after),
      });
      if (items.length > 0) {
        note({ runId: path.runId });
      }
      return { items, next: next?.toString() };
    },

    "GET /runs/{runId}/rejections/counts": async ({ caller, path }) =>
      countRejections(dependencies, { caller, ...path }),
  });
}

export const handler = lazyHandler(() => createHandler(runsApiDependencies()));
