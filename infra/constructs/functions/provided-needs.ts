import type { Stack } from "aws-cdk-lib";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { QueueName } from "../../../shared/config/function-definition";
import type { Need, variablesByNeed } from "../../../shared/config/needs";
import type { StageConfig, StageName } from "../../stage-config";
import type { Buckets } from "../buckets";
import type { Alerts } from "../monitoring/alerts";
import type { Tables } from "../tables";
import type { Timetable } from "../timetable";
import type { WorkQueue } from "../work-queue";
import type { Permission } from "./permission";
import type { ReadableSources } from "../../../shared/domain/sources/readable-sources";
import { readingSources } from "./source-permissions";
import { onBucket, onSecrets, onTable, secretArn } from "./statements";

/** What the stack has for its functions. */
export interface Resources {
  readonly tables: Tables;
  readonly buckets: Buckets;
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
  /** What no worker could handle, of all queues. */
  readonly deadLetters: Queue;
  readonly timetable: Timetable;
  readonly alerts: Alerts;
  readonly stage: StageName;
  readonly config: StageConfig;
  /** Secrets are named `<prefix>/<connection id>`. */
  readonly secretNamePrefix: string;
  /** Secrets of sources are named `<prefix>/<source id>`. */
  readonly sourceSecretPrefix: string;
}

/** What the stack gives to a function that has a need. */
interface Provided<Each extends Need> {
  readonly variables: Readonly<Record<keyof (typeof variablesByNeed)[Each], string>>;
  /** The rights that go with the need, unless a definition says otherwise. */
  readonly usual: readonly Permission[];
}
export type ProvidedNeeds = { readonly [Each in Need]: Provided<Each> };

/**
 * A customer's own secret carries this tag with the stage's name as its value, or no function can read it: what
 * is let read by one stage is not let read by another.
 */
const ownSecretTag = "klaviyo-segment-export";

/** The key of an audit entry, and what is known only when its request has been answered. */
const completedAttributes = [
  ...["log", "position", "outcome", "code", "target", "targetId", "runId", "before", "after"],
  // By which a write is known again whose answer was lost.
  "writeId",
];

/** Every need: the values of its variables, and its usual rights. */
export function providedNeeds(stack: Stack, resources: Resources): ProvidedNeeds {
  const { tables, buckets, queues, deadLetters, timetable, alerts, config } = resources;
  const urlOf = (name: QueueName): string => queues[name].queue.queueUrl;
  const sourceVariables = {
    SOURCES: JSON.stringify({
      buckets: config.sources.buckets.map(({ name }) => name),
      azure: config.sources.azure,
      azureFederation: config.sources.azureFederation,
    } satisfies ReadableSources),
    SOURCE_SECRET_PREFIX: resources.sourceSecretPrefix,
  };

  return {
    connections: {
      variables: { CONNECTIONS_TABLE: tables.connections.tableName },
      usual: [onTable({ sid: "ReadConnection", actions: ["GetItem"] }, tables.connections)],
    },
    exports: {
      variables: { EXPORTS_TABLE: tables.exports.tableName },
      usual: [
        onTable({ sid: "ReleaseExport", actions: ["GetItem", "UpdateItem"] }, tables.exports),
      ],
    },
    runs: {
      variables: {
        RUNS_TABLE: tables.runs.tableName,
        RUNS_KEPT_DAYS: String(config.expiry.runsDays),
      },
      usual: [onTable({ sid: "MoveRun", actions: ["GetItem", "UpdateItem"] }, tables.runs)],
    },
    preparationPace: {
      variables: {
        PREPARATION_MEGABYTES_PER_SECOND: String(config.preparation.megabytesPerSecond),
      },
      usual: [],
    },
    settings: {
      variables: { SETTINGS_TABLE: tables.settings.tableName },
      usual: [onTable({ sid: "ReadSettings", actions: ["GetItem"] }, tables.settings)],
    },
    people: {
      variables: { PEOPLE_TABLE: tables.settings.tableName },
      usual: [
        onTable(
          { sid: "KeepNames", keysLike: "person#*", actions: ["GetItem", "PutItem"] },
          tables.settings,
        ),
      ],
    },
    requests: {
      variables: { REQUESTS_TABLE: tables.requests.tableName },
      usual: [
        onTable(
          { sid: "KeepAnswers", actions: ["GetItem", "PutItem", "UpdateItem", "DeleteItem"] },
          tables.requests,
        ),
      ],
    },
    audit: {
      variables: { AUDIT_TABLE: tables.audit.tableName },
      // Inserting replaces nothing, which putting would. Who did what, when and from where can't be updated.
      usual: [
        onTable({ sid: "RecordChanges", actions: ["PartiQLInsert"] }, tables.audit),
        {
          ...onTable({ sid: "CompleteRecords", actions: ["UpdateItem"] }, tables.audit),
          conditions: {
            "ForAllValues:StringEquals": { "dynamodb:Attributes": completedAttributes },
            StringEquals: { "dynamodb:ReturnValues": "NONE" },
          },
        },
      ],
    },
    runRecords: {
      variables: { AUDIT_TABLE: tables.audit.tableName },
      usual: [onTable({ sid: "RecordRuns", actions: ["PartiQLInsert"] }, tables.audit)],
    },
    klaviyo: {
      variables: {
        KLAVIYO_BASE_URL: config.klaviyoBaseUrl,
        RATE_LIMITS_TABLE: tables.rateLimits.tableName,
      },
      usual: [
        onTable({ sid: "PaceCalls", actions: ["GetItem", "PutItem"] }, tables.rateLimits),
        // What Klaviyo says of a key is noted with its connection.
        onTable({ sid: "NoteKeyFindings", actions: ["UpdateItem"] }, tables.connections),
      ],
    },
    secrets: {
      variables: { SECRET_NAME_PREFIX: resources.secretNamePrefix },
      usual: [
        onSecrets(
          { sid: "ReadApiKey", actions: ["GetSecretValue"] },
          stack,
          resources.secretNamePrefix,
        ),
      ],
    },
    signIn: {
      variables: { KLAVIYO_APP_SECRET: config.klaviyoAppSecret ?? "" },
      usual:
        config.klaviyoAppSecret === undefined
          ? []
          : [
              {
                sid: "ReadKlaviyoApp",
                actions: ["secretsmanager:GetSecretValue"],
                resources: [secretArn(stack, `${config.klaviyoAppSecret}-??????`)],
                patternReason: "Secrets Manager adds six random characters to a secret's name.",
              },
              onSecrets(
                // Whoever needs tokens that end soon renews them.
                { sid: "KeepRenewedTokens", actions: ["PutSecretValue"] },
                stack,
                resources.secretNamePrefix,
              ),
            ],
    },
    ownSecrets: {
      variables: {},
      usual: [
        {
          sid: "ReadOwnSecrets",
          actions: ["secretsmanager:GetSecretValue"],
          resources: [secretArn(stack, "*")],
          conditions: { StringEquals: { [`aws:ResourceTag/${ownSecretTag}`]: resources.stage } },
          patternReason:
            "Customers name their own secrets as they like; the condition lets only those be read that carry the tag.",
        },
      ],
    },
    segments: {
      variables: { SEGMENTS_BUCKET: buckets.segments.bucketName },
      // Listing is also what turns "no such key" into 404 instead of 403.
      usual: [
        onBucket({ sid: "ListSegments", actions: ["ListBucket"] }, buckets.segments),
        onBucket(
          { sid: "ReadSegments", below: "segments/", actions: ["GetObject"] },
          buckets.segments,
        ),
      ],
    },
    sources: {
      variables: sourceVariables,
      usual: readingSources(stack, config.sources, resources.sourceSecretPrefix, "allFiles"),
    },
    sourceModels: {
      variables: sourceVariables,
      usual: readingSources(stack, config.sources, resources.sourceSecretPrefix, "modelAlone"),
    },
    sourceSecrets: {
      variables: { SOURCE_SECRET_PREFIX: resources.sourceSecretPrefix },
      usual: [],
    },
    work: {
      variables: { WORK_BUCKET: buckets.work.bucketName },
      usual: [
        onBucket({ sid: "FindWorkFiles", actions: ["ListBucket"] }, buckets.work),
        onBucket(
          { sid: "StagedFiles", below: "staging/", actions: ["GetObject", "PutObject"] },
          buckets.work,
        ),
      ],
    },
    // What a function may send to which queue, its definition says (`sends`).
    deadLetters: {
      variables: { DEAD_LETTERS_URL: deadLetters.queueUrl },
      usual: [
        {
          sid: "SettleDeadLetters",
          actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
          resources: [deadLetters.queueArn],
        },
      ],
    },
    startQueue: { variables: { START_QUEUE_URL: urlOf("start") }, usual: [] },
    prepareQueue: { variables: { PREPARE_QUEUE_URL: urlOf("prepare") }, usual: [] },
    confirmQueue: { variables: { CONFIRM_QUEUE_URL: urlOf("confirm") }, usual: [] },
    runQueues: {
      variables: {
        PUSH_QUEUE_URL: urlOf("push"),
        CONFIRM_QUEUE_URL: urlOf("confirm"),
        SETTLE_QUEUE_URL: urlOf("settle"),
      },
      usual: [],
    },
    timetable: {
      variables: {
        SCHEDULE_GROUP: timetable.groupName,
        SCHEDULE_QUEUE_ARN: queues.start.queue.queueArn,
        SCHEDULE_ROLE_ARN: timetable.role.roleArn,
        SCHEDULE_DEAD_LETTER_ARN: deadLetters.queueArn,
      },
      usual: [
        {
          sid: "KeepTimetable",
          actions: ["CreateSchedule", "UpdateSchedule", "DeleteSchedule"].map(
            (action) => `scheduler:${action}`,
          ),
          resources: [
            stack.formatArn({
              service: "scheduler",
              resource: "schedule",
              resourceName: `${timetable.groupName}/*`,
            }),
          ],
          patternReason: "Schedules are named after times of the day that people choose later.",
        },
        {
          sid: "HandOverRole",
          actions: ["iam:PassRole"],
          resources: [timetable.role.roleArn],
          conditions: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
        },
      ],
    },
    announcements: {
      variables: {
        EVENT_BUS_NAME: alerts.eventBusName,
        ALERT_TOPIC_ARN: alerts.topic.topicArn,
      },
      usual: [
        { sid: "PublishEvents", actions: ["events:PutEvents"], resources: [alerts.eventBusArn] },
        {
          sid: "MailAdministrators",
          actions: ["sns:Publish"],
          resources: [alerts.topic.topicArn],
        },
      ],
    },
  };
}
