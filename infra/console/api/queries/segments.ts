import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf, RequestOf } from "../../../client/operations";
import { every, SETTINGS_EVERY } from "../polling";

export type SegmentSummary = AnswerOf<"listSegments">["items"][number];
export type SegmentAnswer = AnswerOf<"viewSegment">;
export type SegmentsQuery = NonNullable<RequestOf<"listSegments">["query"]>;

/** A page of segments. */
export function segmentsQuery(api: ApiClient, query: SegmentsQuery) {
  return queryOptions({
    queryKey: ["segments", "list", query],
    queryFn: ({ signal }) => api.listSegments({ query, signal }),
    refetchInterval: every(SETTINGS_EVERY),
    placeholderData: keepPreviousData,
  });
}

/** A segment; describing it reads its files, so it is not polled. */
export function segmentQuery(api: ApiClient, segment: string) {
  return queryOptions({
    queryKey: ["segments", "one", segment],
    queryFn: ({ signal }) => api.viewSegment({ path: { segment }, signal }),
    staleTime: 60_000,
  });
}

/** A segment's first rows: personal data, so they are kept only while they are on screen. */
export function segmentRowsQuery(api: ApiClient, segment: string) {
  return queryOptions({
    queryKey: ["segments", "rows", segment],
    queryFn: ({ signal }) => api.viewSegmentRows({ path: { segment }, signal }),
    staleTime: Infinity,
    gcTime: 0,
  });
}
