import type { Message, RunMessage } from "../../../domain/runs/messages";
import { isPatient, type Handling } from "../../../domain/runs/patience";
import { problem, type Problem, type ProblemCode } from "../../../domain/problems/problem";
import { hasEnded, stateOf } from "../../../domain/runs/lifecycle/run-state";
import { presentTrouble, type Run } from "../../../domain/runs/run";
import { givenUp } from "../../../domain/exports/subscription";
import type { Clock, ExportStore, Log, PreviewStore, RunQueues, RunStore } from "../../../ports";
import { endUnsettledRun } from "../end-run";
import { chunkSize, isPlanned, chunksSettled } from "../planned-run";
import { settleUnlessSent, settleUnsent, unsentOutcome } from "../settle-chunk";
import { stopUnlessStaged } from "../stop-run";

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
 *
 * One that no worker gave up became a dead letter because SQS did not take it anew, or because no worker got to see
 * it. If AWS is known to be in trouble, that is not the end of its run: it is put back for as long as that is waited
 * out.
 */
export async function settleDeadLetter(
  dependencies: SettleDeadLetterDependencies,
  message: Message,
): Promise<void> {
  const { runs, log } = dependencies;
  if (message.step === "rehearse" || message.step === "wake") {
    // The run goes on without it.
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
  if (run === undefined || hasEnded(run)) {
    log.error("deadLetter", { step: message.step, found: run !== undefined });
    return;
  }
  const state = stateOf(run);
  if (message.step !== "start" && isWaitedOut(message, run, dependencies.clock.now())) {
    const handling = { troubles: 0, faults: 0, ...message.handling };
    await dependencies.queues.again(
      run.settings.connectionId,
      { ...message, handling },
      PAUSE_SECONDS,
    );
    log.warn("deadLetterPutBack", { step: message.step });
    return;
  }
  log.error("deadLetter", { step: message.step, found: true });
  const reason = (ours: ProblemCode): Problem => reasonOf(message.handling, ours);
  switch (message.step) {
    case "start":
    case "prepare":
      await stopUnlessStaged(dependencies, run, reason("internalError"));
      return;
    case "push":
      if (isPlanned(run) && chunkSize(run, message.chunk) > 0) {
        const outcome = unsentOutcome(run, message.chunk, reason("chunkUnsent"));
        await settleUnlessSent(dependencies, run, message.chunk, outcome);
      }
      return;
    case "confirm":
      await settleUnsent(dependencies, run, reason("chunkUnsent"));
      return;
    case "subscribe":
      if (state.kind === "subscribing" || state.kind === "subscribed") {
        const { subscribing } = state.run;
        const progress = givenUp({ ...subscribing, leaseUntil: 0 }, reason("internalError"));
        const held = subscribing.leaseUntil;
        await runs.keepSubscribing(run.runId, held, progress, dependencies.clock.now());
        await dependencies.queues.settle(run.settings.connectionId, run.runId);
      }
      return;
    case "settle":
      // A run whose chunks are still under way is settled when they have settled.
      if (isPlanned(run) && chunksSettled(run)) {
        await endUnsettledRun(dependencies, run, reason("internalError"));
      }
  }
}

/** Before a message that is put back is tried again. */
const PAUSE_SECONDS = 60;

/** By the message's own word, or by the run's, which shows what it waits for. */
function isWaitedOut({ step, handling }: RunMessage, run: Run, now: Date): boolean {
  if (handling?.givenUp !== undefined) {
    return false;
  }
  const noted = presentTrouble(run);
  const since =
    handling?.troubledSince ?? (noted === undefined ? undefined : Date.parse(noted.since));
  return since !== undefined && isPatient(step, since, now);
}

/** Why a message was given up: AWS's trouble, or the fault that is ours. */
function reasonOf(handling: Handling | undefined, ours: ProblemCode): Problem {
  const { givenUp: why, troubledSince, what } = handling ?? {};
  return why === "trouble" && troubledSince !== undefined && what !== undefined
    ? problem("awsUnavailable", { since: new Date(troubledSince).toISOString(), what })
    : problem(ours);
}
