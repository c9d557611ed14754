import { prepareRunDependencies } from "../../shared/dependencies";
import { prepareRun, type PrepareRunDependencies } from "../../shared/use-cases/prepare-run";
import { queueHandler, type QueueFunction } from "../middleware/queue-handler";

/** Prepares runs. */
export const createHandler = (dependencies: () => PrepareRunDependencies & QueueFunction) =>
  queueHandler(["prepare"], dependencies, prepareRun);

export const handler = createHandler(prepareRunDependencies);
