import * as z from "zod";
import { routeContract, type RouteContract } from "./route-contract";
import type { RouteKey } from "../config/api-routes";
import { fieldNameSchema } from "../domain/field-mapping";
import { segmentNameSchema } from "../domain/segment";
import { segmentAnswerSchema, segmentSummarySchema } from "./segment-answer";
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

/** The routes of `segmentsApi`. */
export const segmentsContract = {
  "GET /segments": routeContract({
    summary: "List segments",
    description: "`from` and `until` are of their refreshes.",
    path: noParameters,
    query: pageQuerySchema.extend({
      ...searchQueryFields,
      ...sortQueryFields(["name", "refreshedAt"]),
      ...spanQueryFields,
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
    path: z.strictObject({ segment: segmentNameSchema }),
    query: z.strictObject({ emailField: fieldNameSchema.optional() }),
    body: noBody,
    answer: {
      status: 200,
      description: "The segment.",
      schema: segmentAnswerSchema,
      example: segmentExample.whole,
    },
    problems: [
      "segmentMissing",
      "segmentChanged",
      "segmentUnreadable",
      "diskFull",
      "lakeTable",
      "segmentTooLarge",
      "headerMissing",
      "columnsDiffer",
      "fieldMissing",
    ],
  }),
} satisfies Record<RouteKey<"segmentsApi">, RouteContract>;
