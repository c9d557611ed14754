import type { Chunk, ChunkParts, Refusal } from "../../../domain/runs/chunk";
import type { LeftOutValue } from "../../../domain/runs/chunk-findings";
import type { PushMessage } from "../../../domain/runs/messages";
import { retryDelaySeconds, type Pace } from "../../../domain/klaviyo/pace";
import { problem, type Problem } from "../../../domain/problems/problem";
import { isOverdue } from "../../../domain/runs/run";
import type {
  Clock,
  ConnectionStore,
  KlaviyoFailure,
  Metrics,
  RunFiles,
  RunQueues,
  RunStore,
  SecretStore,
} from "../../../ports";
import { LONGEST_DELAY_SECONDS } from "./enqueue-chunks";
import { isKeyReplaced, isOfTheKey, noteProblem } from "../../klaviyo/connection-findings";
import {
  chunkSize,
  isReadyForRemoval,
  isPlanned,
  stagedChunk,
  type PlannedRun,
} from "../planned-run";
import { removeChunk, type RemoveChunkDependencies, type Removing } from "./remove-chunk";
import { findDestination, problemOfFailure, type Destination } from "../../klaviyo/run-destination";
import { sendChunk, type SendChunkDependencies, type Sending } from "./send-chunk";
import { settleChunk, settleUnlessSent, unsentOutcome } from "../settle-chunk";
import { settleStopped } from "../stop-run";

export interface PushChunkDependencies extends SendChunkDependencies {
  readonly connections: ConnectionStore;
  readonly runs: RunStore;
  readonly secrets: Pick<SecretStore, "read">;
  readonly files: SendChunkDependencies["files"] &
    Pick<RunFiles, "writeRefusals" | "writeLeftOut"> &
    RemoveChunkDependencies["files"];
  readonly klaviyo: SendChunkDependencies["klaviyo"] & RemoveChunkDependencies["klaviyo"];
  readonly queues: RunQueues;
  readonly pace: Pace;
  readonly metrics: Metrics;
}

/** A message that comes sooner before its turn than this is put off again. */
const EARLY_MILLISECONDS = 5_000;

/**
 * Gives one chunk to Klaviyo as one import job, or takes a removal chunk off the list. However often it is
 * called, a chunk that Klaviyo took or that has settled is not sent again; a chunk that can't go now is put on
 * the queue again, which leaves the message's receive count alone.
 */
export async function pushChunk(
  dependencies: PushChunkDependencies,
  message: PushMessage,
  deadline: Date,
): Promise<void> {
  const { runs, clock, log, pace } = dependencies;
  const { runId, chunk } = message;
  const run = await runs.get(runId);
  if (!isPlanned(run)) {
    log.info("pushDropped", { reason: run?.status === "running" ? "notPlanned" : "runEnded" });
    return;
  }
  const staged = stagedChunk(run, chunk);
  if (staged === undefined) {
    log.error("pushDropped", { reason: "noSuchChunk" });
    return;
  }
  if (staged.kind === "import" && chunk > run.stagedChunks && run.stop === undefined) {
    // It comes again when it is staged.
    log.info("pushDropped", { reason: "notStaged" });
    return;
  }
  if (staged.kind === "removal" && run.stop === undefined && !isReadyForRemoval(run)) {
    // It comes again when all that is to be imported has its fate.
    log.info("pushDropped", { reason: "removalNotDue" });
    return;
  }
  if (run.stop !== undefined) {
    await giveUp(dependencies, run, chunk, run.stop);
    return;
  }
  if (isOverdue(run, clock.now())) {
    // However its turn may come and go, it is not waited for any longer than the run may take.
    await giveUp(dependencies, run, chunk, problem("runStalled"));
    return;
  }
  const now = clock.now().getTime();
  if (message.dueAt !== undefined && message.dueAt > now + EARLY_MILLISECONDS) {
    await putOff(dependencies, run, message, secondsUntil(clock, new Date(message.dueAt)));
    return;
  }
  const destination = await findDestination(dependencies, run);
  if (destination.kind === "unusable") {
    await stopSending(dependencies, run, chunk, destination.problem);
    return;
  }
  const leaseUntil = new Date(now + pace.leaseSeconds * 1_000);
  const claim = await runs.claimChunk(runId, chunk, new Date(now), leaseUntil);
  if (claim.kind === "held") {
    await leaveToHolder(dependencies, run, message, claim.chunk);
    return;
  }
  if (message.attempt > pace.attempts && message.handling?.troubledSince === undefined) {
    // Whoever took it died, again and again: it is not tried for ever.
    await giveUp(dependencies, run, chunk, problem("chunkUnsent"));
    return;
  }
  try {
    const sending =
      staged.kind === "import"
        ? await sendChunk(
            dependencies,
            run,
            { chunk, from: claim.parts?.upTo ?? 0, again: claim.again },
            destination,
            deadline,
          )
        : await removeChunk(dependencies, run, chunk, destination, deadline);
    await conclude(dependencies, run, message, { ...claim, destination, leaseUntil }, sending);
  } catch (error) {
    // The message comes back, and must find the chunk free.
    await runs.releaseChunk(runId, chunk, leaseUntil);
    throw error;
  }
}

/** What a worker holds that has claimed a chunk. */
interface Claim {
  /** Jobs that the chunk became before. */
  readonly jobs: number;
  /** Parts of the chunk that are done. */
  readonly parts?: ChunkParts | undefined;
  readonly destination: Destination;
  readonly leaseUntil: Date;
}

async function conclude(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  message: PushMessage,
  claim: Claim,
  sending: Sending | Removing,
): Promise<void> {
  const { runs, clock, log } = dependencies;
  const { chunk } = message;
  switch (sending.kind) {
    case "accepted":
      await keepRefusals(dependencies, run, chunk, claim.jobs, sending.refusals);
      await keepLeftOut(dependencies, run, chunk, sending.leftOut);
      await runs.markSent(sentChunk(run, chunk, claim, sending, clock.now()));
      // By account: Klaviyo's limit, of which this is the use, is the account's.
      dependencies.metrics.put(
        { ImportJobs: 1 },
        { account: claim.destination.connection.account.id },
      );
      log.info("chunkSent", { jobId: sending.job.jobId, refused: sending.refusals.length });
      return;
    case "allRefused":
      await keepRefusals(dependencies, run, chunk, claim.jobs, sending.refusals);
      await settleUnlessSent(dependencies, run, chunk, {
        imported: claim.parts?.imported ?? 0,
        refused: chunkSize(run, chunk) - (claim.parts?.imported ?? 0),
        unsent: 0,
      });
      return;
    case "removed":
      log.info("chunkRemoved", { ...sending.outcome.removals });
      await settleUnlessSent(dependencies, run, chunk, sending.outcome);
      return;
    case "later":
      await handBack(dependencies, run, message, claim, secondsUntil(clock, sending.at));
      return;
    case "faulty":
      await tryAgain(dependencies, run, message, claim, sending.failure);
      return;
    case "hopeless":
      if (isOfTheKey(sending.problem) && (await isKeyReplaced(dependencies, claim.destination))) {
        await handBack(dependencies, run, message, claim, 1);
      } else if (sending.stopsRun) {
        await stopSending(dependencies, run, chunk, sending.problem);
      } else {
        await giveUp(dependencies, run, chunk, sending.problem);
      }
      return;
  }
}

/** The chunk as the job that Klaviyo took: all that was left of it, or a part. */
function sentChunk(
  run: PlannedRun,
  chunk: number,
  { jobs, parts }: Claim,
  { job, upTo, refusals, leftOut }: Extract<Sending, { kind: "accepted" }>,
  at: Date,
): Extract<Chunk, { state: "sent" }> {
  const from = parts?.upTo ?? 0;
  const refused = refusals.filter(({ position }) => (position ?? 0) >= from).length;
  return {
    state: "sent",
    runId: run.runId,
    chunk,
    jobs: jobs + 1,
    jobId: job.jobId,
    sentAt: at.toISOString(),
    profiles: (upTo ?? chunkSize(run, chunk)) - from - refused,
    refused,
    ...(upTo === undefined ? {} : { upTo }),
    ...(leftOut.length === 0 ? {} : { leftOut: leftOut.length }),
  };
}

/** Another worker holds the chunk, or it is past this step. */
async function leaveToHolder(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  message: PushMessage,
  held: Chunk,
): Promise<void> {
  const { clock, log } = dependencies;
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
      await putOff(
        dependencies,
        run,
        { ...message, attempt: message.attempt + 1 },
        secondsUntil(clock, new Date(held.leaseUntil)),
      );
  }
}

/** Also none are kept, when the chunk's earlier job may have left some. */
async function keepRefusals(
  { files }: PushChunkDependencies,
  run: PlannedRun,
  chunk: number,
  earlierJobs: number,
  refusals: readonly Refusal[],
): Promise<void> {
  if (refusals.length > 0 || earlierJobs > 0) {
    const { runId, plan } = run;
    await files.writeRefusals({ runId, attemptId: plan.attemptId, chunk, stage: "push" }, refusals);
  }
}

/** The values that the chunk's profiles go without, for the run's account. */
async function keepLeftOut(
  { files }: PushChunkDependencies,
  { runId, plan: { attemptId } }: PlannedRun,
  chunk: number,
  leftOut: readonly LeftOutValue[],
): Promise<void> {
  if (leftOut.length > 0) {
    await files.writeLeftOut({ runId, attemptId, chunk }, leftOut);
  }
}

async function handBack(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  message: PushMessage,
  { leaseUntil }: Claim,
  delaySeconds: number,
): Promise<void> {
  await dependencies.runs.releaseChunk(run.runId, message.chunk, leaseUntil);
  await putOff(dependencies, run, message, delaySeconds);
}

/** Sends the message anew, to come so much later; the receive count begins from the start. */
async function putOff(
  { queues }: PushChunkDependencies,
  run: PlannedRun,
  { runId, chunk, attempt, dueAt, handling }: PushMessage,
  seconds: number,
): Promise<void> {
  const delaySeconds = Math.min(seconds, LONGEST_DELAY_SECONDS);
  await queues.push(run.settings.connectionId, [
    { runId, chunk, attempt, dueAt, handling, delaySeconds },
  ]);
}

async function tryAgain(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  message: PushMessage,
  claim: Claim,
  failure: KlaviyoFailure,
): Promise<void> {
  const { log, pace } = dependencies;
  const found = problemOfFailure(failure);
  log.warn("chunkPutOff", { attempt: message.attempt, code: found.code });
  if (message.attempt >= pace.attempts) {
    await giveUp(dependencies, run, message.chunk, found);
    return;
  }
  const next = { ...message, attempt: message.attempt + 1 };
  await handBack(dependencies, run, next, claim, retryDelaySeconds(message.attempt, pace));
}

/** No chunk of the run is sent any more; the confirmation settles those that wait on the queue. */
async function stopSending(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  chunk: number,
  reason: Problem,
): Promise<void> {
  dependencies.log.error("runStopped", { code: reason.code });
  await dependencies.runs.stop(run.runId, reason);
  await noteProblem(dependencies, run.settings.connectionId, reason, "run");
  await giveUp(dependencies, run, chunk, reason);
  await settleStopped(dependencies, (await dependencies.runs.get(run.runId)) ?? run);
}

/** What Klaviyo has is left alone: what became of it is for the confirmation to find out. */
async function giveUp(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  chunk: number,
  reason: Problem,
): Promise<void> {
  await settleUnlessSent(dependencies, run, chunk, unsentOutcome(run, chunk, reason));
}

function secondsUntil(clock: Clock, instant: Date): number {
  return Math.max(1, Math.ceil((instant.getTime() - clock.now().getTime()) / 1_000));
}
