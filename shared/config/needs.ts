import * as z from "zod";

/**
 * What a function may say that it needs, and the environment variables that tell it where to find that. The stack
 * has beside each need the variables' values and the rights that go with it as a rule
 * (`infra/constructs/functions/provided-needs.ts`); what a function makes of the variables is in `functions/wiring/`.
 */
export const variablesByNeed = {
  connections: { CONNECTIONS_TABLE: z.string().min(1) },
  exports: { EXPORTS_TABLE: z.string().min(1) },
  runs: {
    RUNS_TABLE: z.string().min(1),
    /** Days after which runs and their chunks are deleted. */
    RUNS_KEPT_DAYS: z.string().regex(/^[1-9][0-9]{0,3}$/),
  },
  settings: { SETTINGS_TABLE: z.string().min(1) },
  /** The names of users, which lie beside what is set for the whole system. */
  people: { PEOPLE_TABLE: z.string().min(1) },
  /** The answers to requests that may be repeated, and descriptions of segments. */
  requests: { REQUESTS_TABLE: z.string().min(1) },
  /** The audit log, written before and after what is done on somebody's request. */
  audit: { AUDIT_TABLE: z.string().min(1) },
  /** The audit log, to which runs that start and end are added. */
  runRecords: { AUDIT_TABLE: z.string().min(1) },
  /** Calls to Klaviyo with the key of a connection. */
  klaviyo: {
    /** Klaviyo's API, or a simulator of it. */
    KLAVIYO_BASE_URL: z.url(),
    RATE_LIMITS_TABLE: z.string().min(1),
  },
  /** The keys of connections: in secrets of the system's own, named `<prefix>/<connection id>`. */
  secrets: { SECRET_NAME_PREFIX: z.string().min(1) },
  /** Signing in to Klaviyo, and going on being signed in: only in stages that have an app in Klaviyo. */
  signIn: {
    /** The name of the secret that holds the app; empty where there is none. */
    KLAVIYO_APP_SECRET: z.string(),
  },
  /** The keys of connections: in secrets of the customers' own, which they let this stage read. */
  ownSecrets: {},
  /** How much a preparation is believed to read in a second, as plain CSV. */
  preparationPace: { PREPARATION_MEGABYTES_PER_SECOND: z.string().regex(/^[1-9][0-9]{0,5}$/) },
  segments: { SEGMENTS_BUCKET: z.string().min(1) },
  /** The sources that administrators have made, which are read where this stage may. */
  sources: {
    /** Which places those are, as JSON of `readableSourcesSchema`. */
    SOURCES: z.string().min(1),
    /** The credentials of sources: in secrets named `<prefix>/<source id>`. */
    SOURCE_SECRET_PREFIX: z.string().min(1),
  },
  /** The same sources, of which `model.json` alone is read: it says what there is, and whether it was refreshed. */
  sourceModels: { SOURCES: z.string().min(1), SOURCE_SECRET_PREFIX: z.string().min(1) },
  /** The same credentials, to be kept. */
  sourceSecrets: { SOURCE_SECRET_PREFIX: z.string().min(1) },
  /** What runs stage, keep and report. */
  work: { WORK_BUCKET: z.string().min(1) },
  /** Messages that no worker could handle, to be looked for and settled. */
  deadLetters: { DEAD_LETTERS_URL: z.url() },
  startQueue: { START_QUEUE_URL: z.url() },
  prepareQueue: { PREPARE_QUEUE_URL: z.url() },
  confirmQueue: { CONFIRM_QUEUE_URL: z.url() },
  /** The queues of the steps after a run's preparation. */
  runQueues: {
    PUSH_QUEUE_URL: z.url(),
    CONFIRM_QUEUE_URL: z.url(),
    SETTLE_QUEUE_URL: z.url(),
  },
  /** The schedules at whose times exports are due. */
  timetable: {
    /** The schedule group of the slots' schedules, and what they are made with. */
    SCHEDULE_GROUP: z.string().min(1),
    SCHEDULE_QUEUE_ARN: z.string().min(1),
    SCHEDULE_ROLE_ARN: z.string().min(1),
    SCHEDULE_DEAD_LETTER_ARN: z.string().min(1),
  },
  /** What is told of runs that ended. */
  announcements: {
    EVENT_BUS_NAME: z.string().min(1),
    /** Administrators subscribe to it. */
    ALERT_TOPIC_ARN: z.string().min(1),
  },
} as const satisfies Record<string, z.core.$ZodShape>;

/** The variables of every function. */
export const variablesOfAll = {
  STAGE: z.string().min(1),
  LOG_LEVEL: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]).default("INFO"),
} as const;

/** The variables of every function of the API. */
export const variablesOfApi = {
  /** How a caller's role is read from a token: the domain's rules for tokens, as JSON. */
  TOKEN_RULES: z.string().min(1),
} as const;

export type Need = keyof typeof variablesByNeed;

/** The variables of needs, checked; of several, all of them. */
export type VariablesOf<Needs extends Need> = Intersection<
  { [Each in Needs]: z.infer<z.ZodObject<(typeof variablesByNeed)[Each]>> }[Needs]
>;
export type VariablesOfAll = z.infer<z.ZodObject<typeof variablesOfAll>>;
export type VariablesOfApi = z.infer<z.ZodObject<typeof variablesOfApi>>;

/** All members of a union at once. */
type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
