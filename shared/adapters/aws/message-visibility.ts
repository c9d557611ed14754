import {
  ChangeMessageVisibilityCommand,
  GetQueueUrlCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** Lets a message that was received come back after so many seconds. */
export function createRetryIn(client: SQSClient) {
  const urls = new Map<string, string>();

  /** A received message names its queue by ARN, whose last part is the queue's name. */
  async function urlOf(queueArn: string): Promise<string> {
    const known = urls.get(queueArn);
    if (known !== undefined) {
      return known;
    }
    const { QueueUrl: url } = await client.send(
      new GetQueueUrlCommand({ QueueName: queueArn.split(":").at(-1) }),
    );
    if (url === undefined) {
      throw new TypeError("SQS answered without a queue URL");
    }
    urls.set(queueArn, url);
    return url;
  }

  return async (
    record: { eventSourceARN: string; receiptHandle: string },
    seconds: number,
  ): Promise<void> => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: await urlOf(record.eventSourceARN),
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  };
}
