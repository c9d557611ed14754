import type { RunMark } from "../../../../domain/runs/progress/run-mark";
import { runTransitions } from "../../../../domain/runs/lifecycle/run-transitions";
import type { LifeWrites } from "./life-writes";

/** How far sending has come by one more chunk. */
interface SentNote {
  readonly profiles: number;
  readonly marks?: RunMark[] | undefined;
  readonly at: Date;
}

interface Sending {
  /** The chunks of the run that this worker has claimed, and until when. */
  readonly claimed: Map<number, Date>;
  /** What is not written down yet. */
  pending: SentNote | undefined;
  writtenAt: number;
}

/** While others of its chunks are being sent, a worker writes down no more often than this how far a run has come. */
const APART_MILLISECONDS = 1_000;

/** Writes down in runs how far sending has come. */
export interface SentNotes {
  /** A chunk is claimed: when it is sent, or done with, what was not written down before is written. */
  claimed(runId: string, chunk: number, until: Date): void;
  sent(runId: string, chunk: number, note: SentNote): Promise<void>;
  /** The chunk is done with otherwise. */
  left(runId: string, chunk: number): Promise<void>;
}

/**
 * A run's record is large and lies in indexes besides. So a chunk's note waits for that of the next one which this
 * worker is sending, for a second at most; the last one writes what is left. It is for those who watch a run: a worker
 * that dies takes what it has not written with it, and what Klaviyo confirms is counted otherwise.
 */
export function createSentNotes({ changeRun }: Pick<LifeWrites, "changeRun">): SentNotes {
  const byRun = new Map<string, Sending>();

  const sendingOf = (runId: string): Sending => {
    const known = byRun.get(runId) ?? { claimed: new Map(), pending: undefined, writtenAt: 0 };
    byRun.set(runId, known);
    return known;
  };

  async function write(runId: string, sending: Sending): Promise<void> {
    const { pending, claimed } = sending;
    if (claimed.size === 0) {
      byRun.delete(runId);
    }
    if (pending !== undefined) {
      sending.pending = undefined;
      sending.writtenAt = pending.at.getTime();
      await changeRun(runId, runTransitions.noteSent.change(pending));
    }
  }

  return {
    claimed(runId, chunk, until) {
      sendingOf(runId).claimed.set(chunk, until);
    },

    async sent(runId, chunk, note) {
      const sending = sendingOf(runId);
      const { claimed, pending, writtenAt } = sending;
      claimed.delete(chunk);
      sending.pending = {
        ...{ profiles: (pending?.profiles ?? 0) + note.profiles, at: note.at },
        marks: note.marks ?? pending?.marks,
      };
      // Whoever has died with a claim writes nothing down any more.
      const others = [...claimed.values()].some((until) => until > note.at);
      if (!others || note.at.getTime() - writtenAt >= APART_MILLISECONDS) {
        await write(runId, sending);
      }
    },

    async left(runId, chunk) {
      const sending = byRun.get(runId);
      if (sending?.claimed.delete(chunk) === true && sending.claimed.size === 0) {
        await write(runId, sending);
      }
    },
  };
}
