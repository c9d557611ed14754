import {
  runTransitions,
  type CountedChunk,
} from "../../../../domain/runs/lifecycle/run-transitions";
import type { Run } from "../../../../domain/runs/run";
import { AwsFailure } from "../../aws-failure";
import { servedTogether } from "../served-together";
import type { LifeWrites } from "./life-writes";

interface Settled {
  readonly counted: CountedChunk;
  readonly at: Date;
}

/** Chunks that one write counts at most: each is a condition of it. */
const MOST_AT_ONCE = 25;

const isRemoval = ({ counted }: Settled): boolean => counted.outcome.removals !== undefined;

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
  async function countTogether(runId: string, settled: readonly Settled[]): Promise<Run> {
    const chunks = [...new Map(settled.map(({ counted }) => [counted.chunk, counted])).values()];
    const at = new Date(Math.max(...settled.map((one) => one.at.getTime())));
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

  const count = servedTogether(
    async (runId, settled: readonly Settled[]) => {
      const run = await countTogether(runId, settled);
      return settled.map(() => run);
    },
    // A run first has its imports counted, then its removals: no write does both.
    ([first, ...others]) =>
      first === undefined
        ? []
        : [first, ...others.filter((one) => isRemoval(one) === isRemoval(first))].slice(
            0,
            MOST_AT_ONCE,
          ),
  );
  return (runId, counted, at) => count(runId, { counted, at });
}
