import type { Chunk, Refusal } from "../domain/chunk";
import type { PushMessage } from "../domain/messages";
import type { Problem } from "../domain/problem";
import type {
  Clock,
  ConnectionStore,
  KlaviyoFailure,
  RunFiles,
  RunQueues,
  RunStore,
  SecretStore,
} from "../ports";
import { isKeyReplaced, isOfTheKey, noteProblem } from "./connection-findings";
import { chunkSize, isPlanned, type PlannedRun } from "./planned-run";
import { findDestination, problemOfFailure } from "./run-destination";
import { sendChunk, type SendChunkDependencies } from "./send-chunk";
import { settleChunk } from "./settle-chunk";

export interface PushChunkDependencies extends SendChunkDependencies {
  readonly connections: ConnectionStore;
  readonly runs: RunStore;
  readonly secrets: Pick<SecretStore, "read">;
  readonly files: Pick<RunFiles, "readChunk" | "writeRefusals">;
  readonly queues: RunQueues;
}

/** A worker that has not finished with a chunk by then is taken for dead. Longer than any invocation. */
const LEASE_MILLISECONDS = 150_000;

/** Times that a chunk is put off because Klaviyo is unavailable: with the delays below, about an hour. */
const MAX_ATTEMPTS = 12;
const LONGEST_DELAY_SECONDS = 600;

/**
 * Gives one chunk to Klaviyo as one import job. However often it is called, a chunk that Klaviyo took or
 * that has settled is not sent again; a chunk that can't go now is put on the queue again, which leaves the
 * message's receive count alone.
 */
export async function pushChunk(
  dependencies: PushChunkDependencies,
  message: PushMessage,
  deadline: Date,
): Promise<void> {
  const { runs, clock, log } = dependencies;
  const run = await runs.get(message.runId);
  if (!isPlanned(run)) {
    log.info("pushDropped", { reason: "runEnded" });
    return;
  }
  if (run.stop !== undefined) {
    await settleUnsent(dependencies, run, message.chunk, run.stop);
    return;
  }
  const destination = await findDestination(dependencies, run);
  if (destination.kind === "unusable") {
    await stopRun(dependencies, run, message.chunk, destination.problem);
    return;
  }
  const now = clock.now();
  const claim = await runs.claimChunk(
    run.runId,
    message.chunk,
    now,
    new Date(now.getTime() + LEASE_MILLISECONDS),
  );
  if (claim.kind === "held") {
    await leaveToHolder(dependencies, run, message, claim.chunk);
    return;
  }

  const sending = await sendChunk(dependencies, run, message.chunk, destination, deadline);
  switch (sending.kind) {
    case "accepted":
      await keepRefusals(dependencies, run, message.chunk, sending.refusals);
      await runs.markSent({
        state: "sent",
        runId: run.runId,
        chunk: message.chunk,
        jobs: claim.jobs + 1,
        jobId: sending.job.jobId,
        sentAt: clock.now().toISOString(),
        profiles: chunkSize(run, message.chunk) - sending.refusals.length,
        refused: sending.refusals.length,
      });
      log.info("chunkSent", { jobId: sending.job.jobId, refused: sending.refusals.length });
      return;
    case "allRefused":
      await keepRefusals(dependencies, run, message.chunk, sending.refusals);
      await settleChunk(dependencies, run, message.chunk, {
        imported: 0,
        refused: sending.refusals.length,
        unsent: 0,
      });
      return;
    case "later":
      await handBack(dependencies, run, message, secondsUntil(clock, sending.at));
      return;
    case "faulty":
      await tryAgain(dependencies, run, message, sending.failure);
      return;
    case "hopeless":
      if (isOfTheKey(sending.problem) && (await isKeyReplaced(dependencies, destination))) {
        await handBack(dependencies, run, message, 1);
      } else if (sending.stopsRun) {
        await stopRun(dependencies, run, message.chunk, sending.problem);
      } else {
        await settleUnsent(dependencies, run, message.chunk, sending.problem);
      }
      return;
  }
}

/** Another worker holds the chunk, or it is past this step. */
async function leaveToHolder(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  message: PushMessage,
  held: Chunk,
): Promise<void> {
  const { queues, clock, log } = dependencies;
  switch (held.state) {
    case "settled":
      // The worker that settled it may have died before the run was told.
      await settleChunk(dependencies, run, message.chunk, held.outcome);
      return;
    case "sent":
      log.info("pushDropped", { reason: "sentBefore" });
      return;
    case "sending":
      // If its holder dies, this message takes the chunk over when the lease has run out.
      await queues.push(
        run.settings.connectionId,
        [message],
        secondsUntil(clock, new Date(held.leaseUntil)),
      );
  }
}

async function keepRefusals(
  { files }: PushChunkDependencies,
  run: PlannedRun,
  chunk: number,
  refusals: readonly Refusal[],
): Promise<void> {
  if (refusals.length > 0) {
    const { runId, plan } = run;
    await files.writeRefusals({ runId, attemptId: plan.attemptId, chunk, stage: "push" }, refusals);
  }
}

async function handBack(
  { runs, queues }: PushChunkDependencies,
  run: PlannedRun,
  message: PushMessage,
  delaySeconds: number,
): Promise<void> {
  await runs.releaseChunk(run.runId, message.chunk);
  await queues.push(run.settings.connectionId, [message], delaySeconds);
}

async function tryAgain(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  message: PushMessage,
  failure: KlaviyoFailure,
): Promise<void> {
  const found = problemOfFailure(failure);
  dependencies.log.warn("chunkPutOff", { attempt: message.attempt, code: found.code });
  if (message.attempt >= MAX_ATTEMPTS) {
    await settleUnsent(dependencies, run, message.chunk, found);
    return;
  }
  const ceiling = Math.min(2 ** (message.attempt + 1), LONGEST_DELAY_SECONDS);
  // Half of the delay is random, so that chunks put off together do not come back together.
  const delay = Math.ceil(ceiling / 2 + (Math.random() * ceiling) / 2);
  await handBack(dependencies, run, { ...message, attempt: message.attempt + 1 }, delay);
}

/** No chunk of the run is sent any more; this one is settled, and so is every other that comes up. */
async function stopRun(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  chunk: number,
  reason: Problem,
): Promise<void> {
  dependencies.log.error("runStopped", { code: reason.code });
  await dependencies.runs.stop(run.runId, reason);
  await noteProblem(dependencies, run.settings.connectionId, reason, "run");
  await settleUnsent(dependencies, run, chunk, reason);
}

async function settleUnsent(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  chunk: number,
  reason: Problem,
): Promise<void> {
  const held = await dependencies.runs.getChunk(run.runId, chunk);
  if (held?.state === "sent") {
    // Klaviyo has it: what became of it is for the confirmation to find out.
    return;
  }
  await settleChunk(dependencies, run, chunk, {
    imported: 0,
    refused: 0,
    unsent: chunkSize(run, chunk),
    problem: reason,
  });
}

function secondsUntil(clock: Clock, instant: Date): number {
  return Math.max(1, Math.ceil((instant.getTime() - clock.now().getTime()) / 1_000));
}
