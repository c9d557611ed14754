import { prepareRunDependencies } from "./wiring";
import {
  prepareRun,
  type PrepareRunDependencies,
} from "../../../shared/use-cases/runs/prepare/prepare-run";
import {
  preparePreview,
  type PreparePreviewDependencies,
} from "../../../shared/use-cases/runs/preview/prepare-preview";
import { queueHandler, type QueueFunction } from "../../middleware/queue-handler";

/** Prepares runs, and previews of what they would do. */
export const createHandler = (
  dependencies: () => PrepareRunDependencies & PreparePreviewDependencies & QueueFunction,
) =>
  queueHandler(["prepare", "preview"], dependencies, (wired, message, deadline) => {
    switch (message.step) {
      case "prepare":
        return prepareRun(wired, message, deadline);
      case "preview":
        return preparePreview(wired, message, deadline);
    }
  });

export const handler = createHandler(prepareRunDependencies);
