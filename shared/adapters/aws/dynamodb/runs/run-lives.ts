import { outcomeOf, type ChunkOutcome } from "../../../../domain/runs/chunk";
import {
  chunkTransitions,
  type ChunkChange,
} from "../../../../domain/runs/lifecycle/chunk-transitions";
import { stateOf } from "../../../../domain/runs/lifecycle/run-state";
import {
  runTransitions,
  type RunChange,
  type RunEnding,
} from "../../../../domain/runs/lifecycle/run-transitions";
import type { Run } from "../../../../domain/runs/run";
import type { RunLives } from "../../../../ports";
import { AwsFailure } from "../../aws-failure";
import { createChunkCounter } from "./chunk-counter";
import type { LifeWrites } from "./life-writes";
import { createSentNotes } from "./sent-notes";

/** Rounds of looking again when a claim was refused but the chunk is free to take when it is read. */
const CLAIM_ATTEMPTS = 5;

/** What becomes of runs and their chunks, by the tables of their transitions. */
export function createRunLives(writes: LifeWrites): RunLives {
  const { readRun, changeRun, changedRun, readChunk, changedChunk } = writes;

  const count = createChunkCounter(writes);
  const notes = createSentNotes(writes);

  /** Settles a chunk, or finds it settled, and counts it; undefined if it is not settled then. */
  async function settle(
    runId: string,
    chunk: number,
    change: ChunkChange,
    at: Date,
  ): Promise<Run | undefined> {
    const stored =
      (await changedChunk(runId, chunk, change, at)) ?? (await readChunk(runId, chunk));
    await notes.left(runId, chunk);
    return stored?.state === "settled"
      ? count(runId, { chunk, outcome: outcomeOf(stored) }, at)
      : undefined;
  }

  return {
    beginPreparing: (runId, at) => changeRun(runId, runTransitions.beginPreparing.change({ at })),

    plan: (runId, plan, numbers, at) =>
      changeRun(runId, runTransitions.plan.change({ plan, numbers, at })),

    async markStaged(runId, chunks) {
      if (await changeRun(runId, runTransitions.markStaged.change({ chunks }))) {
        return true;
      }
      // Another worker may be staging the same chunks, and be further on.
      const run = await readRun(runId);
      const kind = run === undefined ? "ended" : stateOf(run).kind;
      return kind !== "ended" && kind !== "announced" && run?.stop === undefined;
    },

    async beginRemoving(runId, at) {
      await changeRun(runId, runTransitions.beginRemoving.change({ at }));
    },

    async stop(runId, problem) {
      await changeRun(runId, runTransitions.stop.change({ problem }));
    },

    advanceConfirmRound: (runId, round) =>
      changeRun(runId, runTransitions.advanceConfirmRound.change({ round })),

    async noteTrouble(runId, trouble) {
      await changeRun(runId, runTransitions.noteTrouble.change({ trouble }));
    },

    async noteWaiting(runId, waiting) {
      await changeRun(runId, runTransitions.noteWaiting.change({ waiting }));
    },

    async notePutOff(runId, waiting) {
      await changeRun(runId, runTransitions.notePutOff.change({ waiting }));
    },

    async endWaiting(runId) {
      await changeRun(runId, runTransitions.endWaiting.change(undefined));
    },

    async touch(runId, at) {
      await changeRun(runId, runTransitions.touch.change({ at }));
    },

    keepResult: (runId, result, at) =>
      changeRun(runId, runTransitions.keepResult.change({ result, at })),

    beginSubscribing: (runId, progress, at) =>
      changeRun(runId, runTransitions.beginSubscribing.change({ progress, at })),

    async claimSubscribing(runId, now, leaseUntil) {
      const change = runTransitions.claimSubscribing.change({ now, leaseUntil });
      return (await changedRun(runId, change))?.subscribing;
    },

    keepSubscribing: (runId, heldUntil, progress, at) =>
      changeRun(runId, runTransitions.keepSubscribing.change({ heldUntil, progress, at })),

    end: (runId, ending) => changeRun(runId, endOf(ending)),

    claimAnnouncement: (runId, now, leaseUntil) =>
      changedRun(runId, runTransitions.claimAnnouncement.change({ now, leaseUntil })),

    async markAnnounced(runId) {
      await changeRun(runId, runTransitions.markAnnounced.change(undefined));
    },

    async claimChunk(runId, chunk, now, leaseUntil) {
      const change = chunkTransitions.claim.change({ chunk, now, leaseUntil });
      for (let attempt = 0; attempt < CLAIM_ATTEMPTS; attempt += 1) {
        const claimed = await changedChunk(runId, chunk, change, now);
        if (claimed !== undefined) {
          notes.claimed(runId, chunk, leaseUntil);
          const { jobs, parts } = claimed;
          const again = jobs > 0 || (claimed.state === "sending" && (claimed.claims ?? 1) > 1);
          return { kind: "claimed", jobs, again, parts };
        }
        const stored = await readChunk(runId, chunk);
        const free =
          stored === undefined ||
          (stored.state === "sending" && stored.leaseUntil <= now.getTime());
        if (!free) {
          return { kind: "held", chunk: stored };
        }
      }
      throw new AwsFailure("UpdateItem", "the chunk changes too fast to be claimed");
    },

    async releaseChunk(runId, chunk, heldUntil) {
      await changedChunk(runId, chunk, chunkTransitions.release.change({ heldUntil }));
      await notes.left(runId, chunk);
    },

    async markSent(sent, { profiles, marks }) {
      const at = new Date(sent.sentAt);
      const { runId, chunk } = sent;
      const marked = await changedChunk(runId, chunk, chunkTransitions.markSent.change(sent), at);
      const counted = marked === undefined ? 0 : profiles;
      await notes.sent(runId, chunk, { profiles: counted, marks, at });
    },

    async reopenChunk(runId, chunk, jobId, parts) {
      const change = chunkTransitions.reopen.change({ jobId, parts });
      return (await changedChunk(runId, chunk, change)) !== undefined;
    },

    async settleChunk(runId, chunk, outcome, at) {
      const change = chunkTransitions.settle.change({ chunk, outcome });
      const run = await settle(runId, chunk, change, at);
      if (run === undefined) {
        throw new AwsFailure("UpdateItem", "a settled chunk is settled no more");
      }
      return run;
    },

    settleUnlessSent: (runId, chunk, outcome, at, spare) =>
      settle(runId, chunk, sparing(spare, chunk, outcome, at), at),
  };
}

function endOf(ending: RunEnding): RunChange {
  switch (ending.kind) {
    case "unplanned":
      return runTransitions.endUnplanned.change(ending);
    case "concluded":
      return runTransitions.conclude.change(ending);
    case "unsettled":
      return runTransitions.endUnsettled.change(ending);
  }
}

function sparing(
  spare: "sent" | "held",
  chunk: number,
  outcome: ChunkOutcome,
  now: Date,
): ChunkChange {
  switch (spare) {
    case "sent":
      return chunkTransitions.settleUnlessSent.change({ chunk, outcome });
    case "held":
      return chunkTransitions.settleUnlessHeld.change({ chunk, outcome, now });
  }
}
