import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { timeoutSeconds } from "../../shared/config/function-definition";
import { definitionOf, workerOn } from "./functions/every-function";

/** What makes a message come back only after who looked at it has surely ended. */
const MARGIN_SECONDS = 30;

/**
 * Where messages go that no worker could handle, of all queues, and due times that the scheduler could not deliver: one
 * queue, into which the watch looks every minute. An event source would ask it four times as often, for each queue, and
 * cost more than all that an idle system does.
 */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const settling = definitionOf(workerOn("everyMinute"));
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(timeoutSeconds(settling) + MARGIN_SECONDS),
      // SQS counts from when the message was first sent: never shorter than the other queues' own.
      retentionPeriod: Duration.days(14),
    });
  }
}
