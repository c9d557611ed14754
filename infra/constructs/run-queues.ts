import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { QueueName } from "../../shared/config/function-definition";
import type { StageConfig } from "../stage-config";
import { definitionOf, workerOn } from "./functions/every-function";
import { WorkQueue } from "./work-queue";

/** The queues between the steps of a run. */
export function runQueues(
  scope: Construct,
  { concurrency }: StageConfig,
  deadLetters: Queue,
): Record<QueueName, WorkQueue> {
  return {
    start: new WorkQueue(scope, "StartQueue", {
      consumer: definitionOf(workerOn("start")),
      // Each start is a few short calls; those of one batch are made side by side.
      batchSize: 10,
      maxConcurrency: concurrency.start,
      deadLetters,
    }),
    prepare: new WorkQueue(scope, "PrepareQueue", {
      consumer: definitionOf(workerOn("prepare")),
      // A function prepares one run at a time: each may need all of its memory and disk.
      batchSize: 1,
      maxConcurrency: concurrency.prepare,
      deadLetters,
    }),
    push: new WorkQueue(scope, "PushQueue", {
      consumer: definitionOf(workerOn("push")),
      batchSize: 10,
      maxConcurrency: concurrency.push,
      deadLetters,
    }),
    confirm: new WorkQueue(scope, "ConfirmQueue", {
      consumer: definitionOf(workerOn("confirm")),
      batchSize: 1,
      maxConcurrency: concurrency.confirm,
      deadLetters,
    }),
    settle: new WorkQueue(scope, "SettleQueue", {
      consumer: definitionOf(workerOn("settle")),
      batchSize: 1,
      maxConcurrency: concurrency.settle,
      deadLetters,
    }),
  };
}
