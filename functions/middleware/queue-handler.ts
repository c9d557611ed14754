import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { messageSchema, type Message } from "../../shared/domain/messages";
import type { Log } from "../../shared/ports";

/** What every function on a queue needs beside its use case's dependencies. */
export interface QueueFunction {
  readonly log: Log;
  /** Brings a message back after so many seconds instead of after its queue's visibility timeout. */
  readonly retryIn: (
    record: Pick<SQSRecord, "eventSourceARN" | "receiptHandle">,
    seconds: number,
  ) => Promise<void>;
}

/** Longest pause before a message that could not be handled is delivered again. */
const LONGEST_RETRY_SECONDS = 120;

/**
 * A function on a queue. The messages of one invocation are handled side by side; those that were handled
 * are done, the others come back, each the later the more often it has come, until the queue gives them
 * up as dead letters. What is handed to `handle` logs with the message's ids. A message that can't be read comes
 * back too, since while a version is deployed the workers of the next may read it; `drop` takes it off the queue,
 * where nobody else would: a run that it was about is found by the watch.
 */
export function queueHandler<Step extends Message["step"], Dependencies extends QueueFunction>(
  steps: readonly Step[],
  dependencies: () => Dependencies,
  handle: (
    dependencies: Dependencies,
    message: Extract<Message, { step: Step }>,
    deadline: Date,
  ) => Promise<void>,
  { unreadable = "comeBack" }: { readonly unreadable?: "comeBack" | "drop" } = {},
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  return (event, context) => {
    const wired = dependencies();
    const deadline = new Date(Date.now() + context.getRemainingTimeInMillis());
    const handleRecord = async (record: SQSRecord): Promise<void> => {
      const receiveCount = Number(record.attributes.ApproximateReceiveCount);
      const log = wired.log.with({ requestId: context.awsRequestId, messageId: record.messageId });
      if (receiveCount > 1) {
        log.info("messageRedelivered", { receiveCount });
      }
      try {
        const message = readMessage(record.body);
        if (message === undefined && unreadable === "drop") {
          log.error("messageUnreadable", namesIn(record.body));
          return;
        }
        if (message === undefined) {
          throw new TypeError("a message can't be read");
        }
        if (!isOf(message, steps)) {
          throw new TypeError(`a message of step ${message.step} is on the wrong queue`);
        }
        await handle({ ...wired, log: log.with(idsOf(message)) }, message, deadline);
      } catch (error) {
        log.error("messageFailed", { error, receiveCount });
        await wired.retryIn(record, Math.min(2 ** receiveCount, LONGEST_RETRY_SECONDS));
        throw error;
      }
    };
    return processPartialResponse(event, handleRecord, new BatchProcessor(EventType.SQS), {
      context,
      throwOnFullBatchFailure: false,
    });
  };
}

function readMessage(body: string): Message | undefined {
  return messageSchema.safeParse(readJson(body)).data;
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const namesSchema = z.object({
  step: z.string().max(100).optional(),
  runId: z.string().max(200).optional(),
  exportId: z.string().max(200).optional(),
});

/** What can be told of a message that can't be read: ids alone, whatever else is in it. */
function namesIn(body: string): Record<string, unknown> {
  return { ...namesSchema.safeParse(readJson(body)).data };
}

function isOf<Step extends Message["step"]>(
  message: Message,
  steps: readonly Step[],
): message is Extract<Message, { step: Step }> {
  return steps.some((step) => step === message.step);
}

function idsOf(message: Message): Record<string, string | number> {
  switch (message.step) {
    case "due":
      return { scheduledFor: message.scheduledFor };
    case "preview":
      return { exportId: message.exportId, previewId: message.previewId };
    case "push":
      return { runId: message.runId, chunk: message.chunk };
    case "start":
    case "prepare":
    case "confirm":
    case "subscribe":
    case "settle":
    case "rehearse":
      return { runId: message.runId };
  }
}
