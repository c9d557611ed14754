import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  audit,
  clock,
  connections,
  exportsStore,
  ids,
  klaviyo,
  limiter,
  log,
  people,
  requests,
  runData,
  runs,
  secrets,
  signIn,
  tokenRules,
} from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const connectionsApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  const secretStore = secrets(environment);
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: runs(environment),
    data: runData(environment),
    secrets: secretStore,
    klaviyo: klaviyo(environment, definition.label, secretStore),
    signIn: signIn(environment),
    limiter: limiter(environment),
    requests: requests(environment),
    audit: audit(environment),
    clock,
    ids,
    people: people(environment),
    log: log(definition.label, environment),
    tokens: tokenRules(environment),
  };
});
