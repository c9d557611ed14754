import * as z from "zod";
import { rejectionCategories, reportedRejectionSchema } from "../../domain/runs/rejection";
import { segmentNameSchema } from "../../domain/segments/segment";
import { rejectionsAnswerSchema } from "../answers/run-answer";
import { componentSchemas } from "../components";
import { noBody, noParameters, pageQuerySchema, pageSchema, runPath } from "../request-parts";
import { routeContract } from "../route-contract";

const rejectionsQuerySchema = pageQuerySchema.extend({
  after: z
    .string()
    .regex(/^[1-9][0-9]{0,14}$/, "the “next” of an earlier page")
    .optional(),
  code: z.string().min(1).max(200).optional(),
  category: z.enum(rejectionCategories).optional(),
  segment: segmentNameSchema.optional(),
});

const rejectionSchema = z
  .object(reportedRejectionSchema.shape)
  .register(componentSchemas, { id: "Rejection" });

const rejectionCountsSchema = z
  .object({
    counts: z
      .array(z.object({ code: z.string(), rows: z.number() }))
      .describe("The most frequent code first"),
    complete: z
      .boolean()
      .describe(
        "False when the run does not keep its counts, since it has more than 50 codes or an older version ended it, and its report has more than 50,000 rows or 500 codes, of which the rest is not counted",
      ),
  })
  .register(componentSchemas, { id: "RejectionCounts" });

/** The routes of a run's rejection report. */
export const rejectionsContract = {
  "GET /runs/{runId}/rejections": routeContract({
    summary: "Link to a run's rejection report",
    path: runPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description:
        "Links that are good for 15 minutes: `url` to the rejection report; `droppedValues`, if there are any, to the values that profiles on the list went without.",
      schema: rejectionsAnswerSchema,
      example: {
        url: "https://reports.example/rejections.csv",
        droppedValues: "https://reports.example/dropped-values.csv",
        expiresAt: "2026-11-02T08:15:00.000Z",
      },
    },
    problems: ["runNotFound", "reportNotAvailable", "reportExpired"],
  }),
  "GET /runs/{runId}/rejections/rows": routeContract({
    summary: "List the rows of a run's rejection report",
    description:
      "In the report's order. A page may hold fewer than `limit`, or nothing, when few rows are what is asked for; the list has ended when there is no `next`. A cell that a spreadsheet could take for a formula has an apostrophe before it, as in the report.",
    path: runPath,
    query: rejectionsQuerySchema,
    body: noBody,
    answer: {
      status: 200,
      description: "A page of rows.",
      schema: pageSchema(rejectionSchema).register(componentSchemas, { id: "RejectionPage" }),
      example: {
        items: [
          {
            segment: "customers",
            file: "customers.csv",
            row: 17,
            email: "ann@example",
            category: "invalid",
            refusedBy: "export",
            code: "emailInvalid",
            text: "The email address is malformed or longer than 100 characters.",
          },
        ],
      },
    },
    problems: ["runNotFound", "reportNotAvailable", "reportExpired"],
  }),
  "GET /runs/{runId}/rejections/counts": routeContract({
    summary: "Count a run's rejections by their codes",
    path: runPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "How many rows have which code.",
      schema: rejectionCountsSchema,
      example: { counts: [{ code: "emailInvalid", rows: 12 }], complete: true },
    },
    problems: ["runNotFound", "reportNotAvailable", "reportExpired"],
  }),
};
