import { localAccountId, localRegion } from "../../aws-identity";
import { AwsServiceError } from "../../emulators/aws-error";
import type { Need, UnderstoodRequest } from "../aws-request";

/** What tells which queue a request is about. */
export interface QueueInput {
  readonly QueueUrl?: string | undefined;
  readonly QueueName?: string | undefined;
}

/** Batches are allowed by the action on a single message (service authorization reference, SQS). */
const permissionOf: Readonly<Record<string, string>> = {
  SendMessageBatch: "SendMessage",
  DeleteMessageBatch: "DeleteMessage",
  ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
};

/**
 * A request to SQS.
 *
 * @param host that the caller reaches SQS by; a queue's URL must lead there.
 * @throws AwsServiceError when the queue's URL leads elsewhere.
 */
export function understandSqs(action: string, input: QueueInput, host: string): UnderstoodRequest {
  const need: Need = {
    action: `sqs:${permissionOf[action] ?? action}`,
    resource: queueArn(input, host),
    context: {},
  };
  return { service: "sqs", action, needs: [need] };
}

function queueArn({ QueueUrl, QueueName }: QueueInput, host: string): string {
  const arn = (account: string, name: string): string =>
    `arn:aws:sqs:${localRegion}:${account}:${name}`;
  if (QueueUrl === undefined) return QueueName === undefined ? "*" : arn(localAccountId, QueueName);
  const url = URL.parse(QueueUrl);
  const [, account = "", name = "", ...rest] = (url?.pathname ?? "").split("/");
  if (url?.host !== host || !/^\d{12}$/.test(account) || name === "" || rest.length > 0) {
    throw new AwsServiceError(
      "InvalidAddress",
      `The address ${QueueUrl} is not valid for this endpoint.`,
      404,
    );
  }
  return arn(account, decodeURIComponent(name));
}
