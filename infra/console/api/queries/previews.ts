import { queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../../../client/client";
import type { AnswerOf } from "../../../client/operations";
import { every, OPEN_RUN_EVERY } from "../polling";

export type PreviewAnswer = AnswerOf<"viewPreview">;

/** A preview, read each second while it is under way. It holds personal data, so it is kept only while on screen. */
export function previewQuery(api: ApiClient, exportId: string, previewId: string) {
  return queryOptions({
    queryKey: ["previews", exportId, previewId],
    queryFn: ({ signal }) => api.viewPreview({ path: { exportId, previewId }, signal }),
    refetchInterval: ({ state }) =>
      state.data !== undefined && state.data.status !== "running"
        ? false
        : every(OPEN_RUN_EVERY)({ state }),
    staleTime: Infinity,
    gcTime: 0,
  });
}
