import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf, RequestOf } from "../../../client/operations";
import { every, LISTS_EVERY } from "../polling";

export type ExportAnswer = AnswerOf<"viewExport">;
export type ExportsQuery = NonNullable<RequestOf<"listExports">["query"]>;

/** A page of exports. */
export function exportsQuery(api: ApiClient, query: ExportsQuery) {
  return queryOptions({
    queryKey: ["exports", "list", query],
    queryFn: ({ signal }) => api.listExports({ query, signal }),
    refetchInterval: every(LISTS_EVERY),
    placeholderData: keepPreviousData,
  });
}

/** An export. */
export function exportQuery(api: ApiClient, exportId: string) {
  return queryOptions({
    queryKey: ["exports", "one", exportId],
    queryFn: ({ signal }) => api.viewExport({ path: { exportId }, signal }),
    refetchInterval: every(LISTS_EVERY),
  });
}

/** Every export that the caller may see: for what is said of all of them. */
export async function everyExport(
  api: ApiClient,
  signal: AbortSignal,
): Promise<readonly ExportAnswer[]> {
  const found: ExportAnswer[] = [];
  for (let after: string | undefined; ;) {
    const { items, next } = await api.listExports({ query: { limit: 100, after }, signal });
    found.push(...items);
    if (next === undefined) {
      return found;
    }
    after = next;
  }
}
