import { segmentsContract } from "../../shared/contract/segments";
import { segmentsApiDependencies } from "../../shared/dependencies";
import type { SegmentsApiDependencies } from "../../shared/use-cases/api-dependencies";
import { describeSegment, listSegments } from "../../shared/use-cases/view-segments";
import { createApi, operation, type ApiHandler } from "../middleware/api";
import { lazyHandler } from "../middleware/lazy-handler";
import { ok, okPage } from "./answers/answer";
import { presentSegment, presentSegmentSummary } from "./answers/segment-answer";
import { listRequestOf } from "../../shared/contract/request-parts";

/** Makes the function behind `/segments`. */
export function createHandler(dependencies: SegmentsApiDependencies): ApiHandler {
  return createApi("segmentsApi", dependencies, {
    "GET /segments": operation(segmentsContract["GET /segments"], async ({ caller, query }) =>
      okPage(
        caller,
        await listSegments(dependencies, { caller, ...listRequestOf(query) }),
        presentSegmentSummary,
      ),
    ),

    "GET /segments/{segment}": operation(
      segmentsContract["GET /segments/{segment}"],
      async ({ caller, log, path, query: { emailField } }) =>
        ok(
          presentSegment(
            await describeSegment(
              { ...dependencies, log },
              {
                caller,
                ...path,
                ...(emailField === undefined ? {} : { emailField }),
              },
            ),
          ),
        ),
    ),
  });
}

export const handler = lazyHandler(() => createHandler(segmentsApiDependencies()));
