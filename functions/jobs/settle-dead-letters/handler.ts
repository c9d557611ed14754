import { settleDeadLettersDependencies } from "./wiring";
import {
  settleDeadLetter,
  type SettleDeadLetterDependencies,
} from "../../../shared/use-cases/runs/settle/settle-dead-letter";
import { deadLetterHandler, type DeadLetters } from "../../middleware/queue-handler";

/** Takes messages that no worker could handle out of the way of their runs. */
export const createHandler = (dependencies: () => SettleDeadLetterDependencies & DeadLetters) =>
  deadLetterHandler(
    [
      "due",
      "start",
      "prepare",
      "preview",
      "push",
      "wake",
      "confirm",
      "subscribe",
      "settle",
      "rehearse",
    ],
    dependencies,
    settleDeadLetter,
  );

export const handler = createHandler(settleDeadLettersDependencies);
