import { ArnFormat, type Stack } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Permission } from "./permission";
import type { WorkQueue } from "../work-queue";

export type QueueName = "start" | "prepare" | "push" | "confirm" | "settle";

type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "PutItem"
  | "PartiQLInsert"
  | "UpdateItem"
  | "DeleteItem"
  | "Query"
  | "Scan";

/**
 * Makers of single permissions, each for one kind of resource. `sid` says what the permission is for;
 * secrets are named `<prefix>/<connection id>`.
 */
export function permissionStatements(
  stack: Stack,
  resources: {
    readonly queues: Readonly<Record<QueueName, WorkQueue>>;
    readonly secretNamePrefix: string;
  },
) {
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
    ...actions: ("GetObject" | "PutObject" | "DeleteObject")[]
  ): Permission => ({
    sid,
    actions: actions.map((action) => `s3:${action}`),
    resources: [bucket.arnForObjects(`${prefix}*`)],
    patternReason: `The keys below ${prefix} are named after segments, exports and runs, which are made later.`,
  });
  const send = (sid: string, ...names: QueueName[]): Permission => ({
    sid,
    actions: ["sqs:SendMessage"],
    resources: names.map((name) => resources.queues[name].queue.queueArn),
  });
  /** For a worker: a message that it can't handle is put back, or given up to those that settle dead letters. */
  const putOff = (name: QueueName): Permission => ({
    sid: "PutOff",
    actions: ["sqs:SendMessage"],
    resources: [resources.queues[name].queue, resources.queues[name].deadLetterQueue].map(
      ({ queueArn }) => queueArn,
    ),
  });
  const secrets = (
    sid: string,
    ...actions: (
      | "CreateSecret"
      | "TagResource"
      | "GetSecretValue"
      | "PutSecretValue"
      | "RestoreSecret"
      | "DeleteSecret"
    )[]
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

  return { onTable, queryIndex, onObjects, send, putOff, secrets, listBucket };
}
