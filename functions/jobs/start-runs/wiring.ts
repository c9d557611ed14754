import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  auditedRuns,
  clock,
  connections,
  exportsStore,
  ids,
  log,
  prepareQueue,
  receivedMessages,
  settings,
  starts,
  timetable,
} from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const startRunsDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    settings: settings(environment),
    timetable: timetable(environment),
    starts: starts(environment),
    queues: prepareQueue(environment),
    ...receivedMessages(),
    clock,
    ids,
    log: log(definition.label, environment),
  };
});
