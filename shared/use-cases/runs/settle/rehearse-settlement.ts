import type { ChunkOutcome } from "../../../domain/runs/chunk";
import type { Tuning } from "../../../domain/runs/tuning";
import { endpointLimits, turnOf } from "../../../domain/klaviyo/rate-limit";
import { hasEnded } from "../../../domain/runs/lifecycle/run-state";
import type {
  ConnectionStore,
  Log,
  RunAccounting,
  RunData,
  RunQueues,
  RunStore,
} from "../../../ports";
import { accountingRequest } from "./accounting-request";
import { isPlanned, chunksSettled, type PlannedRun } from "../planned-run";

export interface RehearseSettlementDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly runs: Pick<RunStore, "get">;
  readonly data: Pick<RunData, "delete">;
  readonly accounting: Pick<RunAccounting, "rehearse">;
  readonly log: Log;
}

/**
 * The first chunks go first: on a machine with few processors the rehearsal would hold them up. Where the last
 * chunk's turn is near there is no time to lose.
 */
const LONGEST_REHEARSAL_DELAY_SECONDS = 3;
function delaySeconds({ plan }: PlannedRun): number {
  const lastTurn = turnOf(Math.max(0, plan.chunkSizes.length - 1), endpointLimits.createImportJob);
  return Math.min(LONGEST_REHEARSAL_DELAY_SECONDS, Math.floor(lastTurn / 3_000));
}

/**
 * Whether a run whose rows are staged is rehearsed before its chunks are built: while many are, there is time for it. A
 * few go first, since on a machine with few processors it would hold them up.
 */
export function isRehearsedFirst({ plan }: Pick<PlannedRun, "plan">): boolean {
  return plan.chunkSizes.length > endpointLimits.createImportJob.burst;
}

/** Has a large run's result written while it is being pushed. */
export async function callForRehearsal(
  {
    queues,
    tuning,
  }: { queues: Pick<RunQueues, "rehearse">; tuning: Pick<Tuning, "rehearsalMembers"> },
  run: PlannedRun,
): Promise<void> {
  const isLarge = run.numbers.members >= tuning.rehearsalMembers && !chunksSettled(run);
  if (isLarge && run.settledChunks === 0 && run.stop === undefined) {
    await queues.rehearse(run.settings.connectionId, run.runId, delaySeconds(run));
  }
}

/**
 * Writes the result that a run comes to if Klaviyo imports every profile and finds every leaver on the
 * list, so that its end need not wait for it. A convenience: whatever goes wrong, the run is settled without.
 */
export async function rehearseSettlement(
  dependencies: RehearseSettlementDependencies,
  runId: string,
): Promise<void> {
  const { connections, runs, data, accounting, log } = dependencies;
  const run = await runs.get(runId);
  if (!isPlanned(run) || chunksSettled(run)) {
    log.info("rehearsalDropped");
    return;
  }
  const { chunkSizes, removalSizes } = run.plan;
  const expected: readonly ChunkOutcome[] = [
    ...chunkSizes.map((profiles) => ({ imported: profiles, refused: 0, unsent: 0 })),
    ...removalSizes.map((leavers) => ({
      imported: 0,
      refused: 0,
      unsent: 0,
      removals: { removed: leavers, notFound: 0, unremoved: 0 },
    })),
  ];
  const byChunk = new Map(expected.map((outcome, index) => [index + 1, outcome]));
  try {
    await accounting.rehearse(accountingRequest(run, byChunk));
    log.info("settlementRehearsed");
  } catch (error) {
    log.warn("rehearsalFailed", { error });
  }
  const now = await runs.get(runId);
  const isOver = now === undefined || hasEnded(now);
  if (isOver && (await connections.get(run.settings.connectionId)) === undefined) {
    // Its removal took along the run's files, perhaps before these were written. A run that goes on needs them
    // yet, and takes them along itself.
    await data.delete(run);
  }
}
