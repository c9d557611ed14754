import type { VariablesOf, VariablesOfAll } from "../../shared/config/needs";
import {
  clock,
  connections,
  klaviyo,
  log,
  preparedRunQueues,
  receivedMessages,
  runFiles,
  runs,
  tuning,
} from "./parts";

/** What the steps of a prepared run are wired with that bring it to Klaviyo, or ask what became of it there. */
export const klaviyoStep = (
  environment: VariablesOfAll &
    VariablesOf<"connections" | "runs" | "klaviyo" | "secrets" | "signIn" | "work" | "runQueues">,
  label: string,
) => ({
  connections: connections(environment),
  runs: runs(environment),
  files: runFiles(environment),
  klaviyo: klaviyo(environment, label),
  queues: preparedRunQueues(environment),
  ...receivedMessages(),
  clock,
  tuning: tuning(),
  log: log(label, environment),
});
