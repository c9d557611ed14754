import type { Chunk, ChunkParts, Refusal } from "../../../domain/runs/chunk";
import type { LeftOutValue } from "../../../domain/runs/chunk-findings";
import type { PushMessage } from "../../../domain/runs/messages";
import type { Tuning } from "../../../domain/runs/tuning";
import { problem, type Problem } from "../../../domain/problems/problem";
import { isOverdue } from "../../../domain/runs/run";
import { nextMarks } from "../../../domain/runs/progress/run-mark";
import { markOf } from "../../../domain/runs/progress/run-progress";
import type {
  Clock,
  ConnectionStore,
  Metrics,
  RunFiles,
  PreparedRunQueues,
  RunStore,
} from "../../../ports";
import { LONGEST_DELAY_SECONDS } from "./enqueue-chunks";
import type { Destination, KlaviyoAccess } from "../../klaviyo/klaviyo-access";
import { lastCallBefore } from "../../klaviyo/klaviyo-client";
import { giveUp, stopSending } from "../give-up";
import { notePutOff } from "../note-put-off";
import { holding, secondsUntil, type Holdable, type Outcome } from "../holding";
import {
  chunkSize,
  isReadyForRemoval,
  isPlanned,
  stagedChunk,
  type PlannedRun,
} from "../planned-run";
import { removeChunk, type RemoveChunkDependencies, type Removing } from "./remove-chunk";
import { sendChunk, type SendChunkDependencies, type Sending } from "./send-chunk";
import { settleChunk, settleUnlessSent } from "../settle-chunk";
import { confirmStopped } from "../stop-run";

export interface PushChunkDependencies extends SendChunkDependencies {
  readonly connections: Pick<ConnectionStore, "noteFinding">;
  readonly runs: RunStore;
  readonly files: SendChunkDependencies["files"] &
    Pick<RunFiles, "writeRefusals" | "writeLeftOut"> &
    RemoveChunkDependencies["files"];
  readonly klaviyo: Pick<KlaviyoAccess, "destinationOf">;
  readonly clock: Pick<Clock, "now">;
  readonly queues: PreparedRunQueues;
  readonly tuning: Tuning;
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
  const { runs, clock, log, tuning } = dependencies;
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
    await giveUp(dependencies, run, [chunk], run.stop, "unlessSent");
    return;
  }
  if (isOverdue(run, clock.now())) {
    // However its turn may come and go, it is not waited for any longer than the run may take.
    await giveUp(dependencies, run, [chunk], problem("runStalled"), "unlessSent");
    return;
  }
  const now = clock.now().getTime();
  if (message.dueAt !== undefined && message.dueAt > now + EARLY_MILLISECONDS) {
    await putOff(dependencies, run, message, secondsUntil(clock, new Date(message.dueAt)));
    return;
  }
  const manner = { party: runId, patience: { until: lastCallBefore(deadline) } };
  const destination = await dependencies.klaviyo.destinationOf(run, manner);
  if (destination.kind === "unusable") {
    await stopRunAt(dependencies, run, chunk, destination.problem);
    return;
  }
  await holding(dependencies, holdable(dependencies, run, message), async (claim) => {
    if (message.attempt > tuning.attempts && message.handling?.troubledSince === undefined) {
      // Whoever took it died, again and again: it is not tried for ever.
      return { kind: "hopeless", problem: problem("chunkUnsent"), stopsRun: false };
    }
    const rest = { chunk, from: claim.parts?.upTo ?? 0, again: claim.again };
    const pushed =
      staged.kind === "import"
        ? await sendChunk(dependencies, run, rest, destination)
        : await removeChunk(dependencies, run, chunk, destination);
    if (pushed.kind === "later" || pushed.kind === "faulty") {
      await notePutOff(dependencies, run, pushed, message.attempt);
    }
    return keep(dependencies, run, chunk, { ...claim, destination }, pushed);
  });
}

type Claim = Extract<Awaited<ReturnType<RunStore["claimChunk"]>>, { kind: "claimed" }>;

/** The chunk as work that one worker at a time may do. */
function holdable(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  message: PushMessage,
): Holdable<Claim, Chunk> {
  const { runs, clock, tuning, log } = dependencies;
  const { runId, chunk, attempt } = message;
  const leaseUntil = new Date(clock.now().getTime() + tuning.leaseSeconds * 1_000);
  return {
    attempt,
    async claim(now) {
      const claim = await runs.claimChunk(runId, chunk, now, leaseUntil);
      return claim.kind === "held"
        ? { kind: "held", holder: claim.chunk }
        : { kind: "claimed", hold: claim };
    },
    leave: (held) => leaveToHolder(dependencies, run, message, held),
    release: () => runs.releaseChunk(runId, chunk, leaseUntil),
    again: (_claim, next) =>
      putOff(dependencies, run, { ...message, attempt: next.attempt }, next.delaySeconds),
    logFault: (details) => log.warn("chunkPutOff", details),
    giveUp: (_claim, { problem: reason, stopsRun }) =>
      stopsRun
        ? stopRunAt(dependencies, run, chunk, reason)
        : giveUp(dependencies, run, [chunk], reason, "unlessSent"),
  };
}

/** Keeps what pushing the chunk came to. */
async function keep(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  chunk: number,
  claim: Pick<Claim, "jobs" | "parts"> & { readonly destination: Destination },
  pushed: Sending | Removing,
): Promise<Outcome> {
  const { runs, clock, log } = dependencies;
  switch (pushed.kind) {
    case "accepted":
      await keepRefusals(dependencies, run, chunk, claim.jobs, pushed.refusals);
      await keepLeftOut(dependencies, run, chunk, pushed.leftOut);
      await runs.markSent(sentChunk(run, chunk, claim, pushed, clock.now()), {
        // The first job of a chunk, or of its part, counts its profiles.
        profiles:
          claim.jobs === (claim.parts?.jobs ?? 0) ? newlySent(run, chunk, claim, pushed) : 0,
        marks: nextMarks(run.marks ?? [], markOf(run)),
      });
      // By account: Klaviyo's limit, of which this is the use, is the account's.
      dependencies.metrics.put(
        { ImportJobs: 1 },
        { account: claim.destination.connection.account.id },
      );
      log.info("chunkSent", { jobId: pushed.job.jobId, refused: pushed.refusals.length });
      return { kind: "over" };
    case "allRefused":
      await keepRefusals(dependencies, run, chunk, claim.jobs, pushed.refusals);
      await settleUnlessSent(dependencies, run, chunk, {
        imported: claim.parts?.imported ?? 0,
        refused: chunkSize(run, chunk) - (claim.parts?.imported ?? 0),
        unsent: 0,
      });
      return { kind: "over" };
    case "removed":
      log.info("chunkRemoved", { ...pushed.outcome.removals });
      await settleUnlessSent(dependencies, run, chunk, pushed.outcome);
      return { kind: "over" };
    case "later":
    case "faulty":
    case "hopeless":
      return pushed;
  }
}

/** Profiles of the chunk, or of its part, that Klaviyo has taken with the job or has refused at once. */
function newlySent(
  run: PlannedRun,
  chunk: number,
  { parts }: { parts?: ChunkParts | undefined },
  { upTo }: Extract<Sending, { kind: "accepted" }>,
): number {
  return (upTo ?? chunkSize(run, chunk)) - (parts?.upTo ?? 0);
}

/** The chunk as the job that Klaviyo took: all that was left of it, or a part. */
function sentChunk(
  run: PlannedRun,
  chunk: number,
  { jobs, parts }: { jobs: number; parts?: ChunkParts | undefined },
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
    upTo,
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
    await files.writeRefusals({ runId, attemptId: plan.attemptId, chunk, step: "push" }, refusals);
  }
}

/** The values that the chunk's profiles go without, for the run's result. */
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

/** No chunk of the run is sent any more; the confirmation settles those that wait on the queue. */
async function stopRunAt(
  dependencies: PushChunkDependencies,
  run: PlannedRun,
  chunk: number,
  reason: Problem,
): Promise<void> {
  dependencies.log.error("runStopped", { code: reason.code });
  await stopSending(dependencies, run, reason);
  await giveUp(dependencies, run, [chunk], reason, "unlessSent");
  await confirmStopped(dependencies, (await dependencies.runs.get(run.runId)) ?? run);
}
