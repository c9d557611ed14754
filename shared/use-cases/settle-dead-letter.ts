import type { Message } from "../domain/messages";
import { problem } from "../domain/problem";
import { isTerminal, type Run } from "../domain/run";
import type { Clock, ExportStore, Log, RunQueues, RunStore } from "../ports";
import { endRunEarly } from "./end-run";
import { chunkSize, isPlanned } from "./planned-run";
import { settleChunk } from "./settle-chunk";

export interface SettleDeadLetterDependencies {
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly queues: RunQueues;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Takes a message that no worker could handle out of the way, so that its run still ends: a run that can't
 * be prepared or settled fails, a chunk that can't be sent is unsent, and a confirmation that can't go on
 * leaves what it had not confirmed unsent.
 */
export async function settleDeadLetter(
  dependencies: SettleDeadLetterDependencies,
  message: Message,
): Promise<void> {
  const { runs, log } = dependencies;
  if (message.step === "due") {
    // No run has come of it yet; the schedule's next instant starts the exports.
    log.error("deadLetter", { step: message.step, scheduledFor: message.scheduledFor });
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
      if (run.plan === undefined) {
        await endRunEarly(dependencies, run, problem("internalError"));
      }
      return;
    case "push":
      await settleUnsent(dependencies, run, [message.chunk]);
      return;
    case "confirm":
      await settleUnsent(
        dependencies,
        run,
        (run.plan?.chunkSizes ?? []).map((_, index) => index + 1),
      );
      return;
    case "settle":
      await endRunEarly(dependencies, run, problem("internalError"));
  }
}

/** Settles chunks whose fate is not known as unsent; those that settled before keep their outcome. */
export async function settleUnsent(
  dependencies: Pick<SettleDeadLetterDependencies, "runs" | "queues" | "clock">,
  run: Run,
  chunks: readonly number[],
): Promise<void> {
  if (!isPlanned(run)) {
    return;
  }
  for (const chunk of chunks) {
    await settleChunk(dependencies, run, chunk, {
      imported: 0,
      refused: 0,
      unsent: chunkSize(run, chunk),
      problem: problem("chunkUnsent"),
    });
  }
}
