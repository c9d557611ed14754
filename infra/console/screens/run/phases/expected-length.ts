import { REMOVAL_CHUNK_MAX_PROFILES } from "../../../../../shared/domain/runs/chunk";
import { leastRemovalSeconds, leastSeconds } from "../../../../../shared/domain/runs/run-estimate";
import { isTerminal } from "../../../../../shared/domain/runs/run";
import type { RunAnswer } from "../../../api/queries/runs";

/** How long a run sends and removes for, and how long Klaviyo's limits alone make that take. */
export interface ExpectedLength {
  readonly leastSeconds: number;
  readonly takenSeconds: number;
}

/** Klaviyo takes its time over each job, which it does not document: so long is no surprise. */
const USUAL_SECONDS = 60;

/**
 * Says of a run that is going by how much it is over what was to be expected: it takes more than twice as long as
 * Klaviyo's limits make it, and a minute. Undefined while it is not.
 */
export function overdueBy(
  run: Pick<RunAnswer, "status" | "phases" | "progress" | "removals">,
  now: Date,
): ExpectedLength | undefined {
  const begun = run.phases.find(({ phase }) => phase === "pushing" || phase === "removing");
  const { chunks } = run.progress;
  if (isTerminal(run.status) || begun === undefined || chunks === null) {
    return undefined;
  }
  const { leaving } = run.removals;
  const removalChunks = Math.ceil(leaving / REMOVAL_CHUNK_MAX_PROFILES);
  const least =
    leastSeconds(Math.max(0, chunks - removalChunks), "createImportJob") +
    leastRemovalSeconds(leaving);
  const taken = (now.getTime() - Date.parse(begun.from)) / 1_000;
  return taken > 2 * least + USUAL_SECONDS
    ? { leastSeconds: least, takenSeconds: taken }
    : undefined;
}
