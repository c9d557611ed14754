import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { idsOf, readMessage, type Message } from "../../shared/domain/runs/messages";
import {
  afterFault,
  afterTrouble,
  type AwsTrouble,
  type Verdict,
} from "../../shared/domain/runs/patience";
import type { Clock, Log, RunStore } from "../../shared/ports";

/** A message as it was received. */
type Received = Pick<SQSRecord, "eventSourceARN" | "receiptHandle" | "attributes">;

/** What every function on a queue needs beside its use case's dependencies. */
export interface QueueFunction {
  readonly log: Log;
  readonly clock: Pick<Clock, "now">;
  readonly runs: Pick<RunStore, "noteTrouble">;
  /** What AWS did not do, if that is why handling a message failed; undefined for a fault of ours. */
  readonly troubleOf: (error: unknown) => AwsTrouble | undefined;
  /** Brings a message back after so many seconds instead of after its queue's visibility timeout. */
  readonly retryIn: (received: Received, seconds: number) => Promise<void>;
  /** Puts a message onto the queue that another came from. */
  readonly putBack: (received: Received, message: Message, delaySeconds: number) => Promise<void>;
  /** Hands a message to those that settle what no worker could handle. */
  readonly giveUp: (received: Received, message: Message) => Promise<void>;
}

/** What is to be done about one message, before the invocation ends. */
type Handle<Step extends Message["step"], Dependencies> = (
  dependencies: Dependencies,
  message: Extract<Message, { step: Step }>,
  deadline: Date,
) => Promise<void>;

type QueueConsumer = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** Longest pause before a message that can't even be put off is delivered again. */
const LONGEST_RETRY_SECONDS = 120;

/**
 * A function on a queue. The messages of one invocation are handled side by side. One that could not be handled is
 * put off by a new message, which says how it has fared: for hours if AWS is in trouble, a few times if the fault is
 * ours (`shared/domain/runs/patience.ts` decides); then it is handed to those that settle dead letters. SQS's receive
 * counts decide only where no function gets to see the message, or where SQS does not take the new one: then the
 * message itself comes back. What is handed to `handle` logs with the message's ids. A message that can't be read
 * comes back too, since while a version is deployed the workers of the next may read it.
 */
export function queueHandler<Step extends Message["step"], Dependencies extends QueueFunction>(
  steps: readonly Step[],
  dependencies: () => Dependencies,
  handle: Handle<Step, Dependencies>,
): QueueConsumer {
  return (event, context) => {
    const wired = dependencies();
    const deadline = new Date(Date.now() + context.getRemainingTimeInMillis());
    const handleRecord = async (record: SQSRecord): Promise<void> => {
      const receiveCount = Number(record.attributes.ApproximateReceiveCount);
      const log = wired.log.with({ requestId: context.awsRequestId, messageId: record.messageId });
      if (receiveCount > 1) {
        log.info("messageRedelivered", { receiveCount });
      }
      let message: Message | undefined;
      try {
        message = readMessage(record.body);
        if (message === undefined) {
          throw new TypeError("a message can't be read");
        }
        if (!isOf(message, steps)) {
          throw new TypeError(`a message of step ${message.step} is on the wrong queue`);
        }
        await handle({ ...wired, log: log.with(idsOf(message)) }, message, deadline);
      } catch (error) {
        log.error("messageFailed", { error, receiveCount });
        if (message !== undefined && (await putOff({ ...wired, log }, record, message, error))) {
          return;
        }
        const seconds = Math.min(2 ** receiveCount, LONGEST_RETRY_SECONDS);
        await wired.retryIn(record, seconds).catch((reason: unknown) => {
          // It comes back after its visibility timeout.
          log.warn("messageNotPutOff", { error: reason });
        });
        throw error;
      }
    };
    return processPartialResponse(event, handleRecord, new BatchProcessor(EventType.SQS), {
      context,
      throwOnFullBatchFailure: false,
    });
  };
}

/** Sends the message anew, or gives it up; false if SQS does not take it. */
async function putOff(
  dependencies: QueueFunction,
  received: Received,
  message: Message,
  error: unknown,
): Promise<boolean> {
  const { log, clock } = dependencies;
  const trouble = dependencies.troubleOf(error);
  const before = message.handling ?? { troubles: 0, faults: 0 };
  const verdict =
    trouble === undefined
      ? afterFault(message.step, before)
      : afterTrouble(message.step, before, trouble, clock.now());
  if (trouble !== undefined) {
    await noteTrouble(dependencies, message, verdict, trouble);
  }
  try {
    const next = { ...message, handling: verdict.handling };
    if (verdict.kind === "giveUp") {
      await dependencies.giveUp(received, next);
      log.error("messageGivenUp", { ...idsOf(message), ...verdict.handling });
    } else {
      await dependencies.putBack(received, next, verdict.delaySeconds);
      const { delaySeconds } = verdict;
      log.warn("messagePutOff", { ...idsOf(message), ...verdict.handling, delaySeconds });
    }
    return true;
  } catch (refusal) {
    log.warn("messageNotPutOff", { error: refusal });
    return false;
  }
}

/** Has the run show what it waits for; that this can't be written keeps nothing up. */
async function noteTrouble(
  { runs, clock, log }: QueueFunction,
  message: Message,
  { handling }: Verdict,
  { what }: AwsTrouble,
): Promise<void> {
  switch (message.step) {
    case "due":
    case "start":
    case "preview":
    case "rehearse":
    case "wake":
      return;
    case "prepare":
    case "push":
    case "confirm":
    case "subscribe":
    case "settle":
  }
  try {
    const now = clock.now();
    const since = new Date(handling.troubledSince ?? now).toISOString();
    await runs.noteTrouble(message.runId, { since, at: now.toISOString(), what });
  } catch (error) {
    log.warn("troubleNotNoted", { error });
  }
}

function isOf<Step extends Message["step"]>(
  message: Message,
  steps: readonly Step[],
): message is Extract<Message, { step: Step }> {
  return steps.some((step) => step === message.step);
}
