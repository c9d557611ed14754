import { createMetrics } from "../../../shared/observability/metrics";
import { environmentOf } from "../../wiring/environment";
import { klaviyoStep } from "../../wiring/klaviyo-step";
import { once } from "../../wiring/once";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const pushChunksDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    ...klaviyoStep(environment, definition.label),
    metrics: createMetrics(environment.STAGE),
  };
});
