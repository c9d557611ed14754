import { settleDeadLettersDependencies } from "../../shared/dependencies";
import {
  settleDeadLetter,
  type SettleDeadLetterDependencies,
} from "../../shared/use-cases/settle-dead-letter";
import { queueHandler, type QueueFunction } from "../middleware/queue-handler";

/** Takes messages that no worker could handle out of the way of their runs. */
export const createHandler = (dependencies: () => SettleDeadLetterDependencies & QueueFunction) =>
  queueHandler(
    ["due", "start", "prepare", "preview", "push", "confirm", "subscribe", "settle", "rehearse"],
    dependencies,
    settleDeadLetter,
    { unreadable: "drop" },
  );

export const handler = createHandler(settleDeadLettersDependencies);
