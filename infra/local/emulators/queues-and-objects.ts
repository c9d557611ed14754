import { fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { localRegion } from "../aws-identity";
import { deliver, type AwsAnswer, type Fate, type UnderstoodRequest } from "../front/aws-request";
import { accessKeyOf } from "../front/callers";
import type { AwsFront } from "../front/front";
import { understandS3 } from "../front/needs/s3";
import { understandSqs } from "../front/needs/sqs";
import { asServiceError, errorAnswer } from "../front/service-answer";
import type { RequestCounter } from "../request-statistics";
import type { FromParent, ToldRequest, ToParent } from "./queues-and-objects-protocol";
import { s3Action } from "./s3-action";

const requestSchema = z.object({
  target: z.string().optional(),
  method: z.string(),
  url: z.string(),
  host: z.string(),
  authorization: z.string().optional(),
  copySource: z.string().optional(),
  bytes: z.number(),
});
const messageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("listening"), url: z.string() }),
  requestSchema.extend({
    kind: z.literal("request"),
    id: z.number(),
    queue: z
      .object({ QueueUrl: z.string().optional(), QueueName: z.string().optional() })
      .optional(),
    deletion: z.string().optional(),
  }),
  z.object({ kind: z.literal("answer"), id: z.number(), status: z.number() }),
  requestSchema.extend({ kind: z.literal("answered") }),
]);
/** SQS and S3 on one endpoint. */
export interface QueuesAndObjects {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts SQS and S3 (fauxqs) in a process of their own. Objects are files below `directory`, so
 * that a large run does not have to fit in memory; queues are in memory. Each request waits there
 * until the front, which is here, has admitted it.
 *
 * @param messageDelayFactor messages with a delay wait for so much of it.
 * @throws when the process ends before it listens.
 */
export async function startQueuesAndObjects(
  directory: string,
  counter: RequestCounter,
  front: AwsFront,
  messageDelayFactor = 1,
): Promise<QueuesAndObjects> {
  mkdirSync(directory, { recursive: true });
  const child = fork(
    path.join(__dirname, "queues-and-objects-process.mts"),
    [directory, localRegion, String(messageDelayFactor)],
    { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  // A process that is no more waits for nothing.
  const tell = (message: FromParent): void => void child.send(message, () => undefined);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const watched = new Map<number, Watched>();

  const admit = async (asked: Asked): Promise<void> => {
    const { id } = asked;
    const service = serviceOf(asked);
    try {
      const admission = await front.admit(
        accessKeyOf(asked.authorization, asked.url),
        understand(asked),
      );
      if (admission.kind === "refused") throw admission.error;
      const { answered } = admission;
      if (answered !== undefined) watched.set(id, { service, answered });
      tell({ kind: "admitted", id, watched: answered !== undefined });
    } catch (error) {
      tell({ kind: "refused", id, answer: errorAnswer(service, asServiceError(error)) });
    }
  };

  const decideFate = async (id: number, status: number): Promise<void> => {
    const request = watched.get(id);
    watched.delete(id);
    const fate: Fate = (await request?.answered({ status })) ?? deliver;
    if (fate.kind !== "replace") {
      tell({ kind: fate.kind, id });
      return;
    }
    tell({ kind: "replace", id, answer: errorAnswer(request?.service ?? "s3", fate.error) });
  };

  const count = (counted: RequestCounter["count"], told: ToldRequest): void => {
    counted(serviceOf(told), actionOf(told), told.bytes);
  };

  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) =>
      reject(new Error(`The SQS and S3 process ended with ${String(code)} before it listened.`)),
    );
    child.on("message", (received) => {
      const message: ToParent = messageSchema.parse(received);
      switch (message.kind) {
        case "listening":
          return resolve(message.url);
        case "request":
          count(counter.count, message);
          void admit(message);
          return;
        case "answer":
          void decideFate(message.id, message.status);
          return;
        case "answered":
          return count(counter.answered, message);
      }
    });
  });
  return {
    url,
    close: async () => {
      if (child.connected) child.disconnect();
      else child.kill("SIGKILL");
      await exited;
    },
  };
}

type Asked = Extract<ToParent, { kind: "request" }>;

interface Watched {
  readonly service: "s3" | "sqs";
  readonly answered: (answer: AwsAnswer) => Promise<Fate>;
}

function serviceOf({ target }: ToldRequest): "s3" | "sqs" {
  return target === undefined ? "s3" : "sqs";
}

function actionOf({ target, method, url, copySource }: ToldRequest): string {
  return target === undefined
    ? s3Action(method, url, copySource !== undefined)
    : target.replace("AmazonSQS.", "");
}

function understand(asked: Asked): UnderstoodRequest {
  const { target, host, queue = {}, method, url, copySource, deletion } = asked;
  return target === undefined
    ? understandS3({ method, url, copySource, deletion })
    : understandSqs(actionOf(asked), queue, host);
}
