import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf, RequestOf } from "../../../client/operations";
import { every, SETTINGS_EVERY } from "../polling";

export type ShownConnection = AnswerOf<"viewConnection">;
/** A connection as administrators are shown it. */
export type ConnectionDetails = Extract<ShownConnection, { readonly version: number }>;
export type ConnectionsQuery = NonNullable<RequestOf<"listConnections">["query"]>;

/** A page of connections. */
export function connectionsQuery(api: ApiClient, query: ConnectionsQuery) {
  return queryOptions({
    queryKey: ["connections", "list", query],
    queryFn: ({ signal }) => api.listConnections({ query, signal }),
    refetchInterval: every(SETTINGS_EVERY),
    placeholderData: keepPreviousData,
  });
}

/** A connection. */
export function connectionQuery(api: ApiClient, connectionId: string) {
  return queryOptions({
    queryKey: ["connections", "one", connectionId],
    queryFn: ({ signal }) => api.viewConnection({ path: { connectionId }, signal }),
    refetchInterval: every(SETTINGS_EVERY),
  });
}
