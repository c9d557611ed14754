import { environmentOf } from "../../wiring/environment";
import { klaviyoStep } from "../../wiring/klaviyo-step";
import { once } from "../../wiring/once";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const confirmRunDependencies = /* @__PURE__ */ once(() =>
  klaviyoStep(environmentOf(definition), definition.label),
);
