import { setTimeout as delay } from "node:timers/promises";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Invocation } from "../functions/function-pool";
import type { FunctionError } from "../functions/process-protocol";
import type { EventSourceMapping } from "./event-source-mapping";
import { sqsEvent, succeededMessages } from "./sqs-event";

export interface Poller {
  /** Ends polling. What the function is working on is left to it. */
  close(): Promise<void>;
}

export interface PollerOptions {
  readonly mapping: EventSourceMapping;
  readonly sqs: SQSClient;
  readonly invoke: (
    functionName: string,
    event: unknown,
    traceHeaders: readonly string[],
  ) => Promise<Invocation>;
  /** Told when the queue can't be read, or a message that is done can't be deleted. */
  readonly onProblem: (problem: unknown) => void;
}

// SQS's own limits: messages in a request, seconds of a long poll.
const largestReceive = 10;
const longPollSeconds = 20;

// Between two tries to have messages handled whose function Lambda throttles; AWS does not say how long.
const firstThrottledPause = 50;
const longestThrottledPause = 2_000;

/**
 * Hands a queue's messages to its function, as a Lambda event-source mapping does. One long poll
 * is open while the function has room: a message is picked up as soon as it is visible, and an
 * idle queue costs one request in 20 seconds.
 */
export function startSqsPoller({ mapping, sqs, invoke, onProblem }: PollerOptions): Poller {
  const closing = new AbortController();
  const isClosing = (): boolean => closing.signal.aborted;
  let active = 0;
  let wake = (): void => undefined;

  const receive = async (most: number, waitSeconds: number): Promise<Message[]> => {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: mapping.queueUrl,
        MaxNumberOfMessages: Math.min(most, largestReceive),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
      { abortSignal: closing.signal },
    );
    return Messages ?? [];
  };

  /** A batch: at once what is there, or with a batching window what comes in during it. */
  const collect = async (): Promise<Message[]> => {
    const batch = await receive(mapping.batchSize, longPollSeconds);
    const end = Date.now() + mapping.batchingWindowSeconds * 1000;
    while (batch.length > 0 && batch.length < mapping.batchSize && Date.now() < end) {
      const wait = Math.max(1, Math.floor((end - Date.now()) / 1000));
      batch.push(...(await receive(mapping.batchSize - batch.length, Math.min(wait, 20))));
    }
    return batch;
  };

  /**
   * While the function is throttled, tries again, less and less often, for as long as the queue keeps the messages
   * from others (operator guide, "Handling errors for an SQS event source": back-off).
   */
  const invokeFor = async (batch: readonly Message[], received: number): Promise<Invocation> => {
    const giveUpAt = received + mapping.visibilityTimeoutSeconds * 1000;
    for (let pause = firstThrottledPause; ; pause = Math.min(pause * 2, longestThrottledPause)) {
      const invocation = await invoke(
        mapping.functionName,
        sqsEvent(batch, mapping.queueArn),
        batch.flatMap(({ Attributes }) => Attributes?.AWSTraceHeader ?? []),
      );
      const isThrottled = invocation.kind === "refused" && invocation.reason === "throttled";
      if (!isThrottled || isClosing() || Date.now() + pause >= giveUpAt) return invocation;
      // Closing ends the pause, and then the next try is the last.
      await delay(pause, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };

  const handle = async (batch: readonly Message[]): Promise<void> => {
    const invocation = await invokeFor(batch, Date.now());
    // Whatever failed comes back when its visibility timeout ends, and so does what Lambda throttled until then:
    // that counts as a delivery, too.
    if (invocation.kind === "failed") return;
    if (invocation.kind === "refused") {
      if (invocation.reason === "recursion") await sendToDeadLetters(batch, invocation.error);
      return;
    }
    const done = mapping.reportsBatchItemFailures
      ? succeededMessages(batch, invocation.payload)
      : batch;
    for (let start = 0; start < done.length; start += largestReceive) {
      const Entries = done
        .slice(start, start + largestReceive)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: mapping.queueUrl, Entries }));
    }
  };

  /**
   * Lambda does not start the function for these messages again; the queue gives them up when they have come
   * often enough, which is not waited for here.
   */
  const sendToDeadLetters = async (
    batch: readonly Message[],
    { errorType, errorMessage }: FunctionError,
  ): Promise<void> => {
    onProblem(new Error(`${errorType}: ${errorMessage}`));
    for (const { ReceiptHandle } of batch) {
      const QueueUrl = mapping.queueUrl;
      await sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
    }
  };

  const poll = async (): Promise<void> => {
    while (!isClosing()) {
      if (active >= mapping.maximumConcurrency) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      try {
        const batch = await collect();
        if (batch.length === 0) continue;
        active += 1;
        void handle(batch)
          .catch((problem: unknown) => {
            if (!isClosing()) onProblem(problem);
          })
          .finally(() => {
            active -= 1;
            wake();
          });
      } catch (problem) {
        if (isClosing()) return;
        onProblem(problem);
        // The endpoint may be starting again; asking it without a pause would not help.
        await delay(1000, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };

  const polling = poll();
  return {
    close: async () => {
      closing.abort();
      wake();
      await polling;
    },
  };
}
