import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  announcements,
  auditedRuns,
  clock,
  deadLetters,
  exportsStore,
  ids,
  log,
  previews,
  tuning,
  queues,
  settings,
  starts,
} from "../../wiring/parts";
import { segmentsLookedAt } from "../../wiring/source-parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const watchRunsDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  return {
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    previews: previews(environment),
    queues: queues(environment),
    deadLetters: deadLetters(environment),
    ...announcements(environment),
    segments: segmentsLookedAt(environment, definition.label),
    settings: settings(environment),
    starts: starts(environment),
    ids,
    clock,
    tuning: tuning(),
    log: log(definition.label, environment),
  };
});
