import * as z from "zod";

/**
 * The environment variables of each function. The same schema checks them when a function starts and
 * types them where the stack sets them, so neither can forget one.
 */
const base = z.object({
  STAGE: z.string().min(1),
  LOG_LEVEL: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]).default("INFO"),
});
const connections = z.object({ CONNECTIONS_TABLE: z.string().min(1) });
const exportsTable = z.object({ EXPORTS_TABLE: z.string().min(1) });
const runs = z.object({
  RUNS_TABLE: z.string().min(1),
  /** Days after which runs and their chunks are deleted. */
  RUNS_KEPT_DAYS: z.string().regex(/^[1-9][0-9]{0,3}$/),
});
const settings = z.object({ SETTINGS_TABLE: z.string().min(1) });
const starts = z.object({ START_QUEUE_URL: z.url() });
const timetable = z.object({
  /** The schedule group of the slots' schedules, and what they are made with. */
  SCHEDULE_GROUP: z.string().min(1),
  SCHEDULE_QUEUE_ARN: z.string().min(1),
  SCHEDULE_ROLE_ARN: z.string().min(1),
  SCHEDULE_DEAD_LETTER_ARN: z.string().min(1),
});
const announcements = z.object({
  EVENT_BUS_NAME: z.string().min(1),
  /** Administrators subscribe to it. */
  ALERT_TOPIC_ARN: z.string().min(1),
});
const audit = z.object({ AUDIT_TABLE: z.string().min(1) });
const requests = z.object({ REQUESTS_TABLE: z.string().min(1) });
const klaviyo = z.object({
  /** Klaviyo's API, or a simulator of it. */
  KLAVIYO_BASE_URL: z.url(),
  RATE_LIMITS_TABLE: z.string().min(1),
});
const secrets = z.object({
  /** Secrets are named `<prefix>/<connection id>`. */
  SECRET_NAME_PREFIX: z.string().min(1),
});
const segments = z.object({ SEGMENTS_BUCKET: z.string().min(1) });
const work = z.object({ WORK_BUCKET: z.string().min(1) });
const queues = z.object({
  PREPARE_QUEUE_URL: z.url(),
  PUSH_QUEUE_URL: z.url(),
  CONFIRM_QUEUE_URL: z.url(),
  SETTLE_QUEUE_URL: z.url(),
});
const authorization = z.object({
  /** How a caller's role is read from a token: the domain's rules for tokens, as JSON. */
  TOKEN_RULES: z.string().min(1),
});

export const environmentSchemas = {
  connectionsApi: base
    .extend(authorization.shape)
    .extend(connections.shape)
    .extend(exportsTable.shape)
    .extend(runs.shape)
    .extend(work.shape)
    .extend(requests.shape)
    .extend(audit.shape)
    .extend(klaviyo.shape)
    .extend(secrets.shape),
  descriptionApi: base.extend(authorization.shape),
  auditApi: base.extend(authorization.shape).extend(audit.shape),
  segmentsApi: base
    .extend(authorization.shape)
    .extend(segments.shape)
    .extend(settings.shape)
    .extend(requests.shape)
    .extend(audit.shape),
  exportsApi: base
    .extend(authorization.shape)
    .extend(connections.shape)
    .extend(exportsTable.shape)
    .extend(runs.shape)
    .extend(klaviyo.shape)
    .extend(secrets.shape)
    .extend(segments.shape)
    .extend(work.shape)
    .extend(queues.pick({ CONFIRM_QUEUE_URL: true }).shape)
    .extend(settings.shape)
    .extend(requests.shape)
    .extend(audit.shape),
  runsApi: base
    .extend(authorization.shape)
    .extend(connections.shape)
    .extend(exportsTable.shape)
    .extend(runs.shape)
    .extend(work.shape)
    .extend(requests.shape)
    .extend(audit.shape)
    .extend(queues.pick({ PREPARE_QUEUE_URL: true, CONFIRM_QUEUE_URL: true }).shape)
    .extend(starts.shape),
  schedulesApi: base
    .extend(authorization.shape)
    .extend(connections.shape)
    .extend(exportsTable.shape)
    .extend(settings.shape)
    .extend(audit.shape)
    .extend(timetable.shape),
  startRuns: base
    .extend(connections.shape)
    .extend(exportsTable.shape)
    .extend(runs.shape)
    .extend(settings.shape)
    .extend(timetable.shape)
    .extend(starts.shape)
    .extend(audit.shape)
    .extend(queues.pick({ PREPARE_QUEUE_URL: true }).shape),
  prepareRun: base
    .extend(connections.shape)
    .extend(secrets.shape)
    .extend(exportsTable.shape)
    .extend(runs.shape)
    .extend(klaviyo.shape)
    .extend(segments.shape)
    .extend(settings.shape)
    .extend(work.shape)
    .extend(audit.shape)
    .extend(queues.shape),
  pushChunks: base
    .extend(connections.shape)
    .extend(secrets.shape)
    .extend(runs.shape)
    .extend(klaviyo.shape)
    .extend(work.shape)
    .extend(queues.shape),
  confirmRun: base
    .extend(connections.shape)
    .extend(secrets.shape)
    .extend(runs.shape)
    .extend(klaviyo.shape)
    .extend(work.shape)
    .extend(queues.shape),
  settleRun: base
    .extend(connections.shape)
    .extend(exportsTable.shape)
    .extend(runs.shape)
    .extend(audit.shape)
    .extend(queues.pick({ CONFIRM_QUEUE_URL: true }).shape)
    .extend(work.shape)
    .extend(announcements.shape),
  settleDeadLetters: base
    .extend(exportsTable.shape)
    .extend(runs.shape)
    .extend(audit.shape)
    .extend(queues.shape),
  watchRuns: base
    .extend(exportsTable.shape)
    .extend(runs.shape)
    .extend(audit.shape)
    .extend(queues.shape)
    .extend(announcements.shape),
} as const;

export type FunctionName = keyof typeof environmentSchemas;
export type FunctionEnvironment<Name extends FunctionName> = z.infer<
  (typeof environmentSchemas)[Name]
>;
