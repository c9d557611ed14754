import type { Chunk, ChunkParts } from "../../../domain/runs/chunk";
import type { ConfirmMessage } from "../../../domain/runs/messages";
import { problem, type Problem } from "../../../domain/problems/problem";
import { stateOf } from "../../../domain/runs/lifecycle/run-state";
import { isOverdue } from "../../../domain/runs/run";
import type { Tuning } from "../../../domain/runs/tuning";
import type {
  Clock,
  ConnectionStore,
  ImportJob,
  Log,
  PreparedRunQueues,
  RunStore,
} from "../../../ports";
import { collectRefusals, type CollectRefusalsDependencies } from "./collect-refusals";
import { isOfTheKey } from "../../klaviyo/connection-findings";
import { findJobs } from "./find-jobs";
import { pauseBeforeLook, SHARE_OF_STILLNESS, stepsDone } from "./last-looks";
import { enqueueRemovals } from "../push/enqueue-chunks";
import { chunkNumbers, isPlanned, chunksSettled, type PlannedRun } from "../planned-run";
import type { Destination, KlaviyoAccess } from "../../klaviyo/klaviyo-access";
import { lastCallBefore } from "../../klaviyo/klaviyo-client";
import { giveUp, stopSending } from "../give-up";
import { notePutOff } from "../note-put-off";
import { settleChunk, settleUnsent, settleWaiting } from "../settle-chunk";

export interface ConfirmRunDependencies {
  readonly connections: Pick<ConnectionStore, "noteFinding">;
  readonly runs: RunStore;
  readonly klaviyo: Pick<KlaviyoAccess, "destinationOf">;
  readonly files: CollectRefusalsDependencies["files"];
  readonly clock: Clock;
  readonly queues: PreparedRunQueues;
  readonly tuning: Tuning;
  readonly log: Log;
}

/** Times that a chunk is given to Klaviyo when its jobs are cancelled. */
const MAX_JOBS = 3;

/** Rounds follow each other the more slowly the longer nothing happens, from one second to half a minute. */
const SHORTEST_DELAY_SECONDS = 1;
const LONGEST_DELAY_SECONDS = 30;

/** Chunks settled at a time. */
const CONCURRENT_CHUNKS = 10;

type SentChunk = Extract<Chunk, { state: "sent" }>;

/**
 * One round of a run's confirmation: asks Klaviyo for the jobs that are not settled, settles those that
 * have come to an end, sends the removal chunks on their way when nothing else is left, and calls for the
 * next round. Ends when all chunks are settled. A message that comes
 * twice, or after its round, is dropped, so that one loop goes on for each run.
 */
export async function confirmRun(
  dependencies: ConfirmRunDependencies,
  message: ConfirmMessage,
  deadline: Date,
): Promise<void> {
  const { runs, queues, clock, log } = dependencies;
  const run = await runs.get(message.runId);
  if (!isPlanned(run) || message.round < run.confirmRound) {
    log.info("confirmDropped", { round: message.round });
    return;
  }
  const group = run.settings.connectionId;
  if (chunksSettled(run)) {
    // Whoever settled the last one may have died before the run was sent to its settlement.
    await queues.settle(group, run.runId);
    return;
  }
  if (isOverdue(run, clock.now())) {
    // The rounds end with the run, whoever else would have ended it.
    await settleUnsent(dependencies, run, problem("runStalled"));
    return;
  }
  const chunks = await runs.listChunks(run.runId);
  await countSettled(dependencies, run, chunks);
  if (run.stop !== undefined) {
    await settleWaiting(dependencies, run, withoutFate(run, chunks), run.stop);
  }
  const notBefore = await confirmSent(dependencies, run, chunks, deadline);
  const now = await runs.get(run.runId);
  if (!isPlanned(now) || chunksSettled(now)) {
    return;
  }
  if (stateOf(now).kind === "removalDue" && now.stop === undefined) {
    await enqueueRemovals(dependencies, now, await runs.listChunks(now.runId));
  }
  const unmoved = clock.now().getTime() - Date.parse(now.movedAt);
  const slotIn = notBefore === undefined ? 0 : notBefore.getTime() - clock.now().getTime();
  const delay = Math.min(
    Math.max(
      Math.ceil(Math.max(slotIn, unmoved * SHARE_OF_STILLNESS) / 1_000),
      SHORTEST_DELAY_SECONDS,
    ),
    now.stop === undefined ? LONGEST_DELAY_SECONDS : SHORTEST_DELAY_SECONDS,
  );
  const next = message.round + 1;
  // Sent before it is written down: should this worker die between the two, the round comes again.
  await queues.confirm(group, { runId: run.runId, round: next }, delay);
  await runs.advanceConfirmRound(run.runId, next);
}

/** Counts chunks in that settled before a crash kept them from being counted. */
async function countSettled(
  dependencies: ConfirmRunDependencies,
  run: PlannedRun,
  chunks: readonly Chunk[],
): Promise<void> {
  const settled = chunks.filter((chunk) => chunk.state === "settled");
  if (settled.length > run.settledChunks) {
    for (const { chunk, outcome } of settled) {
      await settleChunk(dependencies, run, chunk, outcome);
    }
  }
}

/** The chunks that neither Klaviyo has nor are settled. */
function withoutFate(run: PlannedRun, chunks: readonly Chunk[]): readonly number[] {
  const decided = new Set(
    chunks.filter(({ state }) => state !== "sending").map(({ chunk }) => chunk),
  );
  return chunkNumbers(run).filter((chunk) => !decided.has(chunk));
}

/** Whether Klaviyo said what there was to ask; if not, when the rate limit lets it be asked, if that is why. */
type Look =
  | { readonly kind: "answered" }
  | { readonly kind: "unanswered"; readonly notBefore?: Date | undefined };

/**
 * Asks for the jobs of the chunks that are sent; once few are left to import, again and again, until none is, nothing
 * has moved for some seconds, the run is stopped, or Klaviyo does not answer. Returns when the rate limit lets the
 * jobs be asked for that it kept from being asked for now.
 */
async function confirmSent(
  dependencies: ConfirmRunDependencies,
  run: PlannedRun,
  chunks: readonly Chunk[],
  deadline: Date,
): Promise<Date | undefined> {
  const { runs, clock } = dependencies;
  let known = chunks;
  let movedAt = Date.parse(run.movedAt);
  for (;;) {
    const sent = known.filter((chunk) => chunk.state === "sent");
    const look =
      sent.length === 0 ? answered : await confirmChunks(dependencies, run, sent, deadline);
    if (look.kind === "unanswered") {
      return look.notBefore;
    }
    const unmoved = clock.now().getTime() - movedAt;
    const pause = pauseBeforeLook(run, known, unmoved);
    const isLate = clock.now() >= lastCallBefore(deadline);
    if (pause === undefined || isLate || !(await isImporting(runs, run))) {
      return undefined;
    }
    await clock.sleep(pause);
    const before = stepsDone(known);
    known = await runs.listChunks(run.runId);
    if (stepsDone(known) > before) {
      movedAt = clock.now().getTime();
    }
  }
}

const answered: Look = { kind: "answered" };

/** Whether the run goes on, is not stopped, and has something left to import. */
async function isImporting(runs: Pick<RunStore, "get">, { runId }: PlannedRun): Promise<boolean> {
  const now = await runs.get(runId);
  return now !== undefined && now.stop === undefined && stateOf(now).kind === "importing";
}

async function confirmChunks(
  dependencies: ConfirmRunDependencies,
  run: PlannedRun,
  sent: readonly SentChunk[],
  deadline: Date,
): Promise<Look> {
  const manner = { party: run.runId, patience: { until: lastCallBefore(deadline) } };
  const destination = await dependencies.klaviyo.destinationOf(run, manner);
  if (destination.kind === "unusable") {
    await giveUpSent(dependencies, run, sent, destination.problem);
    return { kind: "unanswered" };
  }
  const jobIds = sent.map(({ jobId }) => jobId);
  const { jobs, gone, unasked } = await findJobs(destination, jobIds);
  const notBefore = unasked?.kind === "later" && unasked.by === "limiter" ? unasked.at : undefined;
  if (unasked !== undefined && notBefore === undefined) {
    dependencies.log.warn("confirmationPutOff", { code: unasked.problem.code });
    if (unasked.kind === "later" || unasked.kind === "faulty") {
      await notePutOff(dependencies, run, unasked);
    }
    // What else Klaviyo forbids may pass while its jobs go on; a key that does not work stays so.
    if (unasked.kind === "hopeless" && isOfTheKey(unasked.problem)) {
      await giveUpSent(dependencies, run, sent, unasked.problem);
      return { kind: "unanswered" };
    }
  }
  const confirmOne = async (chunk: SentChunk): Promise<void> => {
    const job = jobs.get(chunk.jobId);
    if (gone.has(chunk.jobId) || job?.status === "cancelled") {
      await sendAgain(dependencies, run, chunk);
    } else if (job?.status === "complete") {
      await settleComplete(dependencies, run, chunk, job, destination);
    }
  };
  for (let start = 0; start < sent.length; start += CONCURRENT_CHUNKS) {
    await Promise.all(sent.slice(start, start + CONCURRENT_CHUNKS).map(confirmOne));
  }
  return unasked === undefined ? answered : { kind: "unanswered", notBefore };
}

async function settleComplete(
  dependencies: ConfirmRunDependencies,
  run: PlannedRun,
  chunk: SentChunk,
  job: ImportJob,
  destination: Destination,
): Promise<void> {
  const collected = await collectRefusals(dependencies, run, chunk, job, destination);
  if (collected.kind === "unread") {
    dependencies.log.warn("importErrorsUnread", {
      chunk: chunk.chunk,
      code: collected.because.problem.code,
    });
    return;
  }
  const { parts } = chunk;
  const imported = (parts?.imported ?? 0) + chunk.profiles - collected.refused;
  const refused = (parts?.refused ?? 0) + chunk.refused + collected.refused;
  const leftOut = chunk.leftOut === undefined ? {} : { leftOut: chunk.leftOut };
  if (chunk.upTo !== undefined) {
    const done = { upTo: chunk.upTo, imported, refused, jobs: chunk.jobs, ...leftOut };
    await sendRest(dependencies, run, chunk, done);
    return;
  }
  await settleChunk(dependencies, run, chunk.chunk, { imported, refused, unsent: 0, ...leftOut });
}

/** A part of a chunk is done; the rest of it goes to Klaviyo now. */
async function sendRest(
  { runs, queues }: ConfirmRunDependencies,
  run: PlannedRun,
  { chunk, jobId }: SentChunk,
  done: ChunkParts,
): Promise<void> {
  if (await runs.reopenChunk(run.runId, chunk, jobId, done)) {
    await queues.push(run.settings.connectionId, [{ runId: run.runId, chunk, attempt: 0 }]);
  }
}

/** A cancelled job, or one that Klaviyo knows no more, imported nothing that can be relied on. */
async function sendAgain(
  dependencies: ConfirmRunDependencies,
  run: PlannedRun,
  chunk: SentChunk,
): Promise<void> {
  const { runs, queues, log } = dependencies;
  const attempts = chunk.jobs - (chunk.parts?.jobs ?? 0);
  if (attempts >= MAX_JOBS) {
    const reason = problem("jobCancelled", { attempts });
    await giveUp(dependencies, run, [chunk.chunk], reason, "whatever");
    return;
  }
  log.warn("jobCancelled", { chunk: chunk.chunk, jobId: chunk.jobId, jobs: chunk.jobs });
  if (await runs.reopenChunk(run.runId, chunk.chunk, chunk.jobId)) {
    await queues.push(run.settings.connectionId, [
      { runId: run.runId, chunk: chunk.chunk, attempt: 0 },
    ]);
  }
}

/** Klaviyo can't be asked any more: what became of these profiles is not known, so they count as unsent. */
async function giveUpSent(
  dependencies: ConfirmRunDependencies,
  run: PlannedRun,
  sent: readonly SentChunk[],
  reason: Problem,
): Promise<void> {
  await stopSending(dependencies, run, reason);
  const chunks = sent.map(({ chunk }) => chunk);
  await giveUp(dependencies, run, chunks, reason, "whatever");
}
