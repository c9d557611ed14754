import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { DeadLetters } from "../../ports";
import { awsCall } from "./aws-failure";

const receivedSchema = z
  .object({
    MessageId: z.string(),
    ReceiptHandle: z.string(),
    Body: z.string(),
    Attributes: z.object({ ApproximateReceiveCount: z.coerce.number().default(1) }).prefault({}),
  })
  .transform(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
    messageId: MessageId,
    body: Body,
    receiveCount: Attributes.ApproximateReceiveCount,
    receipt: ReceiptHandle,
  }));

/** SQS quotas: the most messages of one request. */
const MOST_MESSAGES = 10;

/** The dead-letter queue, which is looked into and never waited at. */
export function createDeadLetters(client: SQSClient, QueueUrl: string): DeadLetters {
  return {
    async receive() {
      const { Messages: messages = [] } = await awsCall("ReceiveMessage", () =>
        client.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: MOST_MESSAGES,
            WaitTimeSeconds: 0,
            MessageSystemAttributeNames: ["ApproximateReceiveCount"],
          }),
        ),
      );
      return messages.map((message) => receivedSchema.parse(message));
    },

    async remove({ receipt }) {
      await awsCall("DeleteMessage", () =>
        client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt })),
      );
    },
  };
}
