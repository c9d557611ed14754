import type { Run } from "../domain/run";
import type { RunQueues, RunStore } from "../ports";

/** Klaviyo has hardly begun with a job before this; the first round of confirming need not be sooner. */
const FIRST_CONFIRMATION_DELAY_SECONDS = 1;

/**
 * Sends every chunk on its way that nobody has taken, and starts the confirmation loop; a run without
 * chunks goes straight to its settlement. Safe to repeat: chunks that are under way are left alone, and
 * messages that come twice have no effect.
 */
export async function enqueueChunks(
  { runs, queues }: { runs: Pick<RunStore, "listChunks">; queues: RunQueues },
  run: Run,
): Promise<void> {
  const group = run.settings.connectionId;
  const sizes = run.plan?.chunkSizes ?? [];
  if (run.settledChunks >= sizes.length) {
    await queues.settle(group, run.runId);
    return;
  }
  const known = new Map((await runs.listChunks(run.runId)).map((chunk) => [chunk.chunk, chunk]));
  const untaken = sizes
    .map((_, index) => index + 1)
    .filter((chunk) => !["sent", "settled"].includes(known.get(chunk)?.state ?? "untaken"))
    .map((chunk) => ({ runId: run.runId, chunk, attempt: 0 }));
  await queues.push(group, untaken);
  await queues.confirm(
    group,
    { runId: run.runId, round: run.confirmRound },
    FIRST_CONFIRMATION_DELAY_SECONDS,
  );
}
