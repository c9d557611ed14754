import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  audit,
  calendar,
  clock,
  connections,
  exportsStore,
  ids,
  log,
  people,
  settings,
  timetable,
  tokenRules,
} from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const schedulesApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    settings: settings(environment),
    timetable: timetable(environment),
    calendar,
    audit: audit(environment),
    clock,
    ids,
    people: people(environment),
    log: log(definition.label, environment),
    tokens: tokenRules(environment),
  };
});
