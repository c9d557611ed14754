import { pushChunksDependencies } from "./wiring";
import {
  pushChunk,
  type PushChunkDependencies,
} from "../../../shared/use-cases/runs/push/push-chunk";
import { queueHandler, type QueueFunction } from "../../middleware/queue-handler";

/** Gives chunks to Klaviyo. */
export const createHandler = (dependencies: () => PushChunkDependencies & QueueFunction) =>
  queueHandler(["push"], dependencies, pushChunk);

export const handler = createHandler(pushChunksDependencies);
