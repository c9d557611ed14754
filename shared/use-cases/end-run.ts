import type { Problem } from "../domain/problem";
import { statusOfProblem, type Run } from "../domain/run";
import type { Clock, ExportStore, RunStore } from "../ports";

/**
 * Ends a run that never came to send anything and whose rows were not read, and frees its export. Safe to
 * repeat: a run that has ended keeps its ending.
 */
export async function endRunEarly(
  { exports, runs, clock }: { exports: ExportStore; runs: RunStore; clock: Clock },
  run: Pick<Run, "runId" | "exportId">,
  problem: Problem,
): Promise<void> {
  await runs.end(run.runId, { status: statusOfProblem(problem.code), at: clock.now(), problem });
  await exports.releaseRun(run.exportId, run.runId);
}
