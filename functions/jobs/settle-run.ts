import { settleRunDependencies } from "../../shared/dependencies";
import { settleRun, type SettleRunDependencies } from "../../shared/use-cases/settle-run";
import { queueHandler, type QueueFunction } from "../middleware/queue-handler";

/** Settles runs whose chunks have all settled. */
export const createHandler = (dependencies: () => SettleRunDependencies & QueueFunction) =>
  queueHandler(["settle"], dependencies, (wired, { runId }) => settleRun(wired, runId));

export const handler = createHandler(settleRunDependencies);
