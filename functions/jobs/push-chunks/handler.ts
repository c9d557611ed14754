import { pushChunksDependencies } from "./wiring";
import {
  pushChunk,
  type PushChunkDependencies,
} from "../../../shared/use-cases/runs/push/push-chunk";
import { wakeUp } from "../../../shared/use-cases/runs/push/wake-worker";
import { queueHandler, type QueueFunction } from "../../middleware/queue-handler";

/** Gives chunks to Klaviyo. */
export const createHandler = (dependencies: () => PushChunkDependencies & QueueFunction) =>
  queueHandler(["push", "wake"], dependencies, (wired, message, deadline) =>
    message.step === "wake" ? wakeUp(wired, message) : pushChunk(wired, message, deadline),
  );

export const handler = createHandler(pushChunksDependencies);
