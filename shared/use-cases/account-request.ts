import type { ChunkOutcome } from "../domain/chunk";
import type { AccountRequest } from "../ports";
import type { PlannedRun } from "./planned-run";

/** What accounting is asked for a run with these outcomes. */
export function accountRequest(
  { runId, exportId, plan, settings }: PlannedRun,
  outcomes: ReadonlyMap<number, ChunkOutcome>,
): AccountRequest {
  return {
    runId,
    exportId,
    attemptId: plan.attemptId,
    outcomes,
    syncMode: settings.syncMode,
    mapping: settings.mapping,
    droppedValues: plan.warnings.some(({ code }) => code === "valuesDropped"),
  };
}
