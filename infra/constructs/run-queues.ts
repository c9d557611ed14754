import type { Construct } from "constructs";
import type { QueueName } from "../../shared/config/function-definition";
import type { StageConfig } from "../stage-config";
import { definitionOf, workerOn } from "./functions/every-function";
import { WorkQueue } from "./work-queue";

const RUN_AGAIN = "Find the run in the logs, correct the cause and start the run again.";

/** The queues between the steps of a run. */
export function runQueues(
  scope: Construct,
  { concurrency }: StageConfig,
  alarmTopicArn: string,
): Record<QueueName, WorkQueue> {
  return {
    start: new WorkQueue(scope, "StartQueue", {
      consumer: definitionOf(workerOn("start")),
      // Each start is a few short calls; those of one batch are made side by side.
      batchSize: 10,
      maxConcurrency: concurrency.start,
      impact: "Exports that were due did not start.",
      action: `Find the cause in the log of ${definitionOf(workerOn("start")).label}, correct it and start the exports (POST /runs).`,
      alarmTopicArn,
    }),
    prepare: new WorkQueue(scope, "PrepareQueue", {
      consumer: definitionOf(workerOn("prepare")),
      // A function prepares one run at a time: each may need all of its memory and disk.
      batchSize: 1,
      maxConcurrency: concurrency.prepare,
      impact: "A run or a preview failed before anything was sent.",
      action: "Find it in the logs, correct the cause and start it again.",
      alarmTopicArn,
    }),
    push: new WorkQueue(scope, "PushQueue", {
      consumer: definitionOf(workerOn("push")),
      batchSize: 10,
      maxConcurrency: concurrency.push,
      impact: "A run failed with up to 10,000 profiles not sent.",
      action: RUN_AGAIN,
      alarmTopicArn,
    }),
    confirm: new WorkQueue(scope, "ConfirmQueue", {
      consumer: definitionOf(workerOn("confirm")),
      batchSize: 1,
      maxConcurrency: concurrency.confirm,
      impact: "Some imports are not confirmed, or some members were not subscribed.",
      action: RUN_AGAIN,
      alarmTopicArn,
    }),
    settle: new WorkQueue(scope, "SettleQueue", {
      consumer: definitionOf(workerOn("settle")),
      batchSize: 1,
      maxConcurrency: concurrency.settle,
      impact: "A run was sent, but may have failed without its report and snapshot.",
      action:
        "Find the run in the logs, correct the cause, and start it again if it failed (GET /runs/{id}).",
      alarmTopicArn,
    }),
  };
}
