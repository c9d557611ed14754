import type { Message } from "../domain/messages";
import { problem } from "../domain/problem";
import { isTerminal } from "../domain/run";
import { givenUp } from "../domain/subscription";
import type { Clock, ExportStore, Log, PreviewStore, RunQueues, RunStore } from "../ports";
import { endUnsettledRun } from "./end-run";
import { chunkSize, isPlanned, isSettled } from "./planned-run";
import { settleUnlessSent, settleUnsent, unsentOutcome } from "./settle-chunk";
import { stopUnlessStaged } from "./stage-chunks";

export interface SettleDeadLetterDependencies {
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly queues: RunQueues;
  readonly previews: Pick<PreviewStore, "end">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Takes a message that no worker could handle out of the way, so that its run still ends: a run that can't
 * be prepared or settled fails, a chunk that can't be sent is unsent, and a confirmation that can't go on
 * leaves what it had not confirmed unsent; who could not be subscribed is tried again by the next run.
 */
export async function settleDeadLetter(
  dependencies: SettleDeadLetterDependencies,
  message: Message,
): Promise<void> {
  const { runs, log } = dependencies;
  if (message.step === "rehearse") {
    // The run is settled without it.
    log.error("deadLetter", { step: message.step });
    return;
  }
  if (message.step === "due") {
    // No run has come of it yet; the schedule's next instant starts the exports.
    log.error("deadLetter", { step: message.step, scheduledFor: message.scheduledFor });
    return;
  }
  if (message.step === "preview") {
    const { exportId, previewId } = message;
    log.error("deadLetter", { step: message.step, exportId, previewId });
    const ending = { status: "failed", problem: problem("internalError") } as const;
    await dependencies.previews.end(exportId, previewId, ending, dependencies.clock.now());
    return;
  }
  const run = await runs.get(message.runId);
  log.error("deadLetter", { step: message.step, found: run !== undefined });
  if (run === undefined || isTerminal(run.status)) {
    return;
  }
  switch (message.step) {
    case "start":
    case "prepare":
      await stopUnlessStaged(dependencies, run, problem("internalError"));
      return;
    case "push":
      if (isPlanned(run) && chunkSize(run, message.chunk) > 0) {
        const outcome = unsentOutcome(run, message.chunk, problem("chunkUnsent"));
        await settleUnlessSent(dependencies, run, message.chunk, outcome);
      }
      return;
    case "confirm":
      await settleUnsent(dependencies, run, problem("chunkUnsent"));
      return;
    case "subscribe":
      if (isPlanned(run) && run.subscribing !== undefined) {
        const progress = givenUp({ ...run.subscribing, leaseUntil: 0 }, problem("internalError"));
        const held = run.subscribing.leaseUntil;
        await runs.keepSubscribing(run.runId, held, progress, dependencies.clock.now());
        await dependencies.queues.settle(run.settings.connectionId, run.runId);
      }
      return;
    case "settle":
      // A run whose chunks are still under way is settled when they have settled.
      if (isPlanned(run) && isSettled(run)) {
        await endUnsettledRun(dependencies, run, problem("internalError"));
      }
  }
}
