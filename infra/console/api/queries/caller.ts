import { queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf } from "../../../client/operations";

export type CallerAnswer = AnswerOf<"viewCaller">;

/** Who is signed in, and what they may do. A role changes with the next token, which is minutes away. */
export function callerQuery(api: ApiClient) {
  return queryOptions({
    queryKey: ["caller"],
    queryFn: ({ signal }) => api.viewCaller({ signal }),
    staleTime: 5 * 60_000,
    // Whatever tells of a failure also asks who is signed in: reading it anew each time would never let it be told.
    retryOnMount: false,
  });
}
