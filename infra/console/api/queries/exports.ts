import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf, RequestOf } from "../../../client/operations";
import { LISTS_EVERY } from "../polling";

export type ExportAnswer = AnswerOf<"viewExport">;
export type ExportsQuery = NonNullable<RequestOf<"listExports">["query"]>;

/** A page of exports. */
export function exportsQuery(api: ApiClient, query: ExportsQuery) {
  return queryOptions({
    queryKey: ["exports", "list", query],
    queryFn: ({ signal }) => api.listExports({ query, signal }),
    refetchInterval: LISTS_EVERY,
    placeholderData: keepPreviousData,
  });
}

/** An export. */
export function exportQuery(api: ApiClient, exportId: string) {
  return queryOptions({
    queryKey: ["exports", "one", exportId],
    queryFn: ({ signal }) => api.viewExport({ path: { exportId }, signal }),
    refetchInterval: LISTS_EVERY,
  });
}
