import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createAnnouncer } from "./adapters/aws/announcer";
import { createAuditLog } from "./adapters/aws/dynamodb/audit-log";
import { createConnectionStore } from "./adapters/aws/dynamodb/connections/connection-store";
import { createDescriptionStore } from "./adapters/aws/dynamodb/description-store";
import { createDocumentClient } from "./adapters/aws/dynamodb/document-client";
import { createExportStore } from "./adapters/aws/dynamodb/export-store";
import { createListKeeperStore } from "./adapters/aws/dynamodb/list-keeper-store";
import { createPreviewStore } from "./adapters/aws/dynamodb/runs/preview-store";
import { createRateLimiter } from "./adapters/aws/dynamodb/rate-limiter";
import { createRequestLedger } from "./adapters/aws/dynamodb/request-ledger";
import { createRunData } from "./adapters/aws/s3/run-data";
import { createRunFiles } from "./adapters/aws/s3/run-files";
import { createRunQueues, createStartQueue } from "./adapters/aws/run-queues";
import { createRunStore } from "./adapters/aws/dynamodb/runs/run-store";
import { createS3Client } from "./adapters/aws/s3/s3-client";
import { createSecretStore } from "./adapters/aws/secret-store";
import { createSegmentSettingsStore } from "./adapters/aws/dynamodb/segment-settings-store";
import { createSegmentSource } from "./adapters/aws/s3/segment-source";
import { createSettingsStore } from "./adapters/aws/dynamodb/settings-store";
import type { ReportUnreadable } from "./adapters/aws/dynamodb/stored-items";
import { createTimetable } from "./adapters/aws/timetable";
import { patience } from "./adapters/aws/waits";
import { createWorkFiles } from "./adapters/aws/s3/work-files";
import { createCalendar } from "./adapters/croner-calendar";
import { createKlaviyo } from "./adapters/klaviyo/klaviyo";
import { systemClock } from "./adapters/system-clock";
import { createUlidGenerator } from "./adapters/ulid-generator";
import { readPace } from "./config/pace";
import { isEncrypted } from "./domain/klaviyo/klaviyo-address";
import { tokenRulesSchema, type TokenRules } from "./domain/access/token-rules";
import { createLog } from "./observability/logger";
import { createMetrics } from "./observability/metrics";
import { auditRuns } from "./use-cases/runs/audit-runs";
import { segmentsAsSet } from "./use-cases/segments/segments-as-set";

/**
 * How each adapter is made from the variables that name what it works on. Everything is made when a function
 * first needs it and kept for the process's later invocations; what could not be made is tried again. The
 * annotations tell the bundler that a wiring which a function does not use can be left out of its bundle,
 * with all that it imports.
 */
/* @__NO_SIDE_EFFECTS__ */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export const clock = systemClock;
export const pace = once(() => readPace(process.env));
export const ids = /* @__PURE__ */ createUlidGenerator();
const documents = once(() => createDocumentClient());
const s3 = once(() => createS3Client());
export const sqs = once(() => new SQSClient(patience));
const secretsManager = once(() => new SecretsManagerClient(patience));
const scheduler = once(() => new SchedulerClient(patience));
const eventBridge = once(() => new EventBridgeClient(patience));
const sns = once(() => new SNSClient(patience));
export const calendar = /* @__PURE__ */ createCalendar();

export const tokenRules = ({ TOKEN_RULES }: { TOKEN_RULES: string }): TokenRules =>
  tokenRulesSchema.parse(JSON.parse(TOKEN_RULES));

/** Lambda says how much memory the function has; elsewhere DuckDB gets what a small function would. */
export const memoryMegabytes = (): number =>
  Number(process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? "1024");

type BaseEnvironment = Record<"STAGE", string> & {
  LOG_LEVEL: "DEBUG" | "INFO" | "WARN" | "ERROR";
};

export const log = (service: string, environment: BaseEnvironment) =>
  createLog({ service, stage: environment.STAGE, level: environment.LOG_LEVEL });

/** Writes into the log what a store found that it can't read. */
const reporter = (environment: BaseEnvironment): ReportUnreadable => {
  const wired = { log: log("stores", environment) };
  return (found) => wired.log.error("itemUnreadable", found);
};

export const connections = (environment: BaseEnvironment & { CONNECTIONS_TABLE: string }) =>
  createConnectionStore(documents(), environment.CONNECTIONS_TABLE, reporter(environment));
export const exportsStore = (environment: BaseEnvironment & { EXPORTS_TABLE: string }) =>
  createExportStore(documents(), environment.EXPORTS_TABLE, reporter(environment));
export const runs = (
  environment: BaseEnvironment & { RUNS_TABLE: string; RUNS_KEPT_DAYS: string },
) =>
  createRunStore(
    documents(),
    environment.RUNS_TABLE,
    Number(environment.RUNS_KEPT_DAYS),
    reporter(environment),
  );
export const previews = (environment: { RUNS_TABLE: string }) =>
  createPreviewStore(documents(), environment.RUNS_TABLE);
export const listKeepers = (environment: { RUNS_TABLE: string }) =>
  createListKeeperStore(documents(), environment.RUNS_TABLE);
export const settings = (environment: BaseEnvironment & { SETTINGS_TABLE: string }) =>
  createSettingsStore(documents(), environment.SETTINGS_TABLE, reporter(environment));
export const starts = (environment: { START_QUEUE_URL: string }) =>
  createStartQueue(sqs(), environment.START_QUEUE_URL);
export const timetable = (environment: {
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
export const announcements = (environment: {
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
export const requests = (environment: { REQUESTS_TABLE: string }) =>
  createRequestLedger(documents(), environment.REQUESTS_TABLE);
export const descriptions = (environment: { REQUESTS_TABLE: string }) =>
  createDescriptionStore(documents(), environment.REQUESTS_TABLE);
export const audit = (environment: BaseEnvironment & { AUDIT_TABLE: string }) =>
  createAuditLog(documents(), environment.AUDIT_TABLE, reporter(environment));
/** For functions that start or end runs. */
export const auditedRuns = (
  environment: BaseEnvironment & {
    RUNS_TABLE: string;
    RUNS_KEPT_DAYS: string;
    AUDIT_TABLE: string;
  },
) => auditRuns(runs(environment), audit(environment));
export const runData = (environment: { WORK_BUCKET: string }) =>
  createRunData(s3(), environment.WORK_BUCKET);
export const limiter = (environment: { RATE_LIMITS_TABLE: string }) =>
  createRateLimiter({ client: documents(), tableName: environment.RATE_LIMITS_TABLE, clock });
export const klaviyo = (environment: { STAGE: string; KLAVIYO_BASE_URL: string }) => {
  if (environment.STAGE !== "local" && !isEncrypted(environment.KLAVIYO_BASE_URL)) {
    throw new TypeError("KLAVIYO_BASE_URL must be https outside of the stage local");
  }
  return createKlaviyo(environment.KLAVIYO_BASE_URL);
};
export const segmentSettings = (environment: { SETTINGS_TABLE: string }) =>
  createSegmentSettingsStore(documents(), environment.SETTINGS_TABLE);
/** As every function reads them. */
export const segments = (environment: { SEGMENTS_BUCKET: string; SETTINGS_TABLE: string }) =>
  segmentsAsSet(
    createSegmentSource(s3(), environment.SEGMENTS_BUCKET),
    segmentSettings(environment),
  );
export const workFiles = (environment: { WORK_BUCKET: string }) =>
  createWorkFiles(s3(), environment.WORK_BUCKET);
export const runFiles = (environment: { WORK_BUCKET: string }) =>
  createRunFiles(s3(), environment.WORK_BUCKET);
export const secrets = (environment: { SECRET_NAME_PREFIX: string }) =>
  createSecretStore({
    client: secretsManager(),
    namePrefix: environment.SECRET_NAME_PREFIX,
    clock,
  });
export const queues = (environment: {
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
