import type { Context } from "aws-lambda";
import { watchRunsDependencies } from "../../shared/dependencies";
import { watchRuns, type WatchRunsDependencies } from "../../shared/use-cases/watch-runs";

/** Looks after runs that stopped moving; started by a schedule, whose event says nothing of use. */
export function createHandler(dependencies: () => WatchRunsDependencies) {
  return (_event: unknown, context: Context): Promise<void> => {
    const wired = dependencies();
    return watchRuns({ ...wired, log: wired.log.with({ requestId: context.awsRequestId }) });
  };
}

export const handler = createHandler(watchRunsDependencies);
