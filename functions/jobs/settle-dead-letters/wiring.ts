import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  auditedRuns,
  clock,
  exportsStore,
  log,
  previews,
  queues,
  receivedMessages,
} from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const settleDeadLettersDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    previews: previews(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    queues: queues(environment),
    ...receivedMessages(),
    clock,
    log: log(definition.label, environment),
  };
});
