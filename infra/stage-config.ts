import { RetentionDays } from "aws-cdk-lib/aws-logs";
import * as z from "zod";
import {
  awsAccounts,
  awsAccountSchema,
  largestDemand,
  LEAST_CONCURRENCY,
  reservedForApi,
  stepConcurrency,
} from "./aws-account";
import { isEncrypted } from "../shared/domain/klaviyo/klaviyo-address";

/**
 * Where the system runs. `local`: the embedded environment on a laptop. `dev`: on AWS, thrown away at
 * will. `production`: on AWS, its data kept whatever happens to the stack.
 */
export const stageNameSchema = z.enum(["local", "dev", "production"]);
export type StageName = z.infer<typeof stageNameSchema>;

const days = z.number().int().min(1);

/** The groups that make a caller what they are; of roles without one here they are called as the role is. */
const groupsSchema = z
  .strictObject({
    administrator: z.string().min(1).max(128).optional(),
    contributor: z.string().min(1).max(128).optional(),
    viewer: z.string().min(1).max(128).optional(),
  })
  .refine(
    ({ administrator = "Administrator", contributor = "Contributor", viewer = "Viewer" }) =>
      new Set([administrator, contributor, viewer]).size === 3,
    "one group can't stand for two roles",
  )
  .optional();

/** Who issues the tokens that callers of the API carry. */
const identitySchema = z.discriminatedUnion("kind", [
  z.strictObject({
    /** A Cognito user pool of the stack's own, with a group for each role. */
    kind: z.literal("cognito"),
    mfa: z.enum(["optional", "required"]),
    groups: groupsSchema,
  }),
  z.strictObject({
    /** Any OpenID Connect provider. */
    kind: z.literal("oidc"),
    /** As in the tokens' `iss`; API Gateway fetches `<issuer>/.well-known/openid-configuration`. */
    issuer: z.url({ protocol: /^https$/ }),
    /** At least one must be the token's `aud` or `client_id`. */
    audience: z.array(z.string().min(1)).min(1),
    /** The claim that lists the caller's groups. */
    rolesClaim: z.string().min(1),
    groups: groupsSchema,
    /** What the header of an access token says in `typ`, if the issuer always says it: `at+jwt` (RFC 9068). */
    tokenType: z.string().min(1).max(100).optional(),
    /** A scope that tokens must have been issued for. */
    scope: z.string().min(1).max(200).optional(),
  }),
]);

/** The console in the browser. */
const consoleSchema = z.strictObject({
  /** A domain of one's own. @default the name that CloudFront gives */
  domain: z
    .strictObject({
      name: z.hostname(),
      /** A certificate for it; CloudFront takes those of us-east-1. */
      certificateArn: z
        .string()
        .regex(
          /^arn:[\w-]+:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
          "not the ARN of a certificate in us-east-1",
        ),
      /** The zone of Route 53 that the records are made in. @default none: you make them elsewhere */
      hostedZone: z.strictObject({ id: z.string().min(1), name: z.hostname() }).optional(),
    })
    .optional(),
  /** How the domain of Cognito's pages begins. @default `segment-export-<stage>-<account>` */
  signInDomain: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "not the beginning of a domain's name")
    .optional(),
  /** With an issuer of one's own: the public client that the console is known there as. */
  signIn: z
    .strictObject({
      clientId: z.string().min(1),
      /** Separated by spaces; what makes the issuer's access tokens those that the API takes. */
      scope: z.string().min(1),
      /** The API's name at the issuer (RFC 8707). */
      resource: z.string().min(1).optional(),
      /** Where the issuer gives tokens, if that is another origin than its own. */
      origins: z.array(z.url({ protocol: /^https$/ })),
    })
    .optional(),
});

const stageConfigSchema = z
  .strictObject({
    /** `retain` keeps tables, buckets, users and logs when the stack goes, and protects from deletion. */
    data: z.enum(["retain", "destroy"]),
    identity: identitySchema,
    klaviyoBaseUrl: z.url(),
    /**
     * The name of a secret in Secrets Manager that holds the stage's app in Klaviyo, through which people sign in
     * (`docs/administration.md`). Without one, connections have API keys only.
     */
    klaviyoAppSecret: z
      .string()
      .regex(/^[\w/+=.@-]{1,512}$/, "not the name of a secret")
      .optional(),
    logLevel: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]),
    /** Days that CloudWatch Logs accepts. */
    logRetention: z.enum(RetentionDays),
    expiry: z.strictObject({
      /** Staged chunks; needed until the run has ended. The longest queue retention is 14 days. */
      stagingDays: days,
      /** Rejection reports. */
      reportsDays: days,
      /**
       * Snapshots, counted from when they were written. An export that has not run for so long sends
       * all of its members the next time, which is safe. Also ends the snapshots that newer ones replaced.
       */
      snapshotsDays: days,
      /**
       * Runs and their chunks, counted from their request: the history of an export. DynamoDB deletes them
       * within a few days after.
       */
      runsDays: days,
      /** Server access logs of the buckets. */
      accessLogsDays: days,
    }),
    api: z.strictObject({
      /** Requests a second that the API takes over a longer time, and in a burst. */
      requestsPerSecond: z.number().int().positive(),
      burst: z.number().int().positive(),
      /** The same for each route that reads whole segments, asks Klaviyo or starts many runs. */
      expensive: z.strictObject({
        requestsPerSecond: z.number().int().positive(),
        burst: z.number().int().positive(),
      }),
      /** Web origins that browsers may call the API from; none switches CORS off. */
      corsOrigins: z.array(z.url()),
    }),
    /**
     * What Lambda allows the AWS account (infra/aws-account.ts). By default what a new one has; `npm run deploy`
     * reads what the account really allows, and says so where it differs.
     */
    awsAccount: awsAccountSchema,
    /** Most workers of a queue at a time. Lambda accepts 2 to 1,000. @default what the account has room for */
    concurrency: z.strictObject({
      start: z.number().int().min(2).max(1000),
      prepare: z.number().int().min(2).max(1000),
      push: z.number().int().min(2).max(1000),
      confirm: z.number().int().min(2).max(1000),
      settle: z.number().int().min(2).max(1000),
    }),
    preparation: z.strictObject({
      /**
       * What the function that prepares reads in a second at best, in megabytes of plain CSV with the email alone. An
       * export whose segments would take longer than the function has is refused (`preparationTooLong`); one that
       * takes longer nevertheless is broken off, after 14 minutes. Lower it to refuse sooner.
       */
      megabytesPerSecond: z.number().int().min(1).max(999_999),
    }),
    /** @default no console */
    console: consoleSchema.optional(),
    /** From where segments are read beside the segments bucket; the rights for nothing else are granted. */
    sources: z.strictObject({
      /** Buckets with export folders, which may be of other accounts: they must let this stage's functions read. */
      buckets: z.array(
        z.strictObject({
          name: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "not the name of a bucket"),
          /** All that may be read lies below it. @default the whole bucket */
          folder: z
            .string()
            .regex(/^[^/*?$]+(?:\/[^/*?$]+)*$/, "not a folder's path")
            .optional(),
          /** The key that the bucket's objects are encrypted with, if it is one of KMS. */
          keyArn: z
            .string()
            .regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, "not the ARN of a KMS key")
            .optional(),
        }),
      ),
      /** Azure's storage, with a token or key that administrators enter. */
      azure: z.boolean(),
      /**
       * Azure's storage with no stored secret, as apps of Microsoft Entra that trust the functions' roles
       * (docs/sources/customer-insights.md). @default false
       */
      azureFederation: z.boolean().default(false),
    }),
    /**
     * Who is told by mail when an export fails and when it has recovered, and when an alarm rings. SNS asks
     * each of them to confirm;
     * others may subscribe to the topic in the stack's output later.
     */
    administratorEmails: z.array(z.email()),
    /**
     * `essential`: an alarm on the watch, which tells of everything else that fails, and one on the API. `full`: a
     * dashboard too, and alarms on what shows before something fails. CloudWatch takes $3.50 a month for it.
     */
    monitoring: z.enum(["essential", "full"]),
    /** An SNS topic that alarms are sent to. @default the stack's own, which the administrators hear of */
    alarmTopicArn: z
      .string()
      .regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/, "not the ARN of an SNS topic")
      .optional(),
  })
  .refine((config) => config.expiry.stagingDays >= 15, {
    path: ["expiry", "stagingDays"],
    message: "staged files must outlive the queues' messages, which are kept for up to 14 days",
  })
  .refine(
    ({ awsAccount, concurrency }) =>
      Object.values(concurrency).every((workers) => workers <= LEAST_CONCURRENCY) ||
      largestDemand(concurrency) + reservedForApi(awsAccount) <= awsAccount.concurrency,
    {
      path: ["concurrency"],
      message:
        "the queues' workers together are more than the account allows beside the API's share",
    },
  )
  .refine(({ expiry }) => expiry.runsDays >= expiry.reportsDays, {
    path: ["expiry", "runsDays"],
    message: "a rejection report is found through its run, which must be kept as long",
  });
export type StageConfig = z.infer<typeof stageConfigSchema>;

const base = {
  klaviyoBaseUrl: "https://a.klaviyo.com",
  logLevel: "INFO",
  expiry: {
    stagingDays: 15,
    reportsDays: 30,
    runsDays: 90,
    snapshotsDays: 365,
    accessLogsDays: 90,
  },
  administratorEmails: [],
  monitoring: "essential",
  sources: { buckets: [], azure: false, azureFederation: false },
  // Measured with two processors (test/bench/README.md): 1,000,000 rows, 112 MB, in 2.5 s.
  preparation: { megabytesPerSecond: 45 },
  api: {
    requestsPerSecond: 50,
    burst: 100,
    expensive: { requestsPerSecond: 2, burst: 10 },
    corsOrigins: [],
  },
  awsAccount: awsAccounts.new,
} as const satisfies Partial<z.input<typeof stageConfigSchema>>;

const stages = {
  local: {
    ...base,
    data: "destroy",
    // Cognito has no local counterpart: the embedded environment issues its own tokens under this name.
    identity: {
      kind: "oidc",
      issuer: "https://identity.segment-export.invalid",
      audience: ["segment-export-local"],
      rolesClaim: "cognito:groups",
    },
    // The embedded environment serves it, with an issuer that knows this client.
    console: {
      signIn: { clientId: "segment-export-console", scope: "openid profile", origins: [] },
    },
    sources: {
      buckets: [{ name: "customer-insights-exports" }],
      azure: true,
      azureFederation: true,
    },
    // Never resolves (RFC 2606): unless the simulator's address is set, nothing reaches Klaviyo.
    klaviyoBaseUrl: "http://klaviyo.invalid",
    // The embedded environment puts the simulator's app there.
    klaviyoAppSecret: "klaviyo-segment-export-app",
    // Tests ask more quickly than people.
    api: { ...base.api, expensive: { requestsPerSecond: 50, burst: 100 } },
    // A laptop's few processors: more workers would wait for each other's start.
    concurrency: { start: 2, prepare: 2, push: 2, confirm: 2, settle: 2 },
    logRetention: RetentionDays.ONE_DAY,
  },
  dev: {
    ...base,
    data: "destroy",
    identity: { kind: "cognito", mfa: "optional" },
    console: {},
    logRetention: RetentionDays.TWO_WEEKS,
  },
  production: {
    ...base,
    data: "retain",
    identity: { kind: "cognito", mfa: "required" },
    console: {},
    logRetention: RetentionDays.SIX_MONTHS,
    expiry: { ...base.expiry, reportsDays: 90, runsDays: 365, accessLogsDays: 365 },
  },
} satisfies Record<StageName, unknown>;

/** People can sign in to the console, if there is one. */
const reachableSchema = stageConfigSchema.refine(
  ({ identity, console: wanted }) =>
    wanted === undefined || (identity.kind === "oidc") === (wanted.signIn !== undefined),
  {
    path: ["console", "signIn"],
    message: "an issuer of your own needs it; with Cognito the stack makes the client itself",
  },
);

/** On AWS, what is sent to Klaviyo can be read by nobody on the way. */
const encryptedSchema = reachableSchema.refine(
  ({ klaviyoBaseUrl }) => isEncrypted(klaviyoBaseUrl),
  { path: ["klaviyoBaseUrl"], message: "keys and profiles only go to Klaviyo by https" },
);

/** The checked configuration of a stage; `overrides` replace whole properties of it. Throws a ZodError. */
export function stageConfig(stage: StageName, overrides: Partial<StageConfig> = {}): StageConfig {
  const { awsAccount } = { ...stages[stage], ...overrides };
  const concurrency = stepConcurrency(awsAccount);
  const config = stageConfigSchema.parse({ concurrency, ...stages[stage], ...overrides });
  return stage === "local" ? reachableSchema.parse(config) : encryptedSchema.parse(config);
}
