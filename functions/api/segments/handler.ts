import { segmentsContract } from "../../../shared/contract/segments";
import { segmentsApiDependencies } from "./wiring";
import type { SegmentsApiDependencies } from "../../../shared/use-cases/api-dependencies";
import {
  setSegmentSettings,
  viewSegmentSettings,
} from "../../../shared/use-cases/segments/segment-settings";
import { describeSegment, listSegments } from "../../../shared/use-cases/segments/view-segments";
import { createApi, operation, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import { ok, okPage, versioned } from "../../middleware/answer";
import { presentSegment, presentSegmentSettings, presentSegmentSummary } from "./segment-answer";
import { listRequestOf } from "../../../shared/contract/request-parts";

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

    "GET /segments/{segment}/settings": operation(
      segmentsContract["GET /segments/{segment}/settings"],
      async ({ caller, path }) => {
        const settings = await viewSegmentSettings(dependencies, { caller, ...path });
        return versioned(ok(presentSegmentSettings(settings)), settings);
      },
    ),

    "PUT /segments/{segment}/settings": operation(
      segmentsContract["PUT /segments/{segment}/settings"],
      async ({ caller, log, note, path: { segment }, ifMatch, body: { columns } }) => {
        note({ target: { kind: "other", id: segment } });
        const { before, after } = await setSegmentSettings(
          { ...dependencies, log },
          { caller, segment, columns, version: ifMatch },
        );
        note({
          before: { segment, columns: before.columns ?? null },
          after: { segment, columns: after.columns ?? null },
        });
        return versioned(ok(presentSegmentSettings(after)), after);
      },
    ),
  });
}

export const handler = lazyHandler(() => createHandler(segmentsApiDependencies()));
