import { ArnFormat, type Stack } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type {
  BucketGrant,
  QueueName,
  SecretGrant,
  TableGrant,
} from "../../../shared/config/function-definition";
import type { WorkQueue } from "../work-queue";
import type { Permission } from "./permission";

/** Rights as functions' definitions name them, as statements on the resources of the stack. */

export function onTable({ sid, actions, index, keysLike }: TableGrant, table: Table): Permission {
  return {
    sid,
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [index === undefined ? table.tableArn : `${table.tableArn}/index/${index}`],
    ...(keysLike === undefined
      ? {}
      : { conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keysLike } } }),
  };
}

export function onBucket(grant: BucketGrant, bucket: Bucket): Permission {
  const { sid } = grant;
  const actions = grant.actions.map((action) => `s3:${action}`);
  return "below" in grant
    ? {
        sid,
        actions,
        resources: [bucket.arnForObjects(`${grant.below}*`)],
        patternReason: `The keys below ${grant.below} are named after segments, exports and runs, which are made later.`,
      }
    : { sid, actions, resources: [bucket.bucketArn] };
}

/** On the secrets that the system keeps itself: `<prefix>/<connection id>`. */
export function onSecrets({ sid, actions }: SecretGrant, stack: Stack, prefix: string): Permission {
  return {
    sid,
    actions: actions.map((action) => `secretsmanager:${action}`),
    resources: [secretArn(stack, `${prefix}/*`)],
    patternReason:
      "Secrets are named after connections, which are made later, and Secrets Manager adds six random characters.",
  };
}

export function secretArn(stack: Stack, name: string): string {
  return stack.formatArn({
    service: "secretsmanager",
    resource: "secret",
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

type Queues = Readonly<Record<QueueName, WorkQueue>>;

export function sendTo(sid: string, names: readonly QueueName[], queues: Queues): Permission {
  return {
    sid,
    actions: ["sqs:SendMessage"],
    resources: names.map((name) => queues[name].queue.queueArn),
  };
}

/** For a worker: a message that it can't handle is put back, or given up to who settles dead letters. */
export function putOff(name: QueueName, queues: Queues): Permission {
  const { queue, deadLetters } = queues[name];
  return {
    sid: "PutOff",
    actions: ["sqs:SendMessage"],
    resources: [queue.queueArn, deadLetters.queueArn],
  };
}
