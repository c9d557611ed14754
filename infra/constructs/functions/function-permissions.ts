import { ArnFormat, type Stack } from "aws-cdk-lib";
import type { FunctionName } from "../../../shared/config/environment";
import type { StageName } from "../../stage-config";
import type { Alerts } from "../monitoring/alerts";
import type { Buckets } from "../buckets";
import type { Permission } from "./permission";
import { permissionStatements, type QueueName } from "./permission-statements";
import { tableIndexes, type Tables } from "../tables";
import type { Timetable } from "../timetable";
import type { WorkQueue } from "../work-queue";

export interface PermittedResources {
  readonly tables: Tables;
  readonly buckets: Buckets;
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
  readonly timetable: Timetable;
  readonly alerts: Alerts;
  readonly stage: StageName;
  /** Secrets are named `<prefix>/<connection id>`. */
  readonly secretNamePrefix: string;
}

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

/** What each function may do, statement by statement: what its use cases call, and nothing more. */
export function functionPermissions(
  stack: Stack,
  resources: PermittedResources,
): Record<FunctionName, readonly Permission[]> {
  const { tables, buckets } = resources;

  const { onTable, queryIndex, onObjects, send, putOff, secrets, listBucket } =
    permissionStatements(stack, resources);

  const keepTimetable: readonly Permission[] = [
    {
      sid: "KeepTimetable",
      actions: ["CreateSchedule", "UpdateSchedule", "DeleteSchedule"].map(
        (action) => `scheduler:${action}`,
      ),
      resources: [
        stack.formatArn({
          service: "scheduler",
          resource: "schedule",
          resourceName: `${resources.timetable.groupName}/*`,
        }),
      ],
      patternReason: "Schedules are named after times of the day that people choose later.",
    },
    {
      sid: "HandOverRole",
      actions: ["iam:PassRole"],
      resources: [resources.timetable.role.roleArn],
      conditions: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
    },
  ];
  const announce: readonly Permission[] = [
    {
      sid: "PublishEvents",
      actions: ["events:PutEvents"],
      resources: [resources.alerts.eventBusArn],
    },
    {
      sid: "MailAdministrators",
      actions: ["sns:Publish"],
      resources: [resources.alerts.topic.topicArn],
    },
  ];
  const readSettings = onTable("ReadSettings", tables.settings, "GetItem");
  // The customers' own secrets: whoever owns one lets this system read it by tagging it.
  const readOwnSecrets: Permission = {
    sid: "ReadOwnSecrets",
    actions: ["secretsmanager:GetSecretValue"],
    resources: [
      stack.formatArn({
        service: "secretsmanager",
        resource: "secret",
        resourceName: "*",
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
    conditions: {
      StringEquals: { [`aws:ResourceTag/${ownSecretTag}`]: resources.stage },
    },
    patternReason:
      "Customers name their own secrets as they like; the condition lets only those be read that carry the tag.",
  };
  // Inserting replaces nothing, which putting would. Who did what, when and from where can't be updated.
  const addAudit = onTable("RecordChanges", tables.audit, "PartiQLInsert");
  const completeAudit: Permission = {
    ...onTable("CompleteRecords", tables.audit, "UpdateItem"),
    conditions: {
      "ForAllValues:StringEquals": { "dynamodb:Attributes": completedAttributes },
      StringEquals: { "dynamodb:ReturnValues": "NONE" },
    },
  };
  const writeAudit: readonly Permission[] = [addAudit, completeAudit];
  const keepAnswers = onTable(
    "KeepAnswers",
    tables.requests,
    ...(["GetItem", "PutItem", "UpdateItem", "DeleteItem"] as const),
  );
  const recordRuns = onTable("RecordRuns", tables.audit, "PartiQLInsert");
  const noteFindings = onTable("NoteKeyFindings", tables.connections, "UpdateItem");
  const deleteSnapshots = onObjects("DeleteSnapshots", buckets.work, "snapshots/", "DeleteObject");
  const deleteRunFiles = [
    onObjects("DeleteStaging", buckets.work, "staging/", "DeleteObject"),
    onObjects("DeleteReports", buckets.work, "reports/", "DeleteObject"),
    deleteSnapshots,
  ];

  const readConnection = onTable("ReadConnection", tables.connections, "GetItem");
  const readSecret = secrets("ReadApiKey", "GetSecretValue");
  const paceCalls = onTable("PaceCalls", tables.rateLimits, "GetItem", "PutItem");
  const listSegments = listBucket("ListSegments", buckets.segments);
  const readSegments = onObjects("ReadSegments", buckets.segments, "segments/", "GetObject");
  const findWorkFiles = listBucket("FindWorkFiles", buckets.work);
  const stagedFiles = onObjects("StagedFiles", buckets.work, "staging/", "GetObject", "PutObject");
  const noteHealth = onTable("ReleaseExport", tables.exports, "GetItem", "UpdateItem");
  const moveRun = onTable("MoveRun", tables.runs, "GetItem", "UpdateItem");
  const listChunks = onTable("ListChunks", tables.runs, "Query");
  const listRuns = queryIndex("ListRuns", tables.runs, tableIndexes.runsByExport);

  return {
    connectionsApi: [
      onTable(
        "Connections",
        tables.connections,
        ...(["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Scan"] as const),
      ),
      queryIndex("FindExports", tables.exports, tableIndexes.exportsByConnection),
      onTable("ForgetSnapshots", tables.exports, "GetItem", "UpdateItem", "Scan"),
      secrets(
        "KeepApiKeys",
        ...([
          "CreateSecret",
          "TagResource",
          "GetSecretValue",
          "PutSecretValue",
          "RestoreSecret",
          "DeleteSecret",
        ] as const),
      ),
      readOwnSecrets,
      onTable("PaceCalls", tables.rateLimits, "GetItem", "PutItem", "DeleteItem"),
      onTable("StopRuns", tables.runs, "GetItem", "UpdateItem"),
      queryIndex("FindOpenRuns", tables.runs, tableIndexes.openRuns),
      onTable("ReadOpenRuns", tables.runs, "BatchGetItem"),
      queryIndex("FindRuns", tables.runs, tableIndexes.runsByConnection),
      findWorkFiles,
      ...deleteRunFiles,
      keepAnswers,
      ...writeAudit,
    ],
    descriptionApi: [],
    auditApi: [
      onTable("ReadAudit", tables.audit, "Query"),
      queryIndex("ReadAuditByTarget", tables.audit, tableIndexes.auditByTarget),
      queryIndex("ReadAuditByActor", tables.audit, tableIndexes.auditByActor),
    ],
    segmentsApi: [
      listSegments,
      readSegments,
      onTable("KeepDescriptions", tables.requests, "GetItem", "PutItem"),
      {
        ...onTable("SegmentSettings", tables.settings, "GetItem", "PutItem"),
        // The system's own settings lie beside them.
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "segment#*" } },
      },
      ...writeAudit,
    ],
    exportsApi: [
      onTable("ReadConnections", tables.connections, "GetItem", "Scan"),
      onTable("Exports", tables.exports, "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Scan"),
      onTable("StopAndShowRuns", tables.runs, "GetItem", "UpdateItem", "BatchGetItem"),
      {
        ...onTable("DeletePreviews", tables.runs, "Query", "DeleteItem"),
        // Previews lie beside the runs, which nobody may delete.
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "preview#*" } },
      },
      send("SettleStopped", "confirm"),
      readSettings,
      queryIndex("FindExports", tables.exports, tableIndexes.exportsByConnection),
      listRuns,
      readSecret,
      readOwnSecrets,
      noteFindings,
      keepAnswers,
      ...writeAudit,
      paceCalls,
      listSegments,
      findWorkFiles,
      deleteSnapshots,
    ],
    runsApi: [
      readConnection,
      onTable("ClaimExport", tables.exports, "GetItem", "UpdateItem", "Scan"),
      onTable("Runs", tables.runs, "GetItem", "PutItem", "UpdateItem"),
      listRuns,
      onObjects("LinkToReports", buckets.work, "reports/", "GetObject"),
      // Without it S3 says of a report that has expired that it is forbidden.
      findWorkFiles,
      send("StartAndStop", "prepare", "start", "confirm"),
      keepAnswers,
      ...writeAudit,
    ],
    schedulesApi: [
      readConnection,
      onTable("ScheduleExports", tables.exports, "GetItem", "UpdateItem", "Scan"),
      onTable("SystemSchedule", tables.settings, "GetItem", "PutItem"),
      ...keepTimetable,
      ...writeAudit,
    ],
    startRuns: [
      readConnection,
      onTable("ClaimExports", tables.exports, "GetItem", "UpdateItem", "Scan"),
      onTable("Runs", tables.runs, "GetItem", "PutItem"),
      readSettings,
      ...keepTimetable,
      send("StartRuns", "start", "prepare"),
      putOff("start"),
      recordRuns,
    ],
    prepareRun: [
      // Who else uses the list is asked of all connections to its account.
      onTable("ReadConnections", tables.connections, "GetItem", "Scan"),
      queryIndex("FindExports", tables.exports, tableIndexes.exportsByConnection),
      onTable("ReleaseExport", tables.exports, "GetItem", "UpdateItem"),
      moveRun,
      listChunks,
      readSecret,
      readOwnSecrets,
      noteFindings,
      paceCalls,
      readSettings,
      listSegments,
      readSegments,
      findWorkFiles,
      stagedFiles,
      onObjects("ReadSnapshot", buckets.work, "snapshots/", "GetObject"),
      send("PassOn", "prepare", "push", "confirm", "settle"),
      putOff("prepare"),
      recordRuns,
    ],
    pushChunks: [
      readConnection,
      moveRun,
      readSecret,
      readOwnSecrets,
      noteFindings,
      paceCalls,
      findWorkFiles,
      stagedFiles,
      send("PassOn", "push", "confirm", "settle"),
      putOff("push"),
    ],
    confirmRun: [
      readConnection,
      moveRun,
      listChunks,
      readSecret,
      readOwnSecrets,
      noteFindings,
      paceCalls,
      findWorkFiles,
      stagedFiles,
      send("PassOn", "push", "confirm", "settle"),
      putOff("confirm"),
    ],
    settleRun: [
      readConnection,
      recordRuns,
      ...deleteRunFiles,
      moveRun,
      listChunks,
      noteHealth,
      ...announce,
      findWorkFiles,
      stagedFiles,
      send("SubscribeMembers", "confirm"),
      putOff("settle"),
      onObjects("WriteReport", buckets.work, "reports/", "PutObject"),
      // Who is to be subscribed is found in what Klaviyo has confirmed.
      onObjects("Snapshots", buckets.work, "snapshots/", "GetObject", "PutObject"),
    ],
    settleDeadLetters: [
      moveRun,
      noteHealth,
      recordRuns,
      send("PassOn", "prepare", "push", "confirm", "settle"),
    ],
    watchRuns: [
      moveRun,
      listChunks,
      queryIndex("FindOpenRuns", tables.runs, tableIndexes.openRuns),
      onTable("ReadOpenRuns", tables.runs, "BatchGetItem"),
      noteHealth,
      ...announce,
      recordRuns,
      send("PassOn", "prepare", "push", "confirm", "settle"),
    ],
  };
}
