import type { Context } from "aws-lambda";
import { watchRunsDependencies } from "./wiring";
import {
  announceEndedRuns,
  type AnnounceRunsDependencies,
} from "../../../shared/use-cases/runs/settle/announce-runs";
import {
  startRefreshedExports,
  type StartRefreshedExportsDependencies,
} from "../../../shared/use-cases/schedules/start-refreshed-exports";
import {
  settleDeadLetters,
  type SettleDeadLettersDependencies,
} from "../../../shared/use-cases/runs/watch/settle-dead-letters";
import {
  watchRuns,
  type WatchRunsDependencies,
} from "../../../shared/use-cases/runs/watch/watch-runs";

/**
 * Looks after runs that stopped moving, those that ended without being announced, exports whose segments were
 * refreshed, and dead letters; started by a schedule, whose event says nothing of use.
 */
export function createHandler(
  dependencies: () => WatchRunsDependencies &
    AnnounceRunsDependencies &
    StartRefreshedExportsDependencies &
    SettleDeadLettersDependencies,
) {
  return async (_event: unknown, context: Context): Promise<void> => {
    const wired = dependencies();
    const logged = { ...wired, log: wired.log.with({ requestId: context.awsRequestId }) };
    // None waits for the others or fails with them.
    const results = await Promise.allSettled([
      watchRuns(logged),
      announceEndedRuns(logged),
      startRefreshedExports(logged),
      settleDeadLetters(logged),
    ]);
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) {
      throw failed.reason;
    }
  };
}

export const handler = createHandler(watchRunsDependencies);
