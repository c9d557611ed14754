import type { Chunk } from "../../../../domain/runs/chunk";
import type { ChunkChange } from "../../../../domain/runs/lifecycle/chunk-transitions";
import type { RunChange } from "../../../../domain/runs/lifecycle/run-transitions";
import type { Run } from "../../../../domain/runs/run";

/** Reads and changes of single items, each of which is made only if what must hold of the item does. */
export interface LifeWrites {
  readRun(runId: string): Promise<Run | undefined>;
  /** Whether the change was made. */
  changeRun(runId: string, change: RunChange): Promise<boolean>;
  /** The run as it then is; undefined if the change was not made. */
  changedRun(runId: string, change: RunChange): Promise<Run | undefined>;
  readChunk(runId: string, chunk: number): Promise<Chunk | undefined>;
  /** The same of a chunk. `at` is given by whoever may be the first to write down something of it. */
  changedChunk(
    runId: string,
    chunk: number,
    change: ChunkChange,
    at?: Date,
  ): Promise<Chunk | undefined>;
}
