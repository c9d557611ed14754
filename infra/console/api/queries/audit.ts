import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf, RequestOf } from "../../../client/operations";

export type AuditQuery = NonNullable<RequestOf<"viewAudit">["query"]>;
export type AuditEntry = AnswerOf<"viewAudit">["items"][number];

/** A page of the audit log. */
export function auditQuery(api: ApiClient, query: AuditQuery) {
  return queryOptions({
    queryKey: ["audit", query],
    queryFn: ({ signal }) => api.viewAudit({ query, signal }),
    placeholderData: keepPreviousData,
  });
}
