import { createSegmentReader } from "../../../shared/adapters/duckdb/reading/segment-reader";
import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  audit,
  clock,
  descriptions,
  ids,
  log,
  memoryMegabytes,
  people,
  segmentSettings,
  tokenRules,
} from "../../wiring/parts";
import { segments } from "../../wiring/source-parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const segmentsApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  const source = segments(environment, definition.label);
  return {
    segments: source,
    segmentSettings: segmentSettings(environment),
    descriptions: descriptions(environment),
    audit: audit(environment),
    reader: createSegmentReader({ source, memoryMegabytes: memoryMegabytes() }),
    clock,
    ids,
    people: people(environment),
    log: log(definition.label, environment),
    tokens: tokenRules(environment),
  };
});
