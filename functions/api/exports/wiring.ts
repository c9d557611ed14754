import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  audit,
  auditedRuns,
  calendar,
  clock,
  confirmQueue,
  connections,
  descriptions,
  exportsStore,
  ids,
  klaviyo,
  log,
  people,
  previews,
  requests,
  runData,
  settings,
  tokenRules,
} from "../../wiring/parts";
import { segmentsLookedAt } from "../../wiring/source-parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const exportsApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    previews: previews(environment),
    data: runData(environment),
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    segments: segmentsLookedAt(environment, definition.label),
    descriptions: descriptions(environment),
    klaviyo: klaviyo(environment, definition.label),
    queues: confirmQueue(environment),
    settings: settings(environment),
    calendar,
    requests: requests(environment),
    audit: audit(environment),
    clock,
    ids,
    people: people(environment),
    log: log(definition.label, environment),
    tokens: tokenRules(environment),
  };
});
