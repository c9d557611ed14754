import {
  runTransitions,
  type CountedChunk,
} from "../../../../domain/runs/lifecycle/run-transitions";
import type { Run } from "../../../../domain/runs/run";
import { AwsFailure } from "../../aws-failure";
import type { LifeWrites } from "./life-writes";

interface Waiter {
  readonly counted: CountedChunk;
  readonly at: Date;
  readonly resolve: (run: Run) => void;
  readonly reject: (reason: unknown) => void;
}

/** Chunks that one write counts at most: each is a condition of it. */
const MOST_AT_ONCE = 25;

const isRemoval = ({ outcome }: CountedChunk): boolean => outcome.removals !== undefined;

/**
 * Counts settled chunks in their runs, each once, whoever comes to count it. A run's record is large and lies in indexes
 * besides: so chunks that settle while it is being written share the next write.
 */
export function createChunkCounter({
  readRun,
  changedRun,
}: Pick<LifeWrites, "readRun" | "changedRun">): (
  runId: string,
  counted: CountedChunk,
  at: Date,
) => Promise<Run> {
  const waitersByRun = new Map<string, Waiter[]>();

  async function countTogether(runId: string, waiters: readonly Waiter[]): Promise<Run> {
    const chunks = [...new Map(waiters.map(({ counted }) => [counted.chunk, counted])).values()];
    const at = new Date(Math.max(...waiters.map((waiter) => waiter.at.getTime())));
    const changed = await changedRun(runId, runTransitions.countChunks.change({ chunks, at }));
    if (changed !== undefined) {
      return changed;
    }
    if (chunks.length > 1) {
      // One of them that was counted before keeps the others from being counted with it.
      for (const one of chunks) {
        await changedRun(runId, runTransitions.countChunks.change({ chunks: [one], at }));
      }
    }
    const run = await readRun(runId);
    if (run === undefined) {
      throw new AwsFailure("UpdateItem", "a chunk's run is not there");
    }
    return run;
  }

  async function serve(runId: string): Promise<void> {
    for (;;) {
      const waiting = waitersByRun.get(runId) ?? [];
      const [first] = waiting;
      if (first === undefined) {
        waitersByRun.delete(runId);
        return;
      }
      // A run first has its imports counted, then its removals: no write does both.
      const waiters = waiting
        .filter(({ counted }) => isRemoval(counted) === isRemoval(first.counted))
        .slice(0, MOST_AT_ONCE);
      const taken = new Set(waiters);
      waitersByRun.set(
        runId,
        waiting.filter((waiter) => !taken.has(waiter)),
      );
      try {
        const run = await countTogether(runId, waiters);
        waiters.forEach(({ resolve }) => {
          resolve(run);
        });
      } catch (error) {
        waiters.forEach(({ reject }) => {
          reject(error);
        });
      }
    }
  }

  return (runId, counted, at) =>
    new Promise((resolve, reject) => {
      const waiter = { counted, at, resolve, reject };
      const waiting = waitersByRun.get(runId);
      if (waiting === undefined) {
        waitersByRun.set(runId, [waiter]);
        void serve(runId);
      } else {
        waiting.push(waiter);
      }
    });
}
