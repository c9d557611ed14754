import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createAuditLog } from "./adapters/aws/audit-log";
import { createConnectionStore } from "./adapters/aws/connection-store";
import { createDocumentClient } from "./adapters/aws/document-client";
import { createExportStore } from "./adapters/aws/export-store";
import { createRetryIn } from "./adapters/aws/message-visibility";
import { createRateLimiter } from "./adapters/aws/rate-limiter";
import { createRunData } from "./adapters/aws/run-data";
import { createRunFiles } from "./adapters/aws/run-files";
import { createPrepareQueue, createRunQueues } from "./adapters/aws/run-queues";
import { createRunStore } from "./adapters/aws/run-store";
import { createS3Client } from "./adapters/aws/s3-client";
import { createSecretStore } from "./adapters/aws/secret-store";
import { createSegmentSource } from "./adapters/aws/segment-source";
import { createWorkFiles } from "./adapters/aws/work-files";
import { createMemberPreparation } from "./adapters/duckdb/member-preparation";
import { createRunAccounting } from "./adapters/duckdb/run-accounting";
import { createSegmentReader } from "./adapters/duckdb/segment-reader";
import { createKlaviyo } from "./adapters/klaviyo/klaviyo";
import { systemClock } from "./adapters/system-clock";
import { createUlidGenerator } from "./adapters/ulid-generator";
import { environmentSchemas } from "./config/environment";
import { createLog } from "./observability/logger";
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
const ids = /* @__PURE__ */ createUlidGenerator();
const documents = once(() => createDocumentClient());
const s3 = once(() => createS3Client());
const sqs = once(() => new SQSClient());
const secretsManager = once(() => new SecretsManagerClient());

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
const runs = (environment: { RUNS_TABLE: string }) =>
  createRunStore(documents(), environment.RUNS_TABLE);
const audit = (environment: { AUDIT_TABLE: string }) =>
  createAuditLog(documents(), environment.AUDIT_TABLE);
/** For functions that start or end runs. */
const auditedRuns = (environment: { RUNS_TABLE: string; AUDIT_TABLE: string }) =>
  auditRuns(runs(environment), audit(environment));
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
    runs: runs(environment),
    secrets: secrets(environment),
    segments: segments(environment),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
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
    queues: createPrepareQueue(sqs(), environment.PREPARE_QUEUE_URL),
    audit: audit(environment),
    clock,
    ids,
    log: log("runs-api", environment),
    rolesClaim: environment.ROLES_CLAIM,
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
    }),
    klaviyo: klaviyo(environment),
    limiter: limiter(environment),
    queues: queues(environment),
    retryIn: createRetryIn(sqs()),
    clock,
    ids,
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
    retryIn: createRetryIn(sqs()),
    clock,
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
    clock,
    log: log("watch-runs", environment),
  };
});
