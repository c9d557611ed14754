import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  clock,
  connections,
  klaviyo,
  limiter,
  log,
  pace,
  queues,
  receivedMessages,
  runFiles,
  runs,
  secrets,
} from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const confirmRunDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    connections: connections(environment),
    runs: runs(environment),
    secrets: secrets(environment),
    files: runFiles(environment),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    queues: queues(environment),
    ...receivedMessages(),
    clock,
    pace: pace(),
    log: log(definition.label, environment),
  };
});
