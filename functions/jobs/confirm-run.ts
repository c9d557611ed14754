import { confirmRunDependencies } from "../../shared/dependencies";
import { confirmRun, type ConfirmRunDependencies } from "../../shared/use-cases/confirm-run";
import { queueHandler, type QueueFunction } from "../middleware/queue-handler";

/** Does rounds of runs' confirmation. */
export const createHandler = (dependencies: () => ConfirmRunDependencies & QueueFunction) =>
  queueHandler(["confirm"], dependencies, confirmRun);

export const handler = createHandler(confirmRunDependencies);
