import {
  chunksSettledKinds,
  stateOf,
  chunksUnsettledKinds,
  type PlannedRun,
  type RunStateKind,
} from "../../domain/runs/lifecycle/run-state";
import { plannedChunks, type Run } from "../../domain/runs/run";

export type { PlannedRun };

const settled: ReadonlySet<RunStateKind> = new Set(chunksSettledKinds);
const planned: ReadonlySet<RunStateKind> = new Set([
  ...chunksUnsettledKinds,
  ...chunksSettledKinds,
]);

/** Whether a run is going and its rows are staged. */
export function isPlanned(run: Run | undefined): run is PlannedRun {
  return run !== undefined && planned.has(stateOf(run).kind);
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

/** Profiles in a chunk as staged. */
export function chunkSize(run: Pick<PlannedRun, "plan">, chunk: number): number {
  return stagedChunk(run, chunk)?.profiles ?? 0;
}

/** The numbers of all chunks of a run. */
export function chunkNumbers({ plan }: Pick<PlannedRun, "plan">): readonly number[] {
  return Array.from({ length: plannedChunks(plan) }, (_, index) => index + 1);
}

/** Whether the fate of every chunk is known, of a run that is going. */
export function chunksSettled(run: PlannedRun): boolean {
  return settled.has(stateOf(run).kind);
}

/**
 * Whether all that was to be imported has its fate, and others are to be taken off the list. Removal waits for
 * that: a person whose email changed may be one profile to Klaviyo, which the import gives its new email; who
 * was looked up under the old one before and removed after would be off the list.
 */
export function isReadyForRemoval(run: PlannedRun): boolean {
  const { kind } = stateOf(run);
  return kind === "removalDue" || kind === "removing";
}
