import { segmentsContract } from "../../../shared/contract/segments";
import { noMarker } from "../../../shared/domain/segments/segment-marker";
import {
  setSegmentSettings,
  viewSegmentSettings,
} from "../../../shared/use-cases/segments/segment-settings";
import { viewSegmentRows } from "../../../shared/use-cases/segments/view-segment-rows";
import { describeSegment, listSegments } from "../../../shared/use-cases/segments/view-segments";
import { createApi, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import { presentPage } from "../../middleware/page-answer";
import { listRequestOf } from "../../../shared/contract/request-parts";
import type { SegmentsApiDependencies } from "./dependencies";
import { segmentsApiDependencies } from "./wiring";

/** Makes the function behind `/segments`. */
export function createHandler(dependencies: SegmentsApiDependencies): ApiHandler {
  return createApi("segmentsApi", segmentsContract, dependencies, {
    "GET /segments": async ({ caller, query }) =>
      presentPage(
        caller,
        await listSegments(dependencies, { caller, ...listRequestOf(query) }),
        (summary) => summary,
      ),

    "GET /segments/{segment}": async ({ caller, log, path, query: { emailField } }) =>
      describeSegment({ ...dependencies, log }, { caller, ...path, emailField }),

    "GET /segments/{segment}/rows": async ({ caller, note, path }) => {
      const shown = await viewSegmentRows(dependencies, { caller, ...path });
      note({ target: { kind: "other", id: path.segment }, after: { rows: shown.rows.length } });
      return shown;
    },

    "GET /segments/{segment}/settings": async ({ caller, path }) =>
      viewSegmentSettings(dependencies, { caller, ...path }),

    "PUT /segments/{segment}/settings": async ({
      caller,
      log,
      note,
      path: { segment },
      ifMatch,
      body,
    }) => {
      note({ target: { kind: "other", id: segment } });
      const { before, after } = await setSegmentSettings(
        { ...dependencies, log },
        { caller, segment, ...body, version: ifMatch },
      );
      note({
        before: { segment, columns: before.columns ?? null, marker: before.marker ?? noMarker },
        after: { segment, columns: after.columns ?? null, marker: after.marker ?? noMarker },
      });
      return after;
    },
  });
}

export const handler = lazyHandler(() => createHandler(segmentsApiDependencies()));
