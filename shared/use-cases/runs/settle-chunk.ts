import type { ChunkOutcome } from "../../domain/runs/chunk";
import type { Problem } from "../../domain/problems/problem";
import type { Run } from "../../domain/runs/run";
import type { Clock, RunQueues, RunStore } from "../../ports";
import {
  chunkNumbers,
  isPlanned,
  chunksSettled,
  stagedChunk,
  type PlannedRun,
} from "./planned-run";

export interface SettleChunkDependencies {
  readonly runs: Pick<RunStore, "settleChunk" | "settleUnlessSent">;
  readonly queues: Pick<RunQueues, "settle">;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Writes down what became of a chunk; the last one sends the run to its settlement. Safe to repeat: a
 * chunk counts once, and keeps its first outcome.
 */
export async function settleChunk(
  dependencies: SettleChunkDependencies,
  run: Pick<Run, "runId" | "settings">,
  chunk: number,
  outcome: ChunkOutcome,
): Promise<void> {
  const { runs, clock } = dependencies;
  await passOn(dependencies, await runs.settleChunk(run.runId, chunk, outcome, clock.now()));
}

/** The same for a chunk that Klaviyo does not have: one that it has is left to the confirmation. */
export async function settleUnlessSent(
  dependencies: SettleChunkDependencies,
  run: Pick<Run, "runId" | "settings">,
  chunk: number,
  outcome: ChunkOutcome,
): Promise<void> {
  const { runs, clock } = dependencies;
  await passOn(
    dependencies,
    await runs.settleUnlessSent(run.runId, chunk, outcome, clock.now(), "sent"),
  );
}

/** Chunks settled at a time. */
const CONCURRENT_CHUNKS = 10;

/** Settles those chunks as unsent that neither Klaviyo nor a worker has. */
export async function settleWaiting(
  dependencies: SettleChunkDependencies,
  run: PlannedRun,
  chunks: readonly number[],
  reason: Problem,
): Promise<void> {
  const { runs, clock } = dependencies;
  for (let start = 0; start < chunks.length; start += CONCURRENT_CHUNKS) {
    await Promise.all(
      chunks.slice(start, start + CONCURRENT_CHUNKS).map(async (chunk) => {
        const outcome = unsentOutcome(run, chunk, reason);
        const settled = await runs.settleUnlessSent(run.runId, chunk, outcome, clock.now(), "held");
        await passOn(dependencies, settled);
      }),
    );
  }
}

/** Settles every chunk whose fate is not known as unsent; those that settled before keep their outcome. */
export async function settleUnsent(
  dependencies: SettleChunkDependencies,
  run: Run,
  reason: Problem,
): Promise<void> {
  if (!isPlanned(run)) {
    return;
  }
  for (const chunk of chunkNumbers(run)) {
    await settleChunk(dependencies, run, chunk, unsentOutcome(run, chunk, reason));
  }
}

/** Nothing of the chunk reached the list, or was taken off it, as far as is known. */
export function unsentOutcome(run: PlannedRun, chunk: number, reason: Problem): ChunkOutcome {
  const { kind, profiles } = stagedChunk(run, chunk) ?? { kind: "import", profiles: 0 };
  switch (kind) {
    case "import":
      return { imported: 0, refused: 0, unsent: profiles, problem: reason };
    case "removal":
      return {
        imported: 0,
        refused: 0,
        unsent: 0,
        removals: { removed: 0, notFound: 0, unremoved: profiles },
        problem: reason,
      };
  }
}

async function passOn(
  { queues }: Pick<SettleChunkDependencies, "queues">,
  run: Run | undefined,
): Promise<void> {
  if (isPlanned(run) && chunksSettled(run)) {
    await queues.settle(run.settings.connectionId, run.runId);
  }
}
