import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../../../client/client";
import type { AnswerOf } from "../../../client/operations";
import type { RunOptions } from "../../../../shared/domain/runs/run-options";
import { useApi } from "../../api/api-provider";
import { OPEN_RUN_EVERY } from "../../api/polling";

type PreviewAnswer = AnswerOf<"viewPreview">;

/** What is known of what a run would do: neither while it is being found out. */
export interface SoughtPreview {
  /** A preview that has ended. */
  readonly found?: PreviewAnswer;
  readonly error?: unknown;
  /** Finds it out anew. */
  readonly retry: () => void;
}

/** The time between attempts while another preview of the caller's is under way, in milliseconds. */
const OTHER_PREVIEW_EVERY = 2_000;

/** What a run with these options would do now. It is found out while `wanted`, and read until it is there. */
export function usePreviewOf(
  exportId: string,
  { mode, reconcile }: Pick<RunOptions, "mode" | "reconcile">,
  wanted: boolean,
): SoughtPreview {
  const api = useApi();
  const begun = useQuery({
    queryKey: ["previews", "begun", exportId, mode, reconcile],
    queryFn: () => api.createPreview({ path: { exportId }, body: { mode, reconcile } }),
    enabled: wanted,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: (_attempts, error) => isOtherUnderWay(error),
    retryDelay: OTHER_PREVIEW_EVERY,
  });
  const previewId = begun.data?.previewId;
  const shown = useQuery({
    queryKey: ["previews", "one", exportId, previewId],
    queryFn: ({ signal }) =>
      api.viewPreview({ path: { exportId, previewId: previewId ?? "" }, signal }),
    enabled: wanted && previewId !== undefined,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.status === "running" ? OPEN_RUN_EVERY : false,
    gcTime: 0,
  });
  const { data } = shown;
  const error = begun.error ?? shown.error;
  return {
    ...(data === undefined || data.status === "running" ? {} : { found: data }),
    ...(error === null ? {} : { error }),
    retry: () => void begun.refetch(),
  };
}

function isOtherUnderWay(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.failure.kind === "refused" &&
    error.failure.problem.code === "previewRunning"
  );
}
