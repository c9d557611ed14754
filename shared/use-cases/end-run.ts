import type { Problem } from "../domain/problem";
import { isTerminal, statusOfProblem, type Run } from "../domain/run";
import type { Clock, ExportStore, RunStore } from "../ports";

export interface EndRunDependencies {
  readonly exports: Pick<ExportStore, "releaseRun">;
  readonly runs: Pick<RunStore, "end" | "get">;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Ends a run that never came to send anything and whose rows were not read, and frees its export. Safe to
 * repeat: a run that has ended keeps its ending. Does nothing and returns false if the run is planned by
 * now: its chunks may be under way, and they end it.
 */
export async function endUnplannedRun(
  { exports, runs, clock }: EndRunDependencies,
  { runId, exportId }: Pick<Run, "runId" | "exportId">,
  problem: Problem,
): Promise<boolean> {
  const status = statusOfProblem(problem.code);
  const ended = await runs.end(runId, { status, at: clock.now(), problem, unplannedOnly: true });
  const run = ended ? undefined : await runs.get(runId);
  if (run !== undefined && !isTerminal(run.status)) {
    return false;
  }
  await exports.releaseRun(exportId, runId);
  return true;
}

/** Ends a run that can't be settled, with the numbers that it has, and frees its export. */
export async function endUnsettledRun(
  { exports, runs, clock }: EndRunDependencies,
  { runId, exportId }: Pick<Run, "runId" | "exportId">,
  problem: Problem,
): Promise<void> {
  await runs.end(runId, { status: statusOfProblem(problem.code), at: clock.now(), problem });
  await exports.releaseRun(exportId, runId);
}
