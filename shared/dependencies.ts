import { createReceivedMessages } from "./adapters/aws/received-messages";
import { createConfirmQueue, createPrepareQueue } from "./adapters/aws/run-queues";
import { createMemberPreparation } from "./adapters/duckdb/preparing/member-preparation";
import { createRunAccounting } from "./adapters/duckdb/accounting/run-accounting";
import { createSegmentReader } from "./adapters/duckdb/reading/segment-reader";
import { createSubscriberStaging } from "./adapters/duckdb/preparing/subscriber-staging";
import { CHUNK_MAX_BYTES } from "./domain/runs/chunk";
import { environmentSchemas } from "./config/environment";
import { createMetrics } from "./observability/metrics";
import {
  announcements,
  audit,
  auditedRuns,
  calendar,
  clock,
  connections,
  descriptions,
  exportsStore,
  ids,
  klaviyo,
  limiter,
  listKeepers,
  log,
  memoryMegabytes,
  once,
  pace,
  previews,
  queues,
  requests,
  runData,
  runFiles,
  runs,
  secrets,
  segmentSettings,
  segments,
  settings,
  sqs,
  starts,
  timetable,
  tokenRules,
  workFiles,
} from "./wiring";

/** What each function is wired with; made when the function first needs it. */

export const connectionsApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.connectionsApi.parse(process.env);
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: runs(environment),
    data: runData(environment),
    secrets: secrets(environment),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    requests: requests(environment),
    audit: audit(environment),
    clock,
    ids,
    log: log("connections-api", environment),
    tokens: tokenRules(environment),
  };
});

export const descriptionApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.descriptionApi.parse(process.env);
  return { log: log("description-api", environment), tokens: tokenRules(environment) };
});

export const auditApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.auditApi.parse(process.env);
  return {
    audit: audit(environment),
    log: log("audit-api", environment),
    tokens: tokenRules(environment),
  };
});

export const segmentsApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.segmentsApi.parse(process.env);
  const source = segments(environment);
  return {
    segments: source,
    segmentSettings: segmentSettings(environment),
    descriptions: descriptions(environment),
    audit: audit(environment),
    reader: createSegmentReader({ source, memoryMegabytes: memoryMegabytes() }),
    clock,
    ids,
    log: log("segments-api", environment),
    tokens: tokenRules(environment),
  };
});

export const exportsApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.exportsApi.parse(process.env);
  return {
    previews: previews(environment),
    data: runData(environment),
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    secrets: secrets(environment),
    segments: segments(environment),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    queues: createConfirmQueue(sqs(), environment.CONFIRM_QUEUE_URL),
    settings: settings(environment),
    calendar,
    requests: requests(environment),
    audit: audit(environment),
    clock,
    ids,
    log: log("exports-api", environment),
    tokens: tokenRules(environment),
  };
});

export const runsApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.runsApi.parse(process.env);
  return {
    previews: previews(environment),
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    files: runFiles(environment),
    queues: {
      ...createPrepareQueue(sqs(), environment.PREPARE_QUEUE_URL),
      ...createConfirmQueue(sqs(), environment.CONFIRM_QUEUE_URL),
    },
    starts: starts(environment),
    requests: requests(environment),
    audit: audit(environment),
    clock,
    ids,
    log: log("runs-api", environment),
    tokens: tokenRules(environment),
  };
});

export const schedulesApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.schedulesApi.parse(process.env);
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    settings: settings(environment),
    timetable: timetable(environment),
    calendar,
    audit: audit(environment),
    clock,
    ids,
    log: log("schedules-api", environment),
    tokens: tokenRules(environment),
  };
});

export const startRunsDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.startRuns.parse(process.env);
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    settings: settings(environment),
    timetable: timetable(environment),
    starts: starts(environment),
    queues: createPrepareQueue(sqs(), environment.PREPARE_QUEUE_URL),
    ...createReceivedMessages(sqs()),
    clock,
    ids,
    log: log("start-runs", environment),
  };
});

export const prepareRunDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.prepareRun.parse(process.env);
  const source = segments(environment);
  return {
    previews: previews(environment),
    listKeepers: listKeepers(environment),
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    secrets: secrets(environment),
    segments: source,
    preparation: createMemberPreparation({
      source,
      files: workFiles(environment),
      memoryMegabytes: memoryMegabytes(),
      chunkLimits: { maxProfiles: pace().chunkProfiles, maxBytes: CHUNK_MAX_BYTES },
    }),
    files: runFiles(environment),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    queues: queues(environment),
    ...createReceivedMessages(sqs()),
    clock,
    ids,
    pace: pace(),
    log: log("prepare-run", environment),
  };
});

export const pushChunksDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.pushChunks.parse(process.env);
  return {
    connections: connections(environment),
    runs: runs(environment),
    secrets: secrets(environment),
    files: runFiles(environment),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    queues: queues(environment),
    metrics: createMetrics(environment.STAGE),
    ...createReceivedMessages(sqs()),
    clock,
    pace: pace(),
    log: log("push-chunks", environment),
  };
});

export const confirmRunDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.confirmRun.parse(process.env);
  return {
    connections: connections(environment),
    runs: runs(environment),
    secrets: secrets(environment),
    files: runFiles(environment),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    queues: queues(environment),
    ...createReceivedMessages(sqs()),
    clock,
    pace: pace(),
    log: log("confirm-run", environment),
  };
});

export const settleRunDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.settleRun.parse(process.env);
  return {
    connections: connections(environment),
    data: runData(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    accounting: createRunAccounting({
      files: workFiles(environment),
      memoryMegabytes: memoryMegabytes(),
    }),
    subscribers: createSubscriberStaging({
      files: workFiles(environment),
      memoryMegabytes: memoryMegabytes(),
    }),
    queues: createConfirmQueue(sqs(), environment.CONFIRM_QUEUE_URL),
    ...announcements(environment),
    ...createReceivedMessages(sqs()),
    clock,
    log: log("settle-run", environment),
  };
});

export const settleDeadLettersDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.settleDeadLetters.parse(process.env);
  return {
    previews: previews(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    queues: queues(environment),
    ...createReceivedMessages(sqs()),
    clock,
    log: log("settle-dead-letters", environment),
  };
});

export const watchRunsDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentSchemas.watchRuns.parse(process.env);
  return {
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    queues: queues(environment),
    ...announcements(environment),
    clock,
    pace: pace(),
    log: log("watch-runs", environment),
  };
});
