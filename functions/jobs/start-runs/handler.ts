import { startRunsDependencies } from "./wiring";
import {
  startDueExports,
  type StartDueExportsDependencies,
} from "../../../shared/use-cases/runs/start/start-due-exports";
import {
  startQueuedRun,
  type StartQueuedRunDependencies,
} from "../../../shared/use-cases/runs/start/start-queued-run";
import { queueHandler, type QueueFunction } from "../../middleware/queue-handler";

/** Finds the exports that are due, and starts runs one by one. */
export const createHandler = (
  dependencies: () => StartDueExportsDependencies & StartQueuedRunDependencies & QueueFunction,
) =>
  queueHandler(["due", "start"], dependencies, (wired, message) => {
    switch (message.step) {
      case "due":
        return startDueExports(wired, message);
      case "start":
        return startQueuedRun(wired, message);
    }
  });

export const handler = createHandler(startRunsDependencies);
