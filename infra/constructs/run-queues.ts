import type { Construct } from "constructs";
import type { QueueName } from "../../shared/config/function-definition";
import type { StageConfig } from "../stage-config";
import { definitionOf, workerOn } from "./functions/every-function";
import { WorkQueue } from "./work-queue";

const READ_LOG = "Find the message's run in the logs and correct the cause;";
const RUN_AGAIN = "then start the run again: what was not sent is tried again.";

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
      impact: "Exports that were due did not start; they run again at their next time.",
      action: `Find the message in the log of ${definitionOf(workerOn("start")).label} and correct the cause; then start the exports on demand (POST /runs).`,
      alarmTopicArn,
    }),
    prepare: new WorkQueue(scope, "PrepareQueue", {
      consumer: definitionOf(workerOn("prepare")),
      // A function prepares one run at a time: each may need all of its memory and disk.
      batchSize: 1,
      maxConcurrency: concurrency.prepare,
      impact:
        "A run could not be prepared and was ended as failed, with nothing of it sent; or a preview failed, and no run is affected.",
      action: `${READ_LOG} ${RUN_AGAIN} A preview is asked for anew.`,
      alarmTopicArn,
    }),
    push: new WorkQueue(scope, "PushQueue", {
      consumer: definitionOf(workerOn("push")),
      batchSize: 10,
      maxConcurrency: concurrency.push,
      impact:
        "Up to 10,000 profiles of a run were not sent to Klaviyo, and the run ends as failed.",
      action: `${READ_LOG} ${RUN_AGAIN}`,
      alarmTopicArn,
    }),
    confirm: new WorkQueue(scope, "ConfirmQueue", {
      consumer: definitionOf(workerOn("confirm")),
      batchSize: 1,
      maxConcurrency: concurrency.confirm,
      impact:
        "Profiles were sent, but whether Klaviyo imported them is not known, and they count as unsent; or members could not be subscribed to email marketing, as the run's warnings say.",
      action: `${READ_LOG} then start the run again: what was not sent, and who was not subscribed, is tried again.`,
      alarmTopicArn,
    }),
    settle: new WorkQueue(scope, "SettleQueue", {
      consumer: definitionOf(workerOn("settle")),
      batchSize: 1,
      maxConcurrency: concurrency.settle,
      impact:
        "A run was sent, but ended as failed without rejection report and snapshot: the next knows what it did for as long as its staged files are kept (15 days). Or only a settlement ahead of time failed, and the run ends as ever.",
      action:
        "Find the message's run in the logs (GET /runs/{id} says whether it failed) and correct the cause; then start the run again.",
      alarmTopicArn,
    }),
  };
}
