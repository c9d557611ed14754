import { queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf } from "../../../client/operations";
import { every, PACE_EVERY } from "../polling";

export type PaceAnswer = AnswerOf<"viewPace">;

/** How much of Klaviyo's limits on a connection's account is used, and by whom. */
export function paceQuery(api: ApiClient, connectionId: string) {
  return queryOptions({
    queryKey: ["pace", connectionId],
    queryFn: ({ signal }) => api.viewPace({ path: { connectionId }, signal }),
    refetchInterval: every(PACE_EVERY),
    retry: false,
  });
}
