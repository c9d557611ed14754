import * as z from "zod";
import { routeContract, versionOf, type RouteContract } from "./route-contract";
import type { RouteKey } from "../config/api-routes";
import { exportScheduleSchema, systemScheduleSettingsSchema } from "../domain/schedules/schedule";
import { scheduledExportAnswerSchema, systemScheduleAnswerSchema } from "./answers/schedule-answer";
import { ids, recurrenceExample, scheduledExportExample, systemScheduleExample } from "./examples";
import { componentSchemas } from "./components";
import { exportPath, idSchema, noBody, noParameters } from "./request-parts";

/** Exports that one request may schedule: all of them are answered within the API's time. */
const MOST_EXPORTS = 100;

const exportIdsSchema = z
  .array(idSchema)
  .min(1)
  .max(MOST_EXPORTS)
  .refine((ids) => new Set(ids).size === ids.length, "an export is named twice");

/** The body of `PUT /export-schedules`. */
const changeSchedulesBodySchema = z.discriminatedUnion("change", [
  z.strictObject({
    exportIds: exportIdsSchema,
    change: z.literal("replace"),
    schedule: exportScheduleSchema,
  }),
  z.strictObject({ exportIds: exportIdsSchema, change: z.literal("switchOn") }),
  z.strictObject({ exportIds: exportIdsSchema, change: z.literal("switchOff") }),
]);

/** The routes of `schedulesApi`. */
export const schedulesContract = {
  "GET /schedule": routeContract({
    summary: "Show the system refresh",
    path: noParameters,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The system refresh and its next runs.",
      schema: systemScheduleAnswerSchema,
      example: systemScheduleExample,
      etag: versionOf,
    },
    problems: [],
  }),
  "PUT /schedule": routeContract({
    summary: "Set the system refresh",
    path: noParameters,
    query: noParameters,
    body: systemScheduleSettingsSchema,
    bodyExample: { active: true, recurrence: recurrenceExample },
    answer: {
      status: 200,
      description: "The system refresh and its next runs.",
      schema: systemScheduleAnswerSchema,
      example: systemScheduleExample,
      etag: versionOf,
    },
    problems: ["scheduleChanged"],
  }),
  "PUT /export-schedules": routeContract({
    summary: "Set the schedules of several exports",
    description:
      "`switchOn` and `switchOff` keep the exports' own times. Each export's version is counted up; it takes no `If-Match`, since that names one version.",
    path: noParameters,
    query: noParameters,
    body: changeSchedulesBodySchema,
    bodyExample: { exportIds: [ids.export], change: "replace", schedule: { mode: "system" } },
    answer: {
      status: 200,
      description: "The exports' schedules.",
      schema: z
        .object({ items: z.array(scheduledExportAnswerSchema) })
        .register(componentSchemas, { id: "ScheduledExports" }),
      example: { items: [scheduledExportExample] },
    },
    problems: ["exportNotFound", { inField: "exportNotFound" }],
  }),
  "PUT /exports/{exportId}/schedule": routeContract({
    summary: "Set an export's schedule",
    description: "The schedule is a part of the export, and so is its version.",
    path: exportPath,
    query: noParameters,
    body: exportScheduleSchema,
    bodyExample: { mode: "own", recurrence: recurrenceExample },
    answer: {
      status: 200,
      description: "The export's schedule.",
      schema: scheduledExportAnswerSchema,
      example: scheduledExportExample,
      etag: versionOf,
    },
    problems: ["exportNotFound", "exportChanged"],
  }),
} satisfies Record<RouteKey<"schedulesApi">, RouteContract>;
