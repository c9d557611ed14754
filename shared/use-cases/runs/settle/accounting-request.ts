import { outcomeOf, type ChunkOutcome } from "../../../domain/runs/chunk";
import type { SnapshotReference } from "../../../domain/exports/export";
import type { AccountingRequest, PreparationRequest, RunStore } from "../../../ports";
import type { PlannedRun } from "../planned-run";

/** What became of those of a run's chunks that have settled. */
export async function outcomesOf(
  runs: Pick<RunStore, "listChunks">,
  runId: string,
): Promise<ReadonlyMap<number, ChunkOutcome>> {
  const chunks = await runs.listChunks(runId);
  return new Map(
    chunks.flatMap((chunk): [number, ChunkOutcome][] =>
      chunk.state === "settled" ? [[chunk.chunk, outcomeOf(chunk)]] : [],
    ),
  );
}

/** What a preparation is told of the snapshot that it compares with. */
export function snapshotParts(
  runs: Pick<RunStore, "get" | "listChunks">,
  snapshot: Pick<SnapshotReference, "key" | "runId">,
): Pick<PreparationRequest, "snapshotKey" | "rebuildFrom"> {
  return { snapshotKey: snapshot.key, rebuildFrom: () => rebuildingRequest(runs, snapshot) };
}

/**
 * What accounting would be asked again for the run that a snapshot was written by: what it is rebuilt from when its
 * file is lost, or was never written because the run could not be settled. Undefined if the run is known no more.
 */
async function rebuildingRequest(
  runs: Pick<RunStore, "get" | "listChunks">,
  { runId }: Pick<SnapshotReference, "runId">,
): Promise<AccountingRequest | undefined> {
  const run = await runs.get(runId);
  return run?.plan === undefined
    ? undefined
    : accountingRequest({ ...run, plan: run.plan }, await outcomesOf(runs, runId));
}

/** What accounting is asked for a run with these outcomes. */
export function accountingRequest(
  { runId, exportId, plan, settings }: PlannedRun,
  outcomes: ReadonlyMap<number, ChunkOutcome>,
): AccountingRequest {
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
