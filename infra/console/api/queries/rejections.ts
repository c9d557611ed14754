import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf, RequestOf } from "../../../client/operations";

export type RejectionsQuery = NonNullable<RequestOf<"listRejections">["query"]>;
export type RejectionPage = AnswerOf<"listRejections">;

/** A page of a run's rejections: personal data, so it is kept only while it is on screen. A report never changes. */
export function rejectionsQuery(api: ApiClient, runId: string, query: RejectionsQuery) {
  return queryOptions({
    queryKey: ["rejections", "rows", runId, query],
    queryFn: ({ signal }) => api.listRejections({ path: { runId }, query, signal }),
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** How many of a run's rejections have which code. */
export function rejectionCountsQuery(api: ApiClient, runId: string) {
  return queryOptions({
    queryKey: ["rejections", "counts", runId],
    queryFn: ({ signal }) => api.countRejections({ path: { runId }, signal }),
    staleTime: Infinity,
    retry: false,
  });
}
