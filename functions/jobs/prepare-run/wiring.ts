import { createMemberPreparation } from "../../../shared/adapters/duckdb/preparing/member-preparation";
import { CHUNK_MAX_BYTES } from "../../../shared/domain/runs/chunk";
import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  auditedRuns,
  clock,
  connections,
  exportsStore,
  ids,
  klaviyo,
  listKeepers,
  log,
  memoryMegabytes,
  tuning,
  previews,
  queues,
  receivedMessages,
  runFiles,
  workFiles,
} from "../../wiring/parts";
import { segmentsOfRuns } from "../../wiring/source-parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const prepareRunDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  const source = segmentsOfRuns(environment, definition.label);
  return {
    previews: previews(environment),
    listKeepers: listKeepers(environment),
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    segments: source,
    preparation: createMemberPreparation({
      source,
      files: workFiles(environment),
      memoryMegabytes: memoryMegabytes(),
      chunkLimits: { maxProfiles: tuning().chunkProfiles, maxBytes: CHUNK_MAX_BYTES },
    }),
    files: runFiles(environment),
    klaviyo: klaviyo(environment, definition.label),
    queues: queues(environment),
    ...receivedMessages(),
    clock,
    ids,
    tuning: tuning(),
    megabytesPerSecond: Number(environment.PREPARATION_MEGABYTES_PER_SECOND),
    log: log(definition.label, environment),
  };
});
