import { fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { localRegion } from "../aws-identity";
import type { RequestCounter } from "../request-statistics";
import { s3Action } from "./s3-action";

const messageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("listening"), url: z.string() }),
  z.object({
    kind: z.literal("request"),
    target: z.string().optional(),
    method: z.string(),
    url: z.string(),
    copySource: z.boolean(),
    bytes: z.number(),
  }),
  z.object({
    kind: z.literal("answered"),
    target: z.string().optional(),
    method: z.string(),
    url: z.string(),
    copySource: z.boolean(),
    bytes: z.number(),
  }),
]);

/** SQS and S3 on one endpoint. */
export interface QueuesAndObjects {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts SQS and S3 (fauxqs) in a process of their own. Objects are files below `directory`, so
 * that a large run does not have to fit in memory; queues are in memory.
 *
 * @param messageDelayFactor messages with a delay wait for so much of it.
 * @throws when the process ends before it listens.
 */
export async function startQueuesAndObjects(
  directory: string,
  counter: RequestCounter,
  messageDelayFactor = 1,
): Promise<QueuesAndObjects> {
  mkdirSync(directory, { recursive: true });
  const child = fork(
    path.join(__dirname, "queues-and-objects-process.mts"),
    [directory, localRegion, String(messageDelayFactor)],
    { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) =>
      reject(new Error(`The SQS and S3 process ended with ${String(code)} before it listened.`)),
    );
    child.on("message", (received) => {
      const message = messageSchema.parse(received);
      if (message.kind === "listening") return resolve(message.url);
      const count = message.kind === "request" ? counter.count : counter.answered;
      if (message.target === undefined) {
        count("s3", s3Action(message.method, message.url, message.copySource), message.bytes);
      } else {
        count("sqs", message.target.replace("AmazonSQS.", ""), message.bytes);
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
