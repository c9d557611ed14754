import { isTerminal, plannedChunks, type Run, type RunPlan } from "../../domain/runs/run";

/** A run that is going and whose rows are staged. */
export type PlannedRun = Run & { plan: RunPlan };

export function isPlanned(run: Run | undefined): run is PlannedRun {
  return run?.plan !== undefined && !isTerminal(run.status);
}

/** What a chunk is staged for: to be imported, or to be taken off the list. */
export interface StagedChunk {
  readonly kind: "import" | "removal";
  readonly profiles: number;
}

/** A chunk as staged; chunks are counted from 1, and removal chunks come after those to import. */
export function stagedChunk(
  { plan: { chunkSizes, removalSizes } }: Pick<PlannedRun, "plan">,
  chunk: number,
): StagedChunk | undefined {
  const toImport = chunkSizes[chunk - 1];
  if (toImport !== undefined) {
    return { kind: "import", profiles: toImport };
  }
  const toRemove = removalSizes[chunk - 1 - chunkSizes.length];
  return toRemove === undefined ? undefined : { kind: "removal", profiles: toRemove };
}

/** Whether the bodies of all chunks to import are staged. */
export function isStaged({ plan, stagedChunks }: PlannedRun): boolean {
  return stagedChunks >= plan.chunkSizes.length;
}

/** Whether bodies are yet to be staged; nothing more is staged of a run that is stopped. */
export function awaitsStaging(run: PlannedRun): boolean {
  return run.stop === undefined && !isStaged(run);
}

/** Profiles in a chunk as staged. */
export function chunkSize(run: Pick<PlannedRun, "plan">, chunk: number): number {
  return stagedChunk(run, chunk)?.profiles ?? 0;
}

/** The numbers of all chunks of a run. */
export function chunkNumbers({ plan }: Pick<PlannedRun, "plan">): readonly number[] {
  return Array.from({ length: plannedChunks(plan) }, (_, index) => index + 1);
}

/** Whether the fate of every chunk is known. */
export function isSettled({ plan, settledChunks }: PlannedRun): boolean {
  return settledChunks >= plannedChunks(plan);
}

/**
 * Whether nobody is taken off the list yet and all that was to be imported has its fate. Removal waits for
 * that: a person whose email changed may be one profile to Klaviyo, which the import gives its new email; who
 * was looked up under the old one before and removed after would be off the list.
 */
export function isReadyForRemoval({ plan, settledChunks, settledRemovals }: PlannedRun): boolean {
  return (
    settledChunks - settledRemovals >= plan.chunkSizes.length &&
    settledRemovals < plan.removalSizes.length
  );
}
