import { queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf } from "../../../client/operations";
import { every, SETTINGS_EVERY } from "../polling";

export type SystemScheduleAnswer = AnswerOf<"viewSchedule">;

/** The system refresh and its next runs. */
export function systemScheduleQuery(api: ApiClient) {
  return queryOptions({
    queryKey: ["schedule"],
    queryFn: ({ signal }) => api.viewSchedule({ signal }),
    refetchInterval: every(SETTINGS_EVERY),
  });
}
