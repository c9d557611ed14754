import * as z from "zod";
import { routeContract, versionOf, type RouteContract } from "./route-contract";
import type { RouteKey } from "../config/api-routes";
import { fieldNameSchema } from "../domain/exports/field-schemas";
import { segmentNameSchema } from "../domain/segments/segment";
import { sourceIdSchema } from "../domain/sources/source";
import { segmentMarkerSchema } from "../domain/segments/segment-marker";
import { columnNamesSchema } from "../domain/segments/segment-settings";
import {
  segmentAnswerSchema,
  segmentRowsAnswerSchema,
  segmentSettingsAnswerSchema,
  segmentSummarySchema,
} from "./answers/segment-answer";
import { openingSourcesAlone } from "./answers/source-problems";
import { segmentExample } from "./examples";
import { componentSchemas } from "./components";
import {
  noBody,
  noParameters,
  pageQuerySchema,
  pageSchema,
  searchQueryFields,
  sortQueryFields,
  spanQueryFields,
} from "./request-parts";

const segmentPath = z.strictObject({ segment: segmentNameSchema });

/** The body of `PUT /segments/{segment}/settings`. */
const segmentSettingsBodySchema = z
  .strictObject({
    /** Null: the files' own header names them. Left out: they stay. */
    columns: columnNamesSchema.nullable().optional(),
    /** What says that a refresh is whole. Left out: it stays. */
    marker: segmentMarkerSchema.optional(),
  })
  .refine(({ columns, marker }) => columns !== undefined || marker !== undefined, {
    message: "name the columns, or the marker",
    path: ["columns"],
  });

const theSettings = {
  status: 200,
  description: "The segment's settings.",
  schema: segmentSettingsAnswerSchema,
  example: segmentExample.settings,
  etag: versionOf,
} as const;

/** What may be wrong with a segment that is read. */
const readingASegment = [
  "segmentMissing",
  "segmentChanged",
  "segmentUnfinished",
  "manifestUnreadable",
  "segmentUnreadable",
  "diskFull",
  "lakeTable",
  "severalRuns",
  "partitionsDiffer",
  "segmentTooLarge",
  "headerMissing",
  "columnsDiffer",
  "appendOnlyTable",
  "rowsUnlikeModel",
  "headerUnlikeModel",
  ...openingSourcesAlone,
] as const;

/** The routes of `segmentsApi`. */
export const segmentsContract = {
  "GET /segments": routeContract({
    summary: "List segments",
    description:
      "Of all sources, the segments bucket first. `from` and `until` are of their refreshes. Administrators are told in `unreadable` which sources could not be listed.",
    path: noParameters,
    query: pageQuerySchema.extend({
      ...searchQueryFields,
      ...sortQueryFields(["name", "refreshedAt"]),
      ...spanQueryFields,
      source: sourceIdSchema.optional(),
    }),
    body: noBody,
    answer: {
      status: 200,
      description: "A page of segments.",
      schema: pageSchema(segmentSummarySchema).register(componentSchemas, { id: "SegmentPage" }),
      example: { items: [segmentExample.summary] },
    },
    problems: [],
  }),
  "GET /segments/{segment}": routeContract({
    summary: "Describe a segment",
    description:
      "Reads its files: fields, rows, members, likeliest email field, suggested mapping.",
    path: segmentPath,
    query: z.strictObject({ emailField: fieldNameSchema.optional() }),
    body: noBody,
    answer: {
      status: 200,
      description: "The segment.",
      schema: segmentAnswerSchema,
      example: segmentExample.whole,
    },
    problems: [...readingASegment, "fieldMissing"],
  }),
  "GET /segments/{segment}/rows": routeContract({
    summary: "Show a segment's first rows",
    description:
      "Up to 100 rows as they lie in the files, a cell for each field. They are personal data: the audit log keeps who was given them.",
    path: segmentPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The rows, and the refresh that they are of.",
      schema: segmentRowsAnswerSchema,
      example: segmentExample.rows,
    },
    problems: [...readingASegment],
  }),
  "GET /segments/{segment}/settings": routeContract({
    summary: "Show a segment's settings",
    path: segmentPath,
    query: noParameters,
    body: noBody,
    answer: theSettings,
    problems: ["segmentMissing", "lakeTable", "segmentTooLarge", ...openingSourcesAlone],
  }),
  "PUT /segments/{segment}/settings": routeContract({
    summary: "Set how a segment's files are read",
    description:
      "`columns` names the columns of CSV files that have no header, in their order; null takes the names away. `marker` is what its writer leaves when a refresh is whole: `none`, `success` (a file `_SUCCESS`), `file`, or `manifest`, which lists the files; without it, or while a file is younger, the segment is not read. What is left out stays. What is being prepared keeps to those it has read.",
    path: segmentPath,
    query: noParameters,
    body: segmentSettingsBodySchema,
    bodyExample: { columns: segmentExample.settings.columns },
    answer: theSettings,
    problems: [
      "segmentMissing",
      "lakeTable",
      "segmentTooLarge",
      "segmentSettingsChanged",
      ...openingSourcesAlone,
    ],
  }),
} satisfies Record<RouteKey<"segmentsApi">, RouteContract>;
