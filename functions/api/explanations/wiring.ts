import { createRunTraces } from "../../../shared/adapters/duckdb/accounting/traced-fate";
import { createMemberPreparation } from "../../../shared/adapters/duckdb/preparing/member-preparation";
import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  audit,
  clock,
  connections,
  exportsStore,
  ids,
  klaviyo,
  log,
  memoryMegabytes,
  runs,
  tokenRules,
  workFiles,
} from "../../wiring/parts";
import { segments } from "../../wiring/source-parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const explanationsApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  const source = segments(environment, definition.label);
  const reading = { files: workFiles(environment), memoryMegabytes: memoryMegabytes() };
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: runs(environment),
    segments: source,
    preparation: createMemberPreparation({ source, ...reading }),
    traces: createRunTraces(reading),
    klaviyo: klaviyo(environment, definition.label),
    audit: audit(environment),
    clock,
    ids,
    log: log(definition.label, environment),
    tokens: tokenRules(environment),
  };
});
