import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { wakeToSend, type Message, type RunMessage } from "../../domain/runs/messages";
import type { PreparedRunQueues, RunQueues, StartQueue } from "../../ports";
import { awsCall, AwsFailure } from "./aws-failure";

/** SQS quotas: a batch holds at most ten messages. */
const BATCH_SIZE = 10;

/** SQS quotas: the longest delay of a message. A message that comes too early is put off again. */
const MAX_DELAY_SECONDS = 900;

/** Standard queues with a message group, which keeps them fair between groups (SQS fair queues). */
export function createRunQueues(
  client: SQSClient,
  urls: Readonly<Record<"prepare" | "push" | "confirm" | "settle", string>>,
): RunQueues {
  return {
    ...createPrepareQueue(client, urls.prepare),
    ...createPreparedRunQueues(client, urls),
    again: (group, message, delaySeconds) =>
      send(client, urls[queueOf(message.step)], group, message, delaySeconds),
  };
}

/** The queues of the steps after a run's preparation. */
export function createPreparedRunQueues(
  client: SQSClient,
  urls: Readonly<Record<"push" | "confirm" | "settle", string>>,
): PreparedRunQueues {
  return {
    ...createConfirmQueue(client, urls.confirm),
    push: (group, messages) =>
      sendAll(
        client,
        urls.push,
        messages.map(({ delaySeconds = 0, ...message }) => ({
          group,
          message: { step: "push", ...message },
          delaySeconds,
        })),
      ),
    wake: (group, runId) => send(client, urls.push, group, wakeToSend(runId)),
    settle: (group, runId) => send(client, urls.settle, group, { step: "settle", runId }),
    rehearse: (group, runId, delaySeconds) =>
      send(client, urls.settle, group, { step: "rehearse", runId }, delaySeconds),
  };
}

function queueOf(
  step: Exclude<RunMessage, { step: "start" | "wake" }>["step"],
): "prepare" | "push" | "confirm" | "settle" {
  switch (step) {
    case "subscribe":
      return "confirm";
    case "rehearse":
      return "settle";
    case "prepare":
    case "push":
    case "confirm":
    case "settle":
      return step;
  }
}

/** The one queue that starting a run needs. */
export function createPrepareQueue(
  client: SQSClient,
  url: string,
): Pick<RunQueues, "prepare" | "preview"> {
  return {
    prepare: (group, runId, { attempt, delaySeconds } = { attempt: 0, delaySeconds: 0 }) =>
      send(client, url, group, { step: "prepare", runId, attempt }, delaySeconds),
    preview: (group, message) => send(client, url, group, { step: "preview", ...message }),
  };
}

/** The queue of what is asked of Klaviyo after a run was sent; all that stopping a run needs. */
export function createConfirmQueue(
  client: SQSClient,
  url: string,
): Pick<RunQueues, "confirm" | "subscribe"> {
  return {
    confirm: (group, message, delaySeconds) =>
      send(client, url, group, { step: "confirm", ...message }, delaySeconds),
    subscribe: (group, message, delaySeconds) =>
      send(client, url, group, { step: "subscribe", ...message }, delaySeconds),
  };
}

/** Batches that are sent at a time. */
const CONCURRENT_BATCHES = 10;

/** Where starts wait, each in its connection's group. */
export function createStartQueue(client: SQSClient, url: string): StartQueue {
  return {
    async start(requests) {
      const entries = requests.map((request): GroupedMessage => ({
        group: request.connectionId,
        message: { step: "start", ...request },
        delaySeconds: 0,
      }));
      await sendAll(client, url, entries);
    },
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
  entries: readonly GroupedMessage[],
): Promise<void> {
  const size = BATCH_SIZE * CONCURRENT_BATCHES;
  for (let start = 0; start < entries.length; start += size) {
    const some = entries.slice(start, start + size);
    await Promise.all(
      Array.from({ length: Math.ceil(some.length / BATCH_SIZE) }, (_, batch) =>
        sendBatch(client, url, some.slice(batch * BATCH_SIZE, (batch + 1) * BATCH_SIZE)),
      ),
    );
  }
}

interface GroupedMessage {
  readonly group: string;
  readonly message: Message;
  readonly delaySeconds: number;
}

async function sendBatch(
  client: SQSClient,
  url: string,
  entries: readonly GroupedMessage[],
): Promise<void> {
  const { Failed: failed = [] } = await awsCall("SendMessageBatch", () =>
    client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: entries.map(({ group, message, delaySeconds }, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
          MessageGroupId: group,
          DelaySeconds: Math.min(delaySeconds, MAX_DELAY_SECONDS),
        })),
      }),
    ),
  );
  const [first] = failed;
  if (first !== undefined) {
    throw new AwsFailure("SendMessageBatch", first.Code ?? "messages of the batch were not taken");
  }
}
