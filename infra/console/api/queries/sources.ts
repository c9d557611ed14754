import { queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf } from "../../../client/operations";
import { LISTS_EVERY } from "../polling";

export type SourceAnswer = AnswerOf<"viewSource">;

/** All sources of segments, the segments bucket first. */
export function sourcesQuery(api: ApiClient) {
  return queryOptions({
    queryKey: ["sources", "list"],
    queryFn: ({ signal }) => api.listSources({ signal }),
    refetchInterval: LISTS_EVERY,
  });
}

/** A source, with what was found in it last. */
export function sourceQuery(api: ApiClient, sourceId: string) {
  return queryOptions({
    queryKey: ["sources", "one", sourceId],
    queryFn: ({ signal }) => api.viewSource({ path: { sourceId }, signal }),
    refetchInterval: LISTS_EVERY,
  });
}
