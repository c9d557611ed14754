import * as z from "zod";
import { routeContract, type RouteContract } from "../route-contract";
import type { RouteKey } from "../../config/api-routes";
import { runSchema, runStatusSchema } from "../../domain/runs/run";
import {
  previewOptionsSchema,
  runModeSchema,
  runOptionsSchema,
  usualPreviewOptions,
  usualRunOptions,
} from "../../domain/runs/run-options";
import { requestedRunsAnswerSchema, runAnswerSchema } from "../answers/run-answer";
import { ids, previewExample, runExample } from "../examples";
import { previewAnswerSchema } from "../answers/preview-answer";
import { componentSchemas } from "../components";
import { rejectionsContract } from "./rejections";
import {
  exportPath,
  idSchema,
  noBody,
  noParameters,
  pageQuerySchema,
  pageSchema,
  previewPath,
  runPath,
  sortQueryFields,
  spanQueryFields,
} from "../request-parts";

/** The body of `POST /exports/{exportId}/runs`; it may be left out. */
const startRunBodySchema = runOptionsSchema.default(usualRunOptions);

/** The body of `POST /exports/{exportId}/previews`; it may be left out. */
const createPreviewBodySchema = previewOptionsSchema.default(usualPreviewOptions);

/** What runs are looked for by, and their order. */
const runsQuerySchema = pageQuerySchema.extend({
  ...sortQueryFields(["requestedAt"]),
  status: runStatusSchema.optional(),
  trigger: runSchema.shape.trigger.optional(),
  mode: runModeSchema.optional(),
  ...spanQueryFields,
});

const runPageSchema = pageSchema(runAnswerSchema).register(componentSchemas, { id: "RunPage" });

const aPageOfRuns = {
  status: 200,
  description: "A page of runs.",
  schema: runPageSchema,
  example: { items: [runExample] },
} as const;

/** The routes of `runsApi`. */
export const runsContract = {
  "POST /exports/{exportId}/runs": routeContract({
    summary: "Start a run",
    description:
      "An export has one run at a time: while one is going the answer names it. Only administrators may reconcile.",
    path: exportPath,
    query: noParameters,
    body: startRunBodySchema,
    bodyExample: usualRunOptions,
    answer: {
      status: 202,
      description: "The run, queued.",
      schema: runAnswerSchema,
      example: runExample,
      location: ({ runId }) => `/runs/${runId}`,
    },
    problems: ["exportNotFound", "exportRunning", "reconcileUpsert"],
  }),
  "POST /exports/{exportId}/previews": routeContract({
    summary: "Preview a run",
    description:
      "Finds out what a run would do now, without doing it; Klaviyo is only read from. A caller has one preview of an export at a time: while one is under way the answer names it. Only administrators may preview a reconciliation.",
    path: exportPath,
    query: noParameters,
    body: createPreviewBodySchema,
    bodyExample: usualPreviewOptions,
    answer: {
      status: 202,
      description: "The preview, under way.",
      schema: previewAnswerSchema,
      example: previewExample.running,
      location: ({ exportId, previewId }) => `/exports/${exportId}/previews/${previewId}`,
    },
    problems: ["exportNotFound", "reconcileUpsert", "previewRunning"],
  }),
  "GET /exports/{exportId}/previews/{previewId}": routeContract({
    summary: "Show a preview",
    description: "Kept for an hour, since it holds profiles.",
    path: previewPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The preview; what was found is there when its status is `ready`.",
      schema: previewAnswerSchema,
      example: previewExample.ready,
    },
    problems: ["exportNotFound", "previewNotFound"],
  }),
  "GET /exports/{exportId}/runs": routeContract({
    summary: "List an export's runs",
    description:
      "Newest first, unless sorted by `requestedAt`. `from` and `until` are of when runs were requested.",
    path: exportPath,
    query: runsQuerySchema,
    body: noBody,
    answer: aPageOfRuns,
    problems: ["exportNotFound"],
  }),
  "GET /runs": routeContract({
    summary: "List the runs of all exports",
    description:
      "Newest first, unless sorted by `requestedAt`. `from` and `until` are of when runs were requested. `connectionId` is that of the connection which the run was over, whatever its export is on now. A page may hold fewer than `limit`, or nothing, when few runs are what is asked for; the list has ended when there is no `next`. A run appears moments after it was requested.",
    path: noParameters,
    query: runsQuerySchema.extend({
      exportId: idSchema.optional(),
      connectionId: idSchema.optional(),
    }),
    body: noBody,
    answer: aPageOfRuns,
    problems: [],
  }),
  "POST /runs": routeContract({
    summary: "Run all exports",
    description:
      "Starts those that the caller may run and whose schedule is not off. One that is running goes on running.",
    path: noParameters,
    query: noParameters,
    body: z.strictObject({}).default({}),
    bodyExample: {},
    answer: {
      status: 202,
      description: "The runs to be; they exist moments later.",
      schema: requestedRunsAnswerSchema,
      example: { items: [{ exportId: ids.export, runId: ids.run }] },
      location: () => "/exports",
    },
    problems: [],
  }),
  "GET /runs/{runId}": routeContract({
    summary: "Show a run",
    path: runPath,
    query: noParameters,
    body: noBody,
    answer: { status: 200, description: "The run.", schema: runAnswerSchema, example: runExample },
    problems: ["runNotFound"],
  }),
  "POST /runs/{runId}/cancel": routeContract({
    summary: "Cancel a run",
    description: "It sends nothing more, waits for what Klaviyo has, and ends `canceled`.",
    path: runPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 202,
      description: "The run.",
      schema: runAnswerSchema,
      example: runExample,
      location: ({ runId }) => `/runs/${runId}`,
    },
    problems: ["runNotFound", "runEnded"],
  }),
  ...rejectionsContract,
} satisfies Record<RouteKey<"runsApi">, RouteContract>;
