import * as z from "zod";
import { fieldNameSchema } from "../../shared/domain/field-mapping";
import { segmentNameSchema } from "../../shared/domain/segment";
import { segmentsApiDependencies } from "../../shared/dependencies";
import type { SegmentsApiDependencies } from "../../shared/use-cases/api-dependencies";
import { describeSegment, listSegments } from "../../shared/use-cases/view-segments";
import { createApi, operation, type ApiHandler } from "../middleware/api";
import { lazyHandler } from "../middleware/lazy-handler";
import { ok, okPage } from "./answers/answer";
import { presentSegment, presentSegmentSummary } from "./answers/segment-answer";
import { noBody, noParameters, pageOf, pageQuerySchema } from "./request-schemas";

/** Makes the function behind `/segments`. */
export function createHandler(dependencies: SegmentsApiDependencies): ApiHandler {
  return createApi("segmentsApi", dependencies, {
    "GET /segments": operation(
      { path: noParameters, query: pageQuerySchema, body: noBody },
      async ({ caller, query }) =>
        okPage(
          await listSegments(dependencies, { caller, page: pageOf(query) }),
          presentSegmentSummary,
        ),
    ),

    "GET /segments/{segment}": operation(
      {
        path: z.strictObject({ segment: segmentNameSchema }),
        query: z.strictObject({ emailField: fieldNameSchema.optional() }),
        body: noBody,
      },
      async ({ caller, path, query: { emailField } }) =>
        ok(
          presentSegment(
            await describeSegment(dependencies, {
              caller,
              ...path,
              ...(emailField === undefined ? {} : { emailField }),
            }),
          ),
        ),
    ),
  });
}

export const handler = lazyHandler(() => createHandler(segmentsApiDependencies()));
