import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Message } from "../../domain/messages";
import type { RunQueues } from "../../ports";

/** SQS quotas: a batch holds at most ten messages. */
const BATCH_SIZE = 10;

/** SQS quotas: the longest delay of a message. A message that comes too early is put off again. */
const MAX_DELAY_SECONDS = 900;

/** Standard queues with a message group, which keeps them fair between groups (SQS fair queues). */
export function createRunQueues(
  client: SQSClient,
  urls: Readonly<Record<Message["step"], string>>,
): RunQueues {
  return {
    ...createPrepareQueue(client, urls.prepare),
    ...createConfirmQueue(client, urls.confirm),
    push: (group, messages) =>
      sendAll(
        client,
        urls.push,
        group,
        messages.map(({ delaySeconds = 0, ...message }) => ({
          message: { step: "push", ...message },
          delaySeconds,
        })),
      ),
    settle: (group, runId) => send(client, urls.settle, group, { step: "settle", runId }),
  };
}

/** The one queue that starting a run needs. */
export function createPrepareQueue(client: SQSClient, url: string): Pick<RunQueues, "prepare"> {
  return {
    prepare: (group, runId, { attempt, delaySeconds } = { attempt: 0, delaySeconds: 0 }) =>
      send(client, url, group, { step: "prepare", runId, attempt }, delaySeconds),
  };
}

/** The one queue that stopping a run needs. */
export function createConfirmQueue(client: SQSClient, url: string): Pick<RunQueues, "confirm"> {
  return {
    confirm: (group, message, delaySeconds) =>
      send(client, url, group, { step: "confirm", ...message }, delaySeconds),
  };
}

async function send(
  client: SQSClient,
  url: string,
  group: string,
  message: Message,
  delaySeconds = 0,
): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: url,
      MessageBody: JSON.stringify(message),
      MessageGroupId: group,
      DelaySeconds: Math.min(delaySeconds, MAX_DELAY_SECONDS),
    }),
  );
}

async function sendAll(
  client: SQSClient,
  url: string,
  group: string,
  messages: readonly { message: Message; delaySeconds: number }[],
): Promise<void> {
  for (let start = 0; start < messages.length; start += BATCH_SIZE) {
    const { Failed: failed = [] } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: messages
          .slice(start, start + BATCH_SIZE)
          .map(({ message, delaySeconds }, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(message),
            MessageGroupId: group,
            DelaySeconds: Math.min(delaySeconds, MAX_DELAY_SECONDS),
          })),
      }),
    );
    if (failed.length > 0) {
      throw new Error(`SQS did not take ${String(failed.length)} messages of a batch`);
    }
  }
}
