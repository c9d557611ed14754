import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import { audit, log, people, tokenRules } from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const auditApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    audit: audit(environment),
    people: people(environment),
    log: log(definition.label, environment),
    tokens: tokenRules(environment),
  };
});
