import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  audit,
  auditedRuns,
  clock,
  confirmQueue,
  connections,
  exportsStore,
  ids,
  log,
  people,
  prepareQueue,
  previews,
  requests,
  runFiles,
  starts,
  tokenRules,
} from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const runsApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    previews: previews(environment),
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    files: runFiles(environment),
    queues: {
      ...prepareQueue(environment),
      ...confirmQueue(environment),
    },
    starts: starts(environment),
    requests: requests(environment),
    audit: audit(environment),
    clock,
    ids,
    people: people(environment),
    log: log(definition.label, environment),
    tokens: tokenRules(environment),
  };
});
