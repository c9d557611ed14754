import type { FunctionEnvironment, FunctionName } from "../../../shared/config/environment";
import type { TokenRules } from "../../../shared/domain/access/token-rules";
import type { StageConfig, StageName } from "../../stage-config";
import type { PermittedResources } from "./function-permissions";

export interface EnvironmentSources extends PermittedResources {
  readonly stage: StageName;
  readonly config: StageConfig;
  readonly tokenRules: TokenRules;
}

/** The environment variables of every function: exactly those that its schema names. */
export function functionEnvironments(sources: EnvironmentSources): {
  readonly [Name in FunctionName]: FunctionEnvironment<Name>;
} {
  const { tables, buckets, queues, config } = sources;
  const base = { STAGE: sources.stage, LOG_LEVEL: config.logLevel };
  const authorization = { TOKEN_RULES: JSON.stringify(sources.tokenRules) };
  const connections = { CONNECTIONS_TABLE: tables.connections.tableName };
  const exportsTable = { EXPORTS_TABLE: tables.exports.tableName };
  const runs = {
    RUNS_TABLE: tables.runs.tableName,
    RUNS_KEPT_DAYS: String(config.expiry.runsDays),
  };
  const settings = { SETTINGS_TABLE: tables.settings.tableName };
  const starts = { START_QUEUE_URL: queues.start.queue.queueUrl };
  const timetable = {
    SCHEDULE_GROUP: sources.timetable.groupName,
    SCHEDULE_QUEUE_ARN: queues.start.queue.queueArn,
    SCHEDULE_ROLE_ARN: sources.timetable.role.roleArn,
    SCHEDULE_DEAD_LETTER_ARN: sources.timetable.undelivered.queueArn,
  };
  const announcements = {
    EVENT_BUS_NAME: sources.alerts.eventBusName,
    ALERT_TOPIC_ARN: sources.alerts.topic.topicArn,
  };
  const audit = { AUDIT_TABLE: tables.audit.tableName };
  const requests = { REQUESTS_TABLE: tables.requests.tableName };
  const klaviyo = {
    KLAVIYO_BASE_URL: config.klaviyoBaseUrl,
    RATE_LIMITS_TABLE: tables.rateLimits.tableName,
  };
  const secrets = { SECRET_NAME_PREFIX: sources.secretNamePrefix };
  const segments = { SEGMENTS_BUCKET: buckets.segments.bucketName };
  const work = { WORK_BUCKET: buckets.work.bucketName };
  const prepareQueue = { PREPARE_QUEUE_URL: queues.prepare.queue.queueUrl };
  const confirmQueue = { CONFIRM_QUEUE_URL: queues.confirm.queue.queueUrl };
  const allQueues = {
    ...prepareQueue,
    ...confirmQueue,
    PUSH_QUEUE_URL: queues.push.queue.queueUrl,
    SETTLE_QUEUE_URL: queues.settle.queue.queueUrl,
  };
  const api = { ...base, ...authorization };

  return {
    connectionsApi: {
      ...api,
      ...connections,
      ...exportsTable,
      ...runs,
      ...work,
      ...requests,
      ...audit,
      ...klaviyo,
      ...secrets,
    },
    descriptionApi: api,
    auditApi: { ...api, ...audit },
    segmentsApi: { ...api, ...segments, ...settings, ...requests, ...audit },
    exportsApi: {
      ...api,
      ...connections,
      ...exportsTable,
      ...runs,
      ...klaviyo,
      ...secrets,
      ...requests,
      ...audit,
      ...segments,
      ...work,
      ...confirmQueue,
      ...settings,
    },
    runsApi: {
      ...api,
      ...connections,
      ...exportsTable,
      ...runs,
      ...work,
      ...requests,
      ...audit,
      ...prepareQueue,
      ...confirmQueue,
      ...starts,
    },
    schedulesApi: {
      ...api,
      ...connections,
      ...exportsTable,
      ...settings,
      ...audit,
      ...timetable,
    },
    startRuns: {
      ...base,
      ...connections,
      ...exportsTable,
      ...runs,
      ...settings,
      ...audit,
      ...timetable,
      ...starts,
      ...prepareQueue,
    },
    prepareRun: {
      ...base,
      ...connections,
      ...exportsTable,
      ...runs,
      ...klaviyo,
      ...secrets,
      ...segments,
      ...settings,
      ...work,
      ...audit,
      ...allQueues,
    },
    pushChunks: { ...base, ...connections, ...runs, ...klaviyo, ...secrets, ...work, ...allQueues },
    confirmRun: { ...base, ...connections, ...runs, ...klaviyo, ...secrets, ...work, ...allQueues },
    settleRun: {
      ...base,
      ...confirmQueue,
      ...connections,
      ...exportsTable,
      ...runs,
      ...audit,
      ...work,
      ...announcements,
    },
    settleDeadLetters: { ...base, ...exportsTable, ...runs, ...audit, ...allQueues },
    watchRuns: { ...base, ...exportsTable, ...runs, ...audit, ...allQueues, ...announcements },
  };
}
