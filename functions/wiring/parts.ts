import { createAnnouncer } from "../../shared/adapters/aws/announcer";
import { createDeadLetters } from "../../shared/adapters/aws/dead-letters";
import { createAuditLog } from "../../shared/adapters/aws/dynamodb/audit-log";
import { createConnectionStore } from "../../shared/adapters/aws/dynamodb/connections/connection-store";
import { createDescriptionStore } from "../../shared/adapters/aws/dynamodb/description-store";
import { createExportStore } from "../../shared/adapters/aws/dynamodb/export-store";
import { createListKeeperStore } from "../../shared/adapters/aws/dynamodb/list-keeper-store";
import { createPreviewStore } from "../../shared/adapters/aws/dynamodb/runs/preview-store";
import { createPeople } from "../../shared/adapters/aws/dynamodb/settings/people-store";
import { createRateLimiter } from "../../shared/adapters/aws/dynamodb/rate-limiter";
import { createRequestLedger } from "../../shared/adapters/aws/dynamodb/request-ledger";
import { createRunData } from "../../shared/adapters/aws/s3/run-data";
import { createRunFiles } from "../../shared/adapters/aws/s3/run-files";
import { createReceivedMessages } from "../../shared/adapters/aws/received-messages";
import {
  createConfirmQueue,
  createPreparedRunQueues,
  createPrepareQueue,
  createRunQueues,
  createStartQueue,
} from "../../shared/adapters/aws/run-queues";
import { createRunStore } from "../../shared/adapters/aws/dynamodb/runs/run-store";
import { createSecretStore } from "../../shared/adapters/aws/secret-store";
import { createSegmentSettingsStore } from "../../shared/adapters/aws/dynamodb/settings/segment-settings-store";
import { createSegmentSource } from "../../shared/adapters/aws/s3/segment-source";
import { createSettingsStore } from "../../shared/adapters/aws/dynamodb/settings/settings-store";
import type { ReportUnreadable } from "../../shared/adapters/aws/dynamodb/stored-items";
import { createTimetable } from "../../shared/adapters/aws/timetable";
import { createWorkFiles } from "../../shared/adapters/aws/s3/work-files";
import { createCalendar } from "../../shared/adapters/croner-calendar";
import { createKlaviyoAppReader } from "../../shared/adapters/aws/klaviyo-app";
import { createKlaviyoSignIn } from "../../shared/adapters/klaviyo/sign-in";
import { createKlaviyo } from "../../shared/adapters/klaviyo/klaviyo";
import { systemClock } from "../../shared/adapters/system-clock";
import { createUlidGenerator } from "../../shared/adapters/ulid-generator";
import type { Need, VariablesOf, VariablesOfAll, VariablesOfApi } from "../../shared/config/needs";
import { readTuning } from "../../shared/config/tuning";
import { isEncrypted } from "../../shared/domain/klaviyo/klaviyo-address";
import { tokenRulesSchema, type TokenRules } from "../../shared/domain/access/token-rules";
import { createLog } from "../../shared/observability/logger";
import { createMetrics } from "../../shared/observability/metrics";
import { createKlaviyoAccess } from "../../shared/use-cases/klaviyo/klaviyo-access";
import { auditRuns } from "../../shared/use-cases/runs/audit-runs";
import { documents, eventBridge, s3, scheduler, secretsManager, sns, sqs } from "./clients";
import { once } from "./once";

/**
 * How each part is made that functions are wired with, from the variables of the need that it belongs to. Nothing is
 * made before a function first needs it.
 */
export const clock = systemClock;
export const tuning = /* @__PURE__ */ once(() => readTuning(process.env));
export const ids = /* @__PURE__ */ createUlidGenerator();
export const calendar = /* @__PURE__ */ createCalendar();

export const tokenRules = ({ TOKEN_RULES }: VariablesOfApi): TokenRules =>
  tokenRulesSchema.parse(JSON.parse(TOKEN_RULES));

/** Lambda says how much memory the function has; elsewhere DuckDB gets what a small function would. */
export const memoryMegabytes = (): number =>
  Number(process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? "1024");

/** The variables of needs, with those of every function. */
type With<Needs extends Need> = VariablesOfAll & VariablesOf<Needs>;

export const log = (service: string, environment: VariablesOfAll) =>
  createLog({ service, stage: environment.STAGE, level: environment.LOG_LEVEL });

/** Writes into the log what a store found that it can't read. */
export const reporter = (environment: VariablesOfAll): ReportUnreadable => {
  const wired = { log: log("stores", environment) };
  return (found) => wired.log.error("itemUnreadable", found);
};

export const connections = (environment: With<"connections">) =>
  createConnectionStore(documents(), environment.CONNECTIONS_TABLE, reporter(environment));
export const exportsStore = (environment: With<"exports">) =>
  createExportStore(documents(), environment.EXPORTS_TABLE, reporter(environment));
export const runs = (environment: With<"runs">) =>
  createRunStore(
    documents(),
    environment.RUNS_TABLE,
    Number(environment.RUNS_KEPT_DAYS),
    reporter(environment),
  );
export const previews = (environment: VariablesOf<"runs">) =>
  createPreviewStore(documents(), environment.RUNS_TABLE);
export const listKeepers = (environment: VariablesOf<"runs">) =>
  createListKeeperStore(documents(), environment.RUNS_TABLE);
export const settings = (environment: With<"settings">) =>
  createSettingsStore(documents(), environment.SETTINGS_TABLE, reporter(environment));
export const starts = (environment: VariablesOf<"startQueue">) =>
  createStartQueue(sqs(), environment.START_QUEUE_URL);
export const prepareQueue = (environment: VariablesOf<"prepareQueue">) =>
  createPrepareQueue(sqs(), environment.PREPARE_QUEUE_URL);
export const confirmQueue = (environment: VariablesOf<"confirmQueue">) =>
  createConfirmQueue(sqs(), environment.CONFIRM_QUEUE_URL);
/** The queue of all dead letters, for who looks into it. */
export const deadLetters = (environment: VariablesOf<"deadLetters">) =>
  createDeadLetters(sqs(), environment.DEAD_LETTERS_URL);
/** What a function on a queue does with the messages that it was given. */
export const receivedMessages = () => createReceivedMessages(sqs());
export const timetable = (environment: VariablesOf<"timetable">) =>
  createTimetable(scheduler(), {
    groupName: environment.SCHEDULE_GROUP,
    queueArn: environment.SCHEDULE_QUEUE_ARN,
    roleArn: environment.SCHEDULE_ROLE_ARN,
    deadLetterArn: environment.SCHEDULE_DEAD_LETTER_ARN,
  });
export const announcements = (environment: With<"announcements">) => ({
  stage: environment.STAGE,
  metrics: createMetrics(environment.STAGE),
  announcer: createAnnouncer(
    { events: eventBridge(), sns: sns() },
    { eventBusName: environment.EVENT_BUS_NAME, topicArn: environment.ALERT_TOPIC_ARN },
  ),
});
export const requests = (environment: VariablesOf<"requests">) =>
  createRequestLedger(documents(), environment.REQUESTS_TABLE);
export const descriptions = (environment: VariablesOf<"requests">) =>
  createDescriptionStore(documents(), environment.REQUESTS_TABLE);
export const audit = (environment: With<"audit">) =>
  createAuditLog(documents(), environment.AUDIT_TABLE, reporter(environment));
/** For functions that start or end runs. */
export const auditedRuns = (environment: With<"runs" | "runRecords">) =>
  auditRuns(runs(environment), audit(environment));
export const runData = (environment: VariablesOf<"work">) =>
  createRunData(s3(), environment.WORK_BUCKET);
/** The names of users. */
export const people = (environment: VariablesOf<"people">) =>
  createPeople(documents(), environment.PEOPLE_TABLE, clock);
export const limiter = (environment: VariablesOf<"klaviyo">) =>
  createRateLimiter({ client: documents(), tableName: environment.RATE_LIMITS_TABLE, clock });
export const segmentSettings = (environment: VariablesOf<"settings">) =>
  createSegmentSettingsStore(documents(), environment.SETTINGS_TABLE);
/** Those of the segments bucket. */
export const bucketSegments = (environment: VariablesOf<"segments">) =>
  createSegmentSource(s3(), environment.SEGMENTS_BUCKET, clock);
export const workFiles = (environment: VariablesOf<"work">) =>
  createWorkFiles(s3(), environment.WORK_BUCKET);
export const runFiles = (environment: VariablesOf<"work">) =>
  createRunFiles(s3(), environment.WORK_BUCKET);
export const secrets = (environment: VariablesOf<"secrets">) =>
  createSecretStore({
    client: secretsManager(),
    namePrefix: environment.SECRET_NAME_PREFIX,
    clock,
  });
/** Signing in to Klaviyo through the stage's app. */
export const signIn = (environment: VariablesOf<"klaviyo" | "signIn">) =>
  createKlaviyoSignIn({
    baseUrl: environment.KLAVIYO_BASE_URL,
    app: createKlaviyoAppReader({
      client: secretsManager(),
      secretName: environment.KLAVIYO_APP_SECRET,
      clock,
    }),
    clock,
  });
/** The way to Klaviyo over connections; `secretStore` is given where the function also writes keys. */
export const klaviyo = (
  environment: With<"klaviyo" | "connections" | "secrets" | "signIn">,
  label: string,
  secretStore = secrets(environment),
) => {
  if (environment.STAGE !== "local" && !isEncrypted(environment.KLAVIYO_BASE_URL)) {
    throw new TypeError("KLAVIYO_BASE_URL must be https outside of the stage local");
  }
  return createKlaviyoAccess({
    klaviyo: createKlaviyo(environment.KLAVIYO_BASE_URL),
    limiter: limiter(environment),
    connections: connections(environment),
    secrets: secretStore,
    signIn: signIn(environment),
    ids,
    clock,
    log: log(label, environment),
  });
};
/** The queues of the steps after a run's preparation. */
export const preparedRunQueues = (environment: VariablesOf<"runQueues">) =>
  createPreparedRunQueues(sqs(), {
    push: environment.PUSH_QUEUE_URL,
    confirm: environment.CONFIRM_QUEUE_URL,
    settle: environment.SETTLE_QUEUE_URL,
  });
/** The queues of all steps of a run that has been started. */
export const queues = (environment: VariablesOf<"prepareQueue" | "runQueues">) =>
  createRunQueues(sqs(), {
    prepare: environment.PREPARE_QUEUE_URL,
    push: environment.PUSH_QUEUE_URL,
    confirm: environment.CONFIRM_QUEUE_URL,
    settle: environment.SETTLE_QUEUE_URL,
  });
