import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createAnnouncer } from "./adapters/aws/announcer";
import { createAuditLog } from "./adapters/aws/audit-log";
import { createConnectionStore } from "./adapters/aws/connection-store";
import { createDocumentClient } from "./adapters/aws/document-client";
import { createExportStore } from "./adapters/aws/export-store";
import { createRetryIn } from "./adapters/aws/message-visibility";
import { createRateLimiter } from "./adapters/aws/rate-limiter";
import { createRunData } from "./adapters/aws/run-data";
import { createRunFiles } from "./adapters/aws/run-files";
import {
  createConfirmQueue,
  createPrepareQueue,
  createRunQueues,
  createStartQueue,
} from "./adapters/aws/run-queues";
import { createRunStore } from "./adapters/aws/run-store";
import { createS3Client } from "./adapters/aws/s3-client";
import { createSecretStore } from "./adapters/aws/secret-store";
import { createSegmentSource } from "./adapters/aws/segment-source";
import { createSettingsStore } from "./adapters/aws/settings-store";
import { createTimetable } from "./adapters/aws/timetable";
import { createWorkFiles } from "./adapters/aws/work-files";
import { createCalendar } from "./adapters/croner-calendar";
import { createMemberPreparation } from "./adapters/duckdb/member-preparation";
import { createRunAccounting } from "./adapters/duckdb/run-accounting";
import { createSegmentReader } from "./adapters/duckdb/segment-reader";
import { createKlaviyo } from "./adapters/klaviyo/klaviyo";
import { systemClock } from "./adapters/system-clock";
import { createUlidGenerator } from "./adapters/ulid-generator";
import { CHUNK_MAX_BYTES } from "./domain/chunk";
import { environmentSchemas } from "./config/environment";
import { readPace } from "./config/pace";
import { createLog } from "./observability/logger";
import { createMetrics } from "./observability/metrics";
import { auditRuns } from "./use-cases/audit-runs";

/**
 * What each function is wired with. Everything is made when a function first needs it and kept for the
 * process's later invocations; what could not be made is tried again. The annotations tell the bundler
 * that a wiring which a function does not use can be left out of its bundle, with all that it imports.
 */
/* @__NO_SIDE_EFFECTS__ */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const clock = systemClock;
const pace = once(() => readPace(process.env));
const ids = /* @__PURE__ */ createUlidGenerator();
const documents = once(() => createDocumentClient());
const s3 = once(() => createS3Client());
const sqs = once(() => new SQSClient());
const secretsManager = once(() => new SecretsManagerClient());
const scheduler = once(() => new SchedulerClient());
const eventBridge = once(() => new EventBridgeClient());
const sns = once(() => new SNSClient());
const calendar = /* @__PURE__ */ createCalendar();

/** Lambda says how much memory the function has; elsewhere DuckDB gets what a small function would. */
const memoryMegabytes = (): number =>
  Number(process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? "1024");

type BaseEnvironment = Record<"STAGE", string> & {
  LOG_LEVEL: "DEBUG" | "INFO" | "WARN" | "ERROR";
};

const log = (service: string, environment: BaseEnvironment) =>
  createLog({ service, stage: environment.STAGE, level: environment.LOG_LEVEL });

const connections = (environment: { CONNECTIONS_TABLE: string }) =>
  createConnectionStore(documents(), environment.CONNECTIONS_TABLE);
const exportsStore = (environment: { EXPORTS_TABLE: string }) =>
  createExportStore(documents(), environment.EXPORTS_TABLE);
const runs = (environment: { RUNS_TABLE: string; RUNS_KEPT_DAYS: string }) =>
  createRunStore(documents(), environment.RUNS_TABLE, Number(environment.RUNS_KEPT_DAYS));
const settings = (environment: { SETTINGS_TABLE: string }) =>
  createSettingsStore(documents(), environment.SETTINGS_TABLE);
const starts = (environment: { START_QUEUE_URL: string }) =>
  createStartQueue(sqs(), environment.START_QUEUE_URL);
const timetable = (environment: {
  SCHEDULE_GROUP: string;
  SCHEDULE_QUEUE_ARN: string;
  SCHEDULE_ROLE_ARN: string;
  SCHEDULE_DEAD_LETTER_ARN: string;
}) =>
  createTimetable(scheduler(), {
    groupName: environment.SCHEDULE_GROUP,
    queueArn: environment.SCHEDULE_QUEUE_ARN,
    roleArn: environment.SCHEDULE_ROLE_ARN,
    deadLetterArn: environment.SCHEDULE_DEAD_LETTER_ARN,
  });
const announcements = (environment: {
  STAGE: string;
  EVENT_BUS_NAME: string;
  ALERT_TOPIC_ARN: string;
}) => ({
  stage: environment.STAGE,
  metrics: createMetrics(environment.STAGE),
  announcer: createAnnouncer(
    { events: eventBridge(), sns: sns() },
    { eventBusName: environment.EVENT_BUS_NAME, topicArn: environment.ALERT_TOPIC_ARN },
  ),
});
const audit = (environment: { AUDIT_TABLE: string }) =>
  createAuditLog(documents(), environment.AUDIT_TABLE);
/** For functions that start or end runs. */
const auditedRuns = (environment: {
  RUNS_TABLE: string;
  RUNS_KEPT_DAYS: string;
  AUDIT_TABLE: string;
}) => auditRuns(runs(environment), audit(environment));
const runData = (environment: { WORK_BUCKET: string }) =>
  createRunData(s3(), environment.WORK_BUCKET);
const limiter = (environment: { RATE_LIMITS_TABLE: string }) =>
  createRateLimiter({ client: documents(), tableName: environment.RATE_LIMITS_TABLE, clock });
const klaviyo = (environment: { KLAVIYO_BASE_URL: string }) =>
  createKlaviyo(environment.KLAVIYO_BASE_URL);
const segments = (environment: { SEGMENTS_BUCKET: string }) =>
  createSegmentSource(s3(), environment.SEGMENTS_BUCKET);
const workFiles = (environment: { WORK_BUCKET: string }) =>
  createWorkFiles(s3(), environment.WORK_BUCKET);
const runFiles = (environment: { WORK_BUCKET: string }) =>
  createRunFiles(s3(), environment.WORK_BUCKET);
const secrets = (environment: { SECRET_NAME_PREFIX: string }) =>
  createSecretStore({
    client: secretsManager(),
    namePrefix: environment.SECRET_NAME_PREFIX,
    clock,
  });
const queues = (environment: {
  PREPARE_QUEUE_URL: string;
  PUSH_QUEUE_URL: string;
  CONFIRM_QUEUE_URL: string;
  SETTLE_QUEUE_URL: string;
}) =>
  createRunQueues(sqs(), {
    prepare: environment.PREPARE_QUEUE_URL,
    push: environment.PUSH_QUEUE_URL,
    confirm: environment.CONFIRM_QUEUE_URL,
    settle: environment.SETTLE_QUEUE_URL,
  });

export const connectionsApiDependencies = once(() => {
  const environment = environmentSchemas.connectionsApi.parse(process.env);
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: runs(environment),
    data: runData(environment),
    secrets: secrets(environment),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    audit: audit(environment),
    clock,
    ids,
    log: log("connections-api", environment),
    rolesClaim: environment.ROLES_CLAIM,
  };
});

export const auditApiDependencies = once(() => {
  const environment = environmentSchemas.auditApi.parse(process.env);
  return {
    audit: audit(environment),
    log: log("audit-api", environment),
    rolesClaim: environment.ROLES_CLAIM,
  };
});

export const segmentsApiDependencies = once(() => {
  const environment = environmentSchemas.segmentsApi.parse(process.env);
  const source = segments(environment);
  return {
    segments: source,
    reader: createSegmentReader({ source, memoryMegabytes: memoryMegabytes() }),
    clock,
    ids,
    log: log("segments-api", environment),
    rolesClaim: environment.ROLES_CLAIM,
  };
});

export const exportsApiDependencies = once(() => {
  const environment = environmentSchemas.exportsApi.parse(process.env);
  return {
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
    audit: audit(environment),
    clock,
    ids,
    log: log("exports-api", environment),
    rolesClaim: environment.ROLES_CLAIM,
  };
});

export const runsApiDependencies = once(() => {
  const environment = environmentSchemas.runsApi.parse(process.env);
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    files: runFiles(environment),
    queues: {
      ...createPrepareQueue(sqs(), environment.PREPARE_QUEUE_URL),
      ...createConfirmQueue(sqs(), environment.CONFIRM_QUEUE_URL),
    },
    starts: starts(environment),
    audit: audit(environment),
    clock,
    ids,
    log: log("runs-api", environment),
    rolesClaim: environment.ROLES_CLAIM,
  };
});

export const schedulesApiDependencies = once(() => {
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
    rolesClaim: environment.ROLES_CLAIM,
  };
});

export const startRunsDependencies = once(() => {
  const environment = environmentSchemas.startRuns.parse(process.env);
  return {
    connections: connections(environment),
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    settings: settings(environment),
    timetable: timetable(environment),
    starts: starts(environment),
    queues: createPrepareQueue(sqs(), environment.PREPARE_QUEUE_URL),
    retryIn: createRetryIn(sqs()),
    clock,
    ids,
    log: log("start-runs", environment),
  };
});

export const prepareRunDependencies = once(() => {
  const environment = environmentSchemas.prepareRun.parse(process.env);
  const source = segments(environment);
  return {
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
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    queues: queues(environment),
    retryIn: createRetryIn(sqs()),
    clock,
    ids,
    pace: pace(),
    log: log("prepare-run", environment),
  };
});

export const pushChunksDependencies = once(() => {
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
    retryIn: createRetryIn(sqs()),
    clock,
    pace: pace(),
    log: log("push-chunks", environment),
  };
});

export const confirmRunDependencies = once(() => {
  const environment = environmentSchemas.confirmRun.parse(process.env);
  return {
    connections: connections(environment),
    runs: runs(environment),
    secrets: secrets(environment),
    files: runFiles(environment),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    queues: queues(environment),
    retryIn: createRetryIn(sqs()),
    clock,
    log: log("confirm-run", environment),
  };
});

export const settleRunDependencies = once(() => {
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
    ...announcements(environment),
    retryIn: createRetryIn(sqs()),
    clock,
    log: log("settle-run", environment),
  };
});

export const settleDeadLettersDependencies = once(() => {
  const environment = environmentSchemas.settleDeadLetters.parse(process.env);
  return {
    exports: exportsStore(environment),
    runs: auditedRuns(environment),
    queues: queues(environment),
    retryIn: createRetryIn(sqs()),
    clock,
    log: log("settle-dead-letters", environment),
  };
});

export const watchRunsDependencies = once(() => {
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
