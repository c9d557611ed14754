import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createHandler as confirming } from "../../functions/jobs/confirm-run/handler";
import { createHandler as preparing } from "../../functions/jobs/prepare-run/handler";
import { createHandler as pushing } from "../../functions/jobs/push-chunks/handler";
import { createHandler as settling } from "../../functions/jobs/settle-run/handler";
import { queueHandler } from "../../functions/middleware/queue-handler";
import { troubleOf } from "../../shared/adapters/aws/aws-trouble";
import type { Message } from "../../shared/domain/runs/messages";
import { settleDeadLetters } from "../../shared/use-cases/runs/watch/settle-dead-letters";
import { startQueuedRun } from "../../shared/use-cases/runs/start/start-queued-run";
import { fakeLimiter } from "../support/fakes/clock-and-ids";
import { accessTo } from "../support/fakes/klaviyo-access";
import type { SystemInProcess } from "../histories/system-in-process";
import type { Front } from "./front";

type Work = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** What came of giving a message to a worker. */
export interface Handled {
  readonly isDone: boolean;
  /** Seconds after which the worker had it come back. */
  readonly retryIn: number | undefined;
}

/** The functions on the queues, wired with the system's parts behind the front. */
export function createWorkers(
  system: SystemInProcess,
  front: Front,
  givenUp: (message: Message) => void,
) {
  const { safe, line, clock } = system;
  const limiter = fakeLimiter(clock);
  let retryIn: number | undefined;
  const behindFront = {
    ...safe,
    exports: front.of("dynamodb", safe.exports),
    runs: front.of("dynamodb", safe.runs),
    connections: front.of("dynamodb", safe.connections),
    listKeepers: front.of("dynamodb", safe.listKeepers),
    // What a worker remembers of itself can't fail.
    megabytesPerSecond: 45,
    limiter: {
      ...front.of("dynamodb", limiter),
      noteLateness: limiter.noteLateness,
      noteAnswerTime: limiter.noteAnswerTime,
    },
    data: front.of("s3", safe.data),
    secrets: front.of("secretsmanager", safe.secrets),
    queues: front.of("sqs", safe.queues),
    troubleOf,
    retryIn: (_received: unknown, seconds: number) =>
      front.call("sqs", "changeVisibility", async () => {
        retryIn = seconds;
      }),
    putBack: (_received: unknown, message: Message, delaySeconds: number) =>
      front.call("sqs", "putBack", async () => {
        line.put(message, delaySeconds);
      }),
    giveUp: (_received: unknown, message: Message) =>
      front.call("sqs", "giveUp", async () => {
        givenUp(message);
      }),
  };
  const parts = { ...behindFront, klaviyo: accessTo(safe.klaviyoApi, behindFront) };
  const start = queueHandler(
    ["start"],
    () => parts,
    (wired, message) => startQueuedRun(wired, message),
  );
  const workOf = (step: Message["step"]): Work => {
    switch (step) {
      case "start":
        return start;
      case "prepare":
        return preparing(() => parts);
      case "push":
      case "wake":
        return pushing(() => parts);
      case "confirm":
        return confirming(() => parts);
      case "settle":
      case "rehearse":
        return settling(() => parts);
      case "subscribe":
      case "preview":
      case "due":
        throw new Error("nobody sends these here");
    }
  };
  const deliver = async (work: Work, message: Message, receives: number): Promise<Handled> => {
    retryIn = undefined;
    const record = {
      messageId: "message-1",
      receiptHandle: "receipt-1",
      eventSourceARN: `arn:aws:sqs:eu-central-1:000000000000:${message.step}`,
      body: JSON.stringify(message),
      attributes: { ApproximateReceiveCount: String(receives) },
    };
    // The handlers count the time that is left from the real clock; the system's runs far behind it.
    const remaining = clock.now().getTime() - Date.now() + 900_000;
    const context = { awsRequestId: "request-1", getRemainingTimeInMillis: () => remaining };
    const { batchItemFailures: failed } = await work(
      { Records: [record] } as unknown as SQSEvent,
      context as unknown as Context,
    );
    return { isDone: failed.length === 0 && !front.hasDied(), retryIn };
  };
  return {
    async work(message: Message, receives: number, step: string): Promise<Handled> {
      front.enter(step);
      return deliver(workOf(message.step), message, receives);
    },
    async settleDeadLetter(message: Message, receives: number): Promise<Handled> {
      front.enter("deadLetters");
      const letter = {
        ...{ messageId: "message-1", receipt: "receipt-1", receiveCount: receives },
        body: JSON.stringify(message),
      };
      const unseen = [letter];
      let isDone = false;
      const letters = {
        receive: async () => unseen.splice(0),
        remove: async () => {
          isDone = !front.hasDied();
        },
      };
      const watch = { ...parts, announcer: { mail: async () => undefined }, stage: "local" };
      await settleDeadLetters({ ...watch, deadLetters: letters }).catch(() => undefined);
      return { isDone, retryIn: undefined };
    },
  };
}
