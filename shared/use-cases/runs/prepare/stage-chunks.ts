import { problem } from "../../../domain/problems/problem";
import { stateOf } from "../../../domain/runs/lifecycle/run-state";
import type { Clock, Log, Preparation, RunStore } from "../../../ports";
import {
  enqueueConfirmation,
  importQueue,
  stagedUntaken,
  type EnqueueChunksDependencies,
} from "../push/enqueue-chunks";
import { isPlanned, type PlannedRun } from "../planned-run";
import { stopRun, type StopRunDependencies } from "../stop-run";

/**
 * Between two series: on a machine with few processors, building the others would hold up the chunks that are
 * staged, and Klaviyo takes no more of them than a series each second.
 */
const LEAD_MILLISECONDS = 250;

export interface StageChunksDependencies extends EnqueueChunksDependencies {
  readonly exports: StopRunDependencies["exports"];
  readonly runs: EnqueueChunksDependencies["runs"] &
    StopRunDependencies["runs"] &
    Pick<RunStore, "markStaged">;
  readonly clock: Pick<Clock, "now" | "sleep">;
  readonly log: Log;
}

/**
 * Stages the chunks of a planned run that are not staged yet, and sends each on its way as soon as it lies there:
 * the first are being pushed while the last are built. Goes on where another worker left off, as long as what was
 * prepared now is what was prepared then; if it is not, the run stops, and who is in no staged chunk counts as
 * unsent.
 */
export async function stageChunks(
  dependencies: StageChunksDependencies,
  run: PlannedRun,
  preparation: Pick<Preparation, "stageChunks">,
  checksum: string,
): Promise<void> {
  const { runs, clock, log } = dependencies;
  const { runId, plan, stagedChunks } = run;
  if (stateOf(run).kind === "staging") {
    if (checksum !== plan.checksum) {
      log.error("stagingAbandoned", { staged: stagedChunks, chunks: plan.chunkSizes.length });
      await stopRun(dependencies, runId, problem("stagingInterrupted"));
      return;
    }
    const enqueue = importQueue(dependencies, run);
    await enqueue(await stagedUntaken(dependencies, run));
    await preparation.stageChunks(
      { attemptId: plan.attemptId, after: stagedChunks },
      async (first, last) => {
        // Written down first: a message of a chunk that is not staged is dropped.
        if (!(await runs.markStaged(runId, last))) {
          return false;
        }
        await enqueue(Array.from({ length: last - first + 1 }, (_, index) => first + index));
        if (last < plan.chunkSizes.length) {
          await clock.sleep(LEAD_MILLISECONDS);
        }
        return true;
      },
    );
  }
  const staged = await runs.get(runId);
  if (isPlanned(staged)) {
    await enqueueConfirmation(dependencies, staged);
  }
}
