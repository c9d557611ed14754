import { REMOVAL_CHUNK_MAX_PROFILES, type Chunk } from "../../../domain/runs/chunk";
import { FILTER_MAX_EMAILS } from "../../../domain/klaviyo/email-filter";
import { endpointLimits, turnOf } from "../../../domain/klaviyo/rate-limit";
import type { Clock, PreparedRunQueues, RunStore } from "../../../ports";
import { isReadyForRemoval, chunksSettled, type PlannedRun } from "../planned-run";
import { confirmStopped } from "../stop-run";

/** Klaviyo has hardly begun with a job before this; the first round of confirming need not be sooner. */
const FIRST_CONFIRMATION_DELAY_SECONDS = 1;

/** Messages come so long before their turn that a worker is never without one. */
const AHEAD_MILLISECONDS = 2_000;

/** What bounds the pace of removal: a chunk takes one removing call, but so many to look its profiles up. */
const LOOKUPS_A_REMOVAL_CHUNK = REMOVAL_CHUNK_MAX_PROFILES / FILTER_MAX_EMAILS;

/** SQS quotas: the longest delay of a message. */
export const LONGEST_DELAY_SECONDS = 900;

export interface EnqueueChunksDependencies {
  readonly runs: Pick<RunStore, "listChunks" | "beginRemoving">;
  readonly queues: PreparedRunQueues;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Sends every staged chunk on its way that nobody has taken, each to come when its turn under the rate limit is
 * near, and has the run confirmed. Safe to repeat: chunks that are under way are left alone, and messages that
 * come twice have no effect.
 */
export async function enqueueChunks(
  dependencies: EnqueueChunksDependencies,
  run: PlannedRun,
): Promise<void> {
  if (!chunksSettled(run) && run.stop === undefined) {
    const queue = importQueue(dependencies, run);
    await queue(await stagedUntaken(dependencies, run));
  }
  await enqueueConfirmation(dependencies, run);
}

/** The chunks to import that are staged and that nobody has taken. */
export async function stagedUntaken(
  { runs }: Pick<EnqueueChunksDependencies, "runs">,
  run: PlannedRun,
): Promise<readonly number[]> {
  if (run.stagedChunks === 0) {
    return [];
  }
  const staged = Array.from({ length: run.stagedChunks }, (_, index) => index + 1);
  return untaken(staged, await runs.listChunks(run.runId));
}

/** Sends the chunks that it is given on their way, one after the other; their turns are counted from now. */
export function importQueue(
  dependencies: Pick<EnqueueChunksDependencies, "queues" | "clock">,
  run: PlannedRun,
): (chunks: readonly number[]) => Promise<void> {
  const begunAt = dependencies.clock.now().getTime();
  let given = 0;
  return async (chunks) => {
    const passed = dependencies.clock.now().getTime() - begunAt;
    const before = given;
    given += chunks.length;
    await push(
      dependencies,
      run,
      chunks,
      (index) => turnOf(before + index, endpointLimits.createImportJob) - passed,
    );
  };
}

/**
 * Starts the confirmation loop. A run without chunks goes straight to its settlement; removal chunks go when all
 * chunks to import have their fate.
 */
export async function enqueueConfirmation(
  dependencies: EnqueueChunksDependencies,
  run: PlannedRun,
): Promise<void> {
  const { runs, queues } = dependencies;
  const group = run.settings.connectionId;
  if (chunksSettled(run)) {
    await queues.settle(group, run.runId);
    return;
  }
  if (run.stop !== undefined) {
    await confirmStopped({ queues }, run);
    return;
  }
  if (isReadyForRemoval(run)) {
    await enqueueRemovals(dependencies, run, await runs.listChunks(run.runId));
  }
  await queues.confirm(
    group,
    { runId: run.runId, round: run.confirmRound },
    FIRST_CONFIRMATION_DELAY_SECONDS,
  );
}

/** Sends every removal chunk on its way that nobody has taken. Safe to repeat. */
export async function enqueueRemovals(
  dependencies: EnqueueChunksDependencies,
  run: PlannedRun,
  known: readonly Chunk[],
): Promise<void> {
  const { runs, clock } = dependencies;
  const { chunkSizes, removalSizes } = run.plan;
  const toRemove = removalSizes.map((_, index) => chunkSizes.length + index + 1);
  await push(dependencies, run, untaken(toRemove, known), (index) =>
    turnOf(index * LOOKUPS_A_REMOVAL_CHUNK, endpointLimits.listProfiles),
  );
  await runs.beginRemoving(run.runId, clock.now());
}

function untaken(chunks: readonly number[], known: readonly Chunk[]): readonly number[] {
  const taken = new Set(
    known.filter(({ state }) => state === "sent" || state === "settled").map(({ chunk }) => chunk),
  );
  return chunks.filter((chunk) => !taken.has(chunk));
}

async function push(
  { queues, clock }: Pick<EnqueueChunksDependencies, "queues" | "clock">,
  { runId, settings }: PlannedRun,
  chunks: readonly number[],
  turn: (index: number) => number,
): Promise<void> {
  const now = clock.now().getTime();
  const messages = chunks.map((chunk, index) => {
    const wait = turn(index) - AHEAD_MILLISECONDS;
    const delaySeconds = Math.max(0, Math.floor(wait / 1_000));
    return {
      runId,
      chunk,
      attempt: 0,
      delaySeconds: Math.min(delaySeconds, LONGEST_DELAY_SECONDS),
      ...(delaySeconds > LONGEST_DELAY_SECONDS ? { dueAt: now + wait } : {}),
    };
  });
  await queues.push(settings.connectionId, messages);
}
