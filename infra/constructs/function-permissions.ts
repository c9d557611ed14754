import { ArnFormat, type Stack } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { FunctionName } from "../../shared/config/environment";
import type { Alerts } from "./alerts";
import type { Buckets } from "./buckets";
import type { Permission } from "./permission";
import { tableIndexes, type Tables } from "./tables";
import type { Timetable } from "./timetable";
import type { WorkQueue } from "./work-queue";

export interface PermittedResources {
  readonly tables: Tables;
  readonly buckets: Buckets;
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
  readonly timetable: Timetable;
  readonly alerts: Alerts;
  /** Secrets are named `<prefix>/<connection id>`. */
  readonly secretNamePrefix: string;
}
export type QueueName = "start" | "prepare" | "push" | "confirm" | "settle";

type TableAction =
  "GetItem" | "BatchGetItem" | "PutItem" | "UpdateItem" | "DeleteItem" | "Query" | "Scan";

/** What each function may do, statement by statement: what its use cases call, and nothing more. */
export function functionPermissions(
  stack: Stack,
  resources: PermittedResources,
): Record<FunctionName, readonly Permission[]> {
  const { tables, buckets, queues } = resources;

  const onTable = (sid: string, table: Table, ...actions: TableAction[]): Permission => ({
    sid,
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [table.tableArn],
  });
  const queryIndex = (sid: string, table: Table, index: string): Permission => ({
    sid,
    actions: ["dynamodb:Query"],
    resources: [`${table.tableArn}/index/${index}`],
  });
  const onObjects = (
    sid: string,
    bucket: Bucket,
    prefix: string,
    ...actions: ("GetObject" | "PutObject")[]
  ): Permission => ({
    sid,
    actions: actions.map((action) => `s3:${action}`),
    resources: [bucket.arnForObjects(`${prefix}*`)],
    patternReason: `The keys below ${prefix} are named after segments, exports and runs, which are made later.`,
  });
  const send = (sid: string, ...names: QueueName[]): Permission => ({
    sid,
    actions: ["sqs:SendMessage"],
    resources: names.map((name) => queues[name].queue.queueArn),
  });
  const secrets = (
    sid: string,
    ...actions: ("CreateSecret" | "TagResource" | "GetSecretValue" | "DeleteSecret")[]
  ): Permission => ({
    sid,
    actions: actions.map((action) => `secretsmanager:${action}`),
    resources: [
      stack.formatArn({
        service: "secretsmanager",
        resource: "secret",
        resourceName: `${resources.secretNamePrefix}/*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
    patternReason:
      "Secrets are named after connections, which are made later, and Secrets Manager adds six random characters.",
  });
  // Listing is also what turns "no such key" into 404 instead of 403.
  const listBucket = (sid: string, bucket: Bucket): Permission => ({
    sid,
    actions: ["s3:ListBucket"],
    resources: [bucket.bucketArn],
  });

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

  const readConnection = onTable("ReadConnection", tables.connections, "GetItem");
  const readSecret = secrets("ReadApiKey", "GetSecretValue");
  const paceCalls = onTable("PaceCalls", tables.rateLimits, "GetItem", "PutItem");
  const listSegments = listBucket("ListSegments", buckets.segments);
  const readSegments = onObjects("ReadSegments", buckets.segments, "segments/", "GetObject");
  const findWorkFiles = listBucket("FindWorkFiles", buckets.work);
  const stagedFiles = onObjects("StagedFiles", buckets.work, "staging/", "GetObject", "PutObject");
  const releaseExport = onTable("ReleaseExport", tables.exports, "UpdateItem");
  const noteHealth = onTable("ReleaseExport", tables.exports, "GetItem", "UpdateItem");
  const moveRun = onTable("MoveRun", tables.runs, "GetItem", "UpdateItem");
  const listChunks = onTable("ListChunks", tables.runs, "Query");
  const listRuns = queryIndex("ListRuns", tables.runs, tableIndexes.runsByExport);

  return {
    connectionsApi: [
      onTable("Connections", tables.connections, "GetItem", "PutItem", "DeleteItem", "Scan"),
      queryIndex("FindExports", tables.exports, tableIndexes.exportsByConnection),
      // Never reads a key that is stored: it tries the one that the caller typed.
      secrets("KeepApiKeys", "CreateSecret", "TagResource", "DeleteSecret"),
    ],
    segmentsApi: [listSegments, readSegments],
    exportsApi: [
      onTable("ReadConnections", tables.connections, "GetItem", "Scan"),
      onTable("Exports", tables.exports, "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Scan"),
      onTable("StopAndShowRuns", tables.runs, "GetItem", "UpdateItem", "BatchGetItem"),
      send("SettleStopped", "confirm"),
      readSettings,
      listRuns,
      readSecret,
      paceCalls,
      listSegments,
    ],
    runsApi: [
      readConnection,
      onTable("ClaimExport", tables.exports, "GetItem", "UpdateItem", "Scan"),
      onTable("Runs", tables.runs, "GetItem", "PutItem", "UpdateItem"),
      listRuns,
      onObjects("LinkToReports", buckets.work, "reports/", "GetObject"),
      send("StartAndStop", "prepare", "start", "confirm"),
    ],
    schedulesApi: [
      readConnection,
      onTable("ScheduleExports", tables.exports, "GetItem", "UpdateItem", "Scan"),
      onTable("SystemSchedule", tables.settings, "GetItem", "PutItem"),
      ...keepTimetable,
    ],
    startRuns: [
      readConnection,
      onTable("ClaimExports", tables.exports, "GetItem", "UpdateItem", "Scan"),
      onTable("Runs", tables.runs, "GetItem", "PutItem"),
      readSettings,
      ...keepTimetable,
      send("StartRuns", "start", "prepare"),
    ],
    prepareRun: [
      readConnection,
      onTable("ReleaseExport", tables.exports, "GetItem", "UpdateItem"),
      moveRun,
      listChunks,
      readSecret,
      paceCalls,
      listSegments,
      readSegments,
      findWorkFiles,
      stagedFiles,
      onObjects("ReadSnapshot", buckets.work, "snapshots/", "GetObject"),
      send("PassOn", "prepare", "push", "confirm", "settle"),
    ],
    pushChunks: [
      readConnection,
      moveRun,
      readSecret,
      paceCalls,
      stagedFiles,
      send("PassOn", "push", "confirm", "settle"),
    ],
    confirmRun: [
      readConnection,
      moveRun,
      listChunks,
      readSecret,
      paceCalls,
      findWorkFiles,
      stagedFiles,
      send("PassOn", "push", "confirm", "settle"),
    ],
    settleRun: [
      moveRun,
      listChunks,
      noteHealth,
      ...announce,
      findWorkFiles,
      stagedFiles,
      onObjects("WriteReport", buckets.work, "reports/", "PutObject"),
      onObjects("ReplaceSnapshot", buckets.work, "snapshots/", "GetObject", "PutObject"),
    ],
    settleDeadLetters: [moveRun, releaseExport, send("PassOn", "settle")],
    watchRuns: [
      moveRun,
      listChunks,
      queryIndex("FindOpenRuns", tables.runs, tableIndexes.openRuns),
      noteHealth,
      ...announce,
      send("PassOn", "prepare", "push", "confirm", "settle"),
    ],
  };
}
