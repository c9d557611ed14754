import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import { log, tokenRules } from "../../wiring/parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const callerApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    stage: environment.STAGE,
    log: log(definition.label, environment),
    tokens: tokenRules(environment),
  };
});
