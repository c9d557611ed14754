import { confirmRunDependencies } from "./wiring";
import {
  confirmRun,
  type ConfirmRunDependencies,
} from "../../../shared/use-cases/runs/confirm/confirm-run";
import {
  subscribeMembers,
  type SubscribeMembersDependencies,
} from "../../../shared/use-cases/runs/subscribe/subscribe-members";
import { queueHandler, type QueueFunction } from "../../middleware/queue-handler";

/** What is done with Klaviyo after a run was sent: rounds of its confirmation, and subscribing its members. */
export const createHandler = (
  dependencies: () => ConfirmRunDependencies & SubscribeMembersDependencies & QueueFunction,
) =>
  queueHandler(["confirm", "subscribe"], dependencies, (wired, message, deadline) => {
    switch (message.step) {
      case "confirm":
        return confirmRun(wired, message, deadline);
      case "subscribe":
        return subscribeMembers(wired, message, deadline);
    }
  });

export const handler = createHandler(confirmRunDependencies);
