import type { Context } from "aws-lambda";
import { watchRunsDependencies } from "./wiring";
import {
  announceEndedRuns,
  type AnnounceRunsDependencies,
} from "../../../shared/use-cases/runs/settle/announce-runs";
import {
  watchRuns,
  type WatchRunsDependencies,
} from "../../../shared/use-cases/runs/watch/watch-runs";

/**
 * Looks after runs that stopped moving, and after those that ended without being announced; started by a
 * schedule, whose event says nothing of use.
 */
export function createHandler(
  dependencies: () => WatchRunsDependencies & AnnounceRunsDependencies,
) {
  return async (_event: unknown, context: Context): Promise<void> => {
    const wired = dependencies();
    const logged = { ...wired, log: wired.log.with({ requestId: context.awsRequestId }) };
    // Neither waits for the other or fails with it.
    const results = await Promise.allSettled([watchRuns(logged), announceEndedRuns(logged)]);
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) {
      throw failed.reason;
    }
  };
}

export const handler = createHandler(watchRunsDependencies);
