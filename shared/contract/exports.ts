import * as z from "zod";
import { routeContract, versionOf, type RouteContract } from "./route-contract";
import type { RouteKey } from "../config/api-routes";
import {
  exportRequestSchema,
  exportSettingsSchema,
  syncModeSchema,
} from "../domain/exports/export";
import { runStatusSchema } from "../domain/runs/run";
import { personalNames } from "../domain/exports/mapped-names";
import { hidesCharacters } from "../domain/text/plain-text";
import { segmentNameSchema } from "../domain/segments/segment";
import { exportAnswerSchema } from "./answers/export-answer";
import { openingSources } from "./answers/source-problems";
import { exportBodyExample, exportExample, ids } from "./examples";
import { componentSchemas } from "./components";
import {
  connectionPath,
  exportPath,
  noAnswer,
  noBody,
  noParameters,
  pageQuerySchema,
  pageSchema,
  shownNameSchema,
  idSchema,
  searchQueryFields,
  sortQueryFields,
  truthQuerySchema,
} from "./request-parts";

/** The body of `POST /exports`. */
export const createExportBodySchema = z.strictObject({
  ...exportRequestSchema.shape,
  displayName: shownNameSchema,
  mapping: exportRequestSchema.shape.mapping.superRefine((mapping, context) => {
    for (const path of personalNames(mapping)) {
      context.addIssue({
        code: "custom",
        path: [...path],
        message:
          "this is rather somebody's data than a field's name: the segment's files seem to have no header, so name their columns in the segment's settings and map one of these names",
      });
    }
    for (const name of Object.keys(mapping.properties ?? {}).filter(hidesCharacters)) {
      context.addIssue({
        code: "custom",
        path: ["properties", name],
        message: "a property's name holds no control characters and none that are not seen",
      });
    }
  }),
});

/** The body of `PUT /exports/{exportId}`: all settings, and the version that they are meant to replace. */
const updateExportBodySchema = createExportBodySchema.extend({
  version: z.number().int().positive().optional(),
});

/**
 * The body of `PUT /exports/{exportId}/connection`; without a list the export keeps its own. `agree` is needed
 * when the export subscribes its members, which is acknowledged for a list and a connection.
 */
const attachExportBodySchema = exportSettingsSchema
  .pick({ connectionId: true, listId: true })
  .partial({ listId: true })
  .extend({ agree: z.boolean().optional() });

/** What exports are looked for by, beside their connection. */
const exportQueryFields = {
  ...searchQueryFields,
  ...sortQueryFields(["displayName", "createdAt", "updatedAt"]),
  listId: exportSettingsSchema.shape.listId.optional(),
  segment: segmentNameSchema
    .optional()
    .register(componentSchemas, { description: "One of the export's segments." }),
  syncMode: syncModeSchema.optional(),
  scheduleMode: z.enum(["system", "onRefresh", "own", "off"]).optional(),
  lastRunStatus: runStatusSchema
    .optional()
    .register(componentSchemas, { description: "Status of the export's last run." }),
};

const exportPageSchema = pageSchema(exportAnswerSchema).register(componentSchemas, {
  id: "ExportPage",
});
const detachedExportsSchema = z
  .object({ items: z.array(exportAnswerSchema) })
  .register(componentSchemas, { id: "DetachedExports" });
const checkingTheSettings = [
  "noConnectionAvailable",
  { inField: "connectionNotFound" },
  { inField: "segmentMissing" },
  "lakeTable",
  "segmentTooLarge",
  ...openingSources,
  "listMirrored",
  { inField: "listNotFound" },
  "keyRefused",
  "scopesMissing",
  "accountMismatch",
  "secretUnreadable",
  "ownSecretUnreadable",
  "secretScheduledForDeletion",
  "klaviyoForbids",
  "klaviyoRefused",
  "klaviyoUnavailable",
] as const;
const detachedExample = {
  ...exportExample,
  connectionId: null,
  connection: null,
  nextRun: null,
  detached: { at: exportExample.updatedAt, by: exportExample.updatedBy },
};

const theExport = {
  status: 200,
  description: "The export.",
  schema: exportAnswerSchema,
  example: exportExample,
  etag: versionOf,
} as const;

/** The routes of `exportsApi`. */
export const exportsContract = {
  "POST /exports": routeContract({
    summary: "Make an export",
    description: "Saving starts nothing.",
    path: noParameters,
    query: noParameters,
    body: createExportBodySchema,
    bodyExample: exportBodyExample,
    answer: {
      status: 201,
      description: "The export.",
      schema: exportAnswerSchema,
      example: exportExample,
      location: ({ exportId }) => `/exports/${exportId}`,
      etag: versionOf,
    },
    problems: [...checkingTheSettings],
  }),
  "GET /exports": routeContract({
    summary: "List exports",
    path: noParameters,
    query: pageQuerySchema.extend({
      ...exportQueryFields,
      connectionId: idSchema.optional(),
      detached: truthQuerySchema.optional(),
    }),
    body: noBody,
    answer: {
      status: 200,
      description: "A page of exports.",
      schema: exportPageSchema,
      example: { items: [exportExample] },
    },
    problems: [],
  }),
  "GET /exports/{exportId}": routeContract({
    summary: "Show an export",
    path: exportPath,
    query: noParameters,
    body: noBody,
    answer: theExport,
    problems: ["exportNotFound"],
  }),
  "PUT /exports/{exportId}": routeContract({
    summary: "Change an export",
    description: "Replaces its settings. A run that is going keeps those that it began with.",
    path: exportPath,
    query: noParameters,
    body: updateExportBodySchema,
    bodyExample: exportBodyExample,
    answer: theExport,
    problems: ["exportNotFound", "exportChanged", ...checkingTheSettings],
  }),
  "DELETE /exports/{exportId}": routeContract({
    summary: "Delete an export",
    description: "A run that is going sends nothing more.",
    path: exportPath,
    query: noParameters,
    body: noBody,
    answer: { status: 204, description: "The export is gone.", schema: noAnswer },
    problems: ["exportNotFound"],
  }),
  "PUT /exports/{exportId}/connection": routeContract({
    summary: "Attach an export to a connection",
    path: exportPath,
    query: noParameters,
    body: attachExportBodySchema,
    bodyExample: { connectionId: ids.connection, listId: "LiSt01" },
    answer: theExport,
    problems: ["exportNotFound", "exportChanged", ...checkingTheSettings],
  }),
  "DELETE /exports/{exportId}/connection": routeContract({
    summary: "Detach an export from its connection",
    description:
      "It keeps its configuration and does not run; a run that is going sends nothing more.",
    path: exportPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The export, detached.",
      schema: exportAnswerSchema,
      example: detachedExample,
      etag: versionOf,
    },
    problems: ["exportNotFound", "exportChanged"],
  }),
  "GET /connections/{connectionId}/exports": routeContract({
    summary: "List a connection's exports",
    path: connectionPath,
    query: pageQuerySchema.extend(exportQueryFields),
    body: noBody,
    answer: {
      status: 200,
      description: "A page of exports.",
      schema: exportPageSchema,
      example: { items: [exportExample] },
    },
    problems: ["connectionNotFound"],
  }),
  "DELETE /connections/{connectionId}/exports": routeContract({
    summary: "Detach all of a connection's exports",
    path: connectionPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The exports, detached.",
      schema: detachedExportsSchema,
      example: { items: [detachedExample] },
    },
    problems: ["connectionNotFound", "exportChanged"],
  }),
} satisfies Record<RouteKey<"exportsApi">, RouteContract>;
