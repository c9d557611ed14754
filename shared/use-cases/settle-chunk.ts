import type { ChunkOutcome } from "../domain/chunk";
import type { Run } from "../domain/run";
import type { Clock, RunQueues, RunStore } from "../ports";

/**
 * Writes down what became of a chunk; the last one sends the run to its settlement. Safe to repeat: a
 * chunk counts once, and keeps its first outcome.
 */
export async function settleChunk(
  {
    runs,
    queues,
    clock,
  }: {
    runs: Pick<RunStore, "settleChunk">;
    queues: Pick<RunQueues, "settle">;
    clock: Clock;
  },
  run: Pick<Run, "runId" | "settings">,
  chunk: number,
  outcome: ChunkOutcome,
): Promise<Run> {
  const settled = await runs.settleChunk(run.runId, chunk, outcome, clock.now());
  if (settled.settledChunks === settled.plan?.chunkSizes.length) {
    await queues.settle(run.settings.connectionId, run.runId);
  }
  return settled;
}
