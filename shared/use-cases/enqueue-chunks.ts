import { endpointLimits, turnOf } from "../domain/rate-limit";
import type { Run } from "../domain/run";
import type { Clock, RunQueues, RunStore } from "../ports";
import { settleStopped } from "./stop-run";

/** Klaviyo has hardly begun with a job before this; the first round of confirming need not be sooner. */
const FIRST_CONFIRMATION_DELAY_SECONDS = 1;

/** Messages come so long before their turn that a worker is never without one. */
const AHEAD_MILLISECONDS = 2_000;

/** SQS quotas: the longest delay of a message. */
export const LONGEST_DELAY_SECONDS = 900;

/**
 * Sends every chunk on its way that nobody has taken, each to come when its turn under the rate limit is
 * near, and starts the confirmation loop; a run without chunks goes straight to its settlement. Safe to
 * repeat: chunks that are under way are left alone, and messages that come twice have no effect.
 */
export async function enqueueChunks(
  {
    runs,
    queues,
    clock,
  }: { runs: Pick<RunStore, "listChunks">; queues: RunQueues; clock: Pick<Clock, "now"> },
  run: Run,
): Promise<void> {
  const group = run.settings.connectionId;
  const sizes = run.plan?.chunkSizes ?? [];
  if (run.settledChunks >= sizes.length) {
    await queues.settle(group, run.runId);
    return;
  }
  if (run.stop !== undefined) {
    await settleStopped({ queues }, run);
    return;
  }
  const known = new Map((await runs.listChunks(run.runId)).map((chunk) => [chunk.chunk, chunk]));
  const now = clock.now().getTime();
  const untaken = sizes
    .map((_, index) => index + 1)
    .filter((chunk) => !["sent", "settled"].includes(known.get(chunk)?.state ?? "untaken"))
    .map((chunk, index) => {
      const wait = turnOf(index, endpointLimits.createImportJob) - AHEAD_MILLISECONDS;
      const delaySeconds = Math.max(0, Math.floor(wait / 1_000));
      return {
        runId: run.runId,
        chunk,
        attempt: 0,
        delaySeconds: Math.min(delaySeconds, LONGEST_DELAY_SECONDS),
        ...(delaySeconds > LONGEST_DELAY_SECONDS ? { dueAt: now + wait } : {}),
      };
    });
  await queues.push(group, untaken);
  await queues.confirm(
    group,
    { runId: run.runId, round: run.confirmRound },
    FIRST_CONFIRMATION_DELAY_SECONDS,
  );
}
