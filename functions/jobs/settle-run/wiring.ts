import { createRunAccounting } from "../../../shared/adapters/duckdb/accounting/run-accounting";
import { createSubscriberStaging } from "../../../shared/adapters/duckdb/preparing/subscriber-staging";
import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  announcements,
  auditedRuns,
  clock,
  confirmQueue,
  connections,
  exportsStore,
  log,
  memoryMegabytes,
  receivedMessages,
  runData,
  workFiles,
} from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const settleRunDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    connections: connections(environment),
    data: runData(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    accounting: createRunAccounting({
      files: workFiles(environment),
      memoryMegabytes: memoryMegabytes(),
    }),
    subscribers: createSubscriberStaging({
      files: workFiles(environment),
      memoryMegabytes: memoryMegabytes(),
    }),
    queues: confirmQueue(environment),
    ...announcements(environment),
    ...receivedMessages(),
    clock,
    log: log(definition.label, environment),
  };
});
