import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Message } from "../../domain/runs/messages";
import { awsCall, AwsFailure } from "./aws-failure";
import { troubleOf } from "./aws-trouble";

/** A message as a function gets it. */
export interface Received {
  readonly eventSourceARN: string;
  readonly receiptHandle: string;
  readonly attributes: { readonly MessageGroupId?: string | undefined };
}

const redrivePolicySchema = z.object({ deadLetterTargetArn: z.string() });

/** What a function does with messages of the queue that it works on. */
export function createReceivedMessages(client: SQSClient) {
  const urls = new Map<string, string>();
  const deadLetters = new Map<string, string>();

  /** A received message names its queue by ARN, whose last part is the queue's name. */
  async function urlOf(queueArn: string): Promise<string> {
    const known = urls.get(queueArn);
    if (known !== undefined) {
      return known;
    }
    const { QueueUrl: url } = await awsCall("GetQueueUrl", () =>
      client.send(new GetQueueUrlCommand({ QueueName: queueArn.split(":").at(-1) })),
    );
    if (url === undefined) {
      throw new AwsFailure("GetQueueUrl", "the answer names no URL");
    }
    urls.set(queueArn, url);
    return url;
  }

  /** The URL of the queue's dead-letter queue, whose name is the last part of its ARN too. */
  async function deadLettersOf(queueArn: string): Promise<string> {
    const known = deadLetters.get(queueArn);
    if (known !== undefined) {
      return known;
    }
    const QueueUrl = await urlOf(queueArn);
    const { Attributes: attributes } = await awsCall("GetQueueAttributes", () =>
      client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["RedrivePolicy"] })),
    );
    const policy: unknown = JSON.parse(attributes?.RedrivePolicy ?? "{}");
    const { deadLetterTargetArn: arn } = redrivePolicySchema.parse(policy);
    const url = [...QueueUrl.split("/").slice(0, -1), arn.split(":").at(-1)].join("/");
    deadLetters.set(queueArn, url);
    return url;
  }

  async function send(
    QueueUrl: string,
    { attributes: { MessageGroupId } }: Received,
    message: Message,
    DelaySeconds: number,
  ): Promise<void> {
    await awsCall("SendMessage", () =>
      client.send(
        new SendMessageCommand({
          ...{ QueueUrl, DelaySeconds, MessageBody: JSON.stringify(message) },
          MessageGroupId,
        }),
      ),
    );
  }

  return {
    troubleOf,

    /** Lets a message that was received come back after so many seconds. */
    retryIn: async (received: Received, seconds: number): Promise<void> => {
      const QueueUrl = await urlOf(received.eventSourceARN);
      await awsCall("ChangeMessageVisibility", () =>
        client.send(
          new ChangeMessageVisibilityCommand({
            ...{ QueueUrl, ReceiptHandle: received.receiptHandle },
            VisibilityTimeout: seconds,
          }),
        ),
      );
    },

    /** Puts a message onto the queue that another came from, to be delivered after so many seconds, up to 900. */
    putBack: async (received: Received, message: Message, delaySeconds: number): Promise<void> =>
      send(await urlOf(received.eventSourceARN), received, message, delaySeconds),

    /** Hands a message to those that settle what no worker could handle. */
    giveUp: async (received: Received, message: Message): Promise<void> =>
      send(await deadLettersOf(received.eventSourceARN), received, message, 0),
  };
}
