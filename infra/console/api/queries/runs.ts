import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { isTerminal } from "../../../../shared/domain/runs/run";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf, RequestOf } from "../../../client/operations";
import { every, LISTS_EVERY, OPEN_RUN_EVERY } from "../polling";

export type RunAnswer = AnswerOf<"viewRun">;
type RunsQuery = NonNullable<RequestOf<"listAllRuns">["query"]>;

/** A page of the runs of all exports. */
export function runsQuery(api: ApiClient, query: RunsQuery) {
  return queryOptions({
    queryKey: ["runs", "list", query],
    queryFn: ({ signal }) => api.listAllRuns({ query, signal }),
    refetchInterval: every(LISTS_EVERY),
    placeholderData: keepPreviousData,
  });
}

/** A run; while it is going it is read each second. */
export function runQuery(api: ApiClient, runId: string) {
  return queryOptions({
    queryKey: ["runs", "one", runId],
    queryFn: ({ signal }) => api.viewRun({ path: { runId }, signal }),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isTerminal(state.data.status)
        ? false
        : every(OPEN_RUN_EVERY)({ state }),
  });
}
