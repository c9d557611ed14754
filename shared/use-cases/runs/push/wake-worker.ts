import type { WakeMessage } from "../../../domain/runs/messages";
import type { Run } from "../../../domain/runs/run";
import type { Log, RunQueues, RunStore } from "../../../ports";

/** Has a worker of the push queue start while the rows are staged, so that the first chunk need not wait for one. */
export async function wakeWorker(
  { queues }: { readonly queues: Pick<RunQueues, "wake"> },
  { runId, settings }: Pick<Run, "runId" | "settings">,
): Promise<void> {
  await queues.wake(settings.connectionId, runId);
}

/**
 * What the worker does that was woken: it opens its way to the runs, and drops the message, whatever comes of that. The
 * chunks have messages of their own.
 */
export async function wakeUp(
  { runs, log }: { readonly runs: Pick<RunStore, "get">; readonly log: Log },
  { runId }: WakeMessage,
): Promise<void> {
  try {
    await runs.get(runId);
    log.info("workerWoken");
  } catch (error) {
    log.warn("workerNotWoken", { error });
  }
}
