import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  clock,
  connections,
  klaviyo,
  log,
  tuning,
  queues,
  receivedMessages,
  runFiles,
  runs,
} from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const confirmRunDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    connections: connections(environment),
    runs: runs(environment),
    files: runFiles(environment),
    klaviyo: klaviyo(environment, definition.label),
    queues: queues(environment),
    ...receivedMessages(),
    clock,
    tuning: tuning(),
    log: log(definition.label, environment),
  };
});
