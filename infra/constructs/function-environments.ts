import type { FunctionEnvironment, FunctionName } from "../../shared/config/environment";
import type { StageConfig, StageName } from "../stage-config";
import type { PermittedResources } from "./function-permissions";

export interface EnvironmentSources extends PermittedResources {
  readonly stage: StageName;
  readonly config: StageConfig;
  readonly rolesClaim: string;
}

/** The environment variables of every function: exactly those that its schema names. */
export function functionEnvironments(sources: EnvironmentSources): {
  readonly [Name in FunctionName]: FunctionEnvironment<Name>;
} {
  const { tables, buckets, queues, config } = sources;
  const base = { STAGE: sources.stage, LOG_LEVEL: config.logLevel };
  const authorization = { ROLES_CLAIM: sources.rolesClaim };
  const connections = { CONNECTIONS_TABLE: tables.connections.tableName };
  const exportsTable = { EXPORTS_TABLE: tables.exports.tableName };
  const audit = { AUDIT_TABLE: tables.audit.tableName };
  const runs = { RUNS_TABLE: tables.runs.tableName };
  const klaviyo = {
    KLAVIYO_BASE_URL: config.klaviyoBaseUrl,
    RATE_LIMITS_TABLE: tables.rateLimits.tableName,
  };
  const secrets = { SECRET_NAME_PREFIX: sources.secretNamePrefix };
  const segments = { SEGMENTS_BUCKET: buckets.segments.bucketName };
  const work = { WORK_BUCKET: buckets.work.bucketName };
  const prepareQueue = { PREPARE_QUEUE_URL: queues.prepare.queue.queueUrl };
  const allQueues = {
    ...prepareQueue,
    PUSH_QUEUE_URL: queues.push.queue.queueUrl,
    CONFIRM_QUEUE_URL: queues.confirm.queue.queueUrl,
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
      ...audit,
      ...klaviyo,
      ...secrets,
    },
    auditApi: { ...api, ...audit },
    segmentsApi: { ...api, ...segments },
    exportsApi: {
      ...api,
      ...connections,
      ...exportsTable,
      ...runs,
      ...klaviyo,
      ...secrets,
      ...audit,
      ...segments,
    },
    runsApi: {
      ...api,
      ...connections,
      ...exportsTable,
      ...runs,
      ...work,
      ...audit,
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
      ...work,
      ...audit,
      ...allQueues,
    },
    pushChunks: { ...base, ...connections, ...runs, ...klaviyo, ...secrets, ...work, ...allQueues },
    confirmRun: { ...base, ...connections, ...runs, ...klaviyo, ...secrets, ...work, ...allQueues },
    settleRun: { ...base, ...connections, ...exportsTable, ...runs, ...audit, ...work },
    settleDeadLetters: { ...base, ...exportsTable, ...runs, ...audit, ...allQueues },
    watchRuns: { ...base, ...exportsTable, ...runs, ...audit, ...allQueues },
  };
}
