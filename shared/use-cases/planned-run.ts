import { isTerminal, type Run, type RunPlan } from "../domain/run";

/** A run that is going and whose chunks are staged. */
export type PlannedRun = Run & { plan: RunPlan };

export function isPlanned(run: Run | undefined): run is PlannedRun {
  return run?.plan !== undefined && !isTerminal(run.status);
}

/** Profiles in a chunk as staged; chunks are counted from 1. */
export function chunkSize(run: PlannedRun, chunk: number): number {
  return run.plan.chunkSizes[chunk - 1] ?? 0;
}
