import { settleRunDependencies } from "./wiring";
import { rehearseSettlement } from "../../../shared/use-cases/runs/settle/rehearse-settlement";
import {
  settleRun,
  type SettleRunDependencies,
} from "../../../shared/use-cases/runs/settle/settle-run";
import { queueHandler, type QueueFunction } from "../../middleware/queue-handler";

/** Settles runs whose chunks have all settled, and writes ahead of time what that is expected to write. */
export const createHandler = (dependencies: () => SettleRunDependencies & QueueFunction) =>
  queueHandler(["settle", "rehearse"], dependencies, (wired, { step, runId }) =>
    step === "settle" ? settleRun(wired, runId) : rehearseSettlement(wired, runId),
  );

export const handler = createHandler(settleRunDependencies);
