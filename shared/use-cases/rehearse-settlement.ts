import type { Pace } from "../domain/pace";
import type { ConnectionStore, Log, RunAccounting, RunData, RunQueues, RunStore } from "../ports";
import { accountRequest } from "./account-request";
import { isPlanned, type PlannedRun } from "./planned-run";

export interface RehearseSettlementDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly runs: Pick<RunStore, "get">;
  readonly data: RunData;
  readonly accounting: Pick<RunAccounting, "rehearse">;
  readonly log: Log;
}

/** Has a large run's account written while it is being pushed. */
export async function callForRehearsal(
  { queues, pace }: { queues: Pick<RunQueues, "rehearse">; pace: Pick<Pace, "rehearsalChunks"> },
  run: PlannedRun,
): Promise<void> {
  const chunks = run.plan.chunkSizes.length;
  if (chunks >= pace.rehearsalChunks && run.settledChunks === 0 && run.stop === undefined) {
    await queues.rehearse(run.settings.connectionId, run.runId);
  }
}

/**
 * Writes the account that a run comes to if Klaviyo imports every profile, so that its end need not wait for
 * it. A convenience: whatever goes wrong, the run is settled without.
 */
export async function rehearseSettlement(
  dependencies: RehearseSettlementDependencies,
  runId: string,
): Promise<void> {
  const { connections, runs, data, accounting, log } = dependencies;
  const run = await runs.get(runId);
  if (!isPlanned(run) || run.settledChunks === run.plan.chunkSizes.length) {
    log.info("rehearsalDropped");
    return;
  }
  const allImported = run.plan.chunkSizes.map((profiles, index) => {
    const outcome = { imported: profiles, refused: 0, unsent: 0 };
    return [index + 1, outcome] as const;
  });
  try {
    await accounting.rehearse(accountRequest(run, new Map(allImported)));
    log.info("settlementRehearsed");
  } catch (error) {
    log.warn("rehearsalFailed", { error });
  }
  if ((await connections.get(run.settings.connectionId)) === undefined) {
    // Its removal took along the run's files, perhaps before these were written.
    await data.delete(run);
  }
}
