import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type QueueAttributeName,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { PhysicalResource } from "../template/physical-values";
import type { QueueProperties } from "../template/resource-properties";

type QueueAttributes = Partial<Record<QueueAttributeName, string>>;

/** Creates a queue without its dead-letter queue, which may not be there yet. */
export async function createQueue(
  client: SQSClient,
  name: string,
  properties: QueueProperties,
): Promise<PhysicalResource> {
  const { QueueUrl = "" } = await client.send(
    new CreateQueueCommand({ QueueName: name, Attributes: queueAttributes(properties) }),
  );
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  return {
    ref: QueueUrl,
    attributes: { Arn: Attributes?.QueueArn ?? "", QueueName: name, QueueUrl },
  };
}

/** Joins a queue with its dead-letter queue. */
export async function setRedrivePolicy(
  client: SQSClient,
  queueUrl: string,
  policy: NonNullable<QueueProperties["RedrivePolicy"]>,
): Promise<void> {
  await client.send(
    new SetQueueAttributesCommand({
      QueueUrl: queueUrl,
      Attributes: { RedrivePolicy: JSON.stringify(policy) },
    }),
  );
}

function queueAttributes(properties: QueueProperties): QueueAttributes {
  const { RedrivePolicy: _policy, QueueName: _name, FifoQueue, ...others } = properties;
  const attributes: QueueAttributes = {};
  // "false" is refused for FifoQueue: a queue is standard by not saying anything.
  if (FifoQueue === true) attributes.FifoQueue = "true";
  for (const name of [
    "DelaySeconds",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds",
    "VisibilityTimeout",
  ] as const) {
    if (others[name] !== undefined) attributes[name] = String(others[name]);
  }
  if (others.ContentBasedDeduplication === true) attributes.ContentBasedDeduplication = "true";
  return attributes;
}
