import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { timeoutSeconds, type FunctionDefinition } from "../../shared/config/function-definition";
import type { ServiceFunction } from "./functions/service-function";

export interface WorkQueueProps {
  /** The function that handles the messages. */
  readonly consumer: FunctionDefinition;
  /** Messages given to the consumer at once, 1 to 10. */
  readonly batchSize: number;
  /** Most consumers at a time, 2 to 1,000. */
  readonly maxConcurrency: number;
  /** Where messages go that it could not handle. */
  readonly deadLetters: Queue;
}

/** For how long Lambda may throttle each delivery of a message, until it becomes a dead letter. */
const PATIENCE = Duration.hours(3);

/**
 * When a message comes back whose function crashed or timed out: soon after the function's time is up, since
 * a run waits for it. AWS advises six times the timeout, for messages that wait while Lambda refuses to start
 * more functions; here the number of deliveries sees to that.
 */
function visibilityTimeout(consumer: FunctionDefinition): Duration {
  return Duration.seconds(timeoutSeconds(consumer) + 30);
}

/**
 * Deliveries before a message becomes a dead letter. One that Lambda throttles has been delivered, too, though
 * no function saw it, and comes back after the visibility timeout: an account whose concurrency is used up by
 * others for hours costs no message. Neither does one count that a function saw and put off by a new message: for a
 * rate limit, for AWS's trouble, or for a fault, which the function counts itself (`shared/domain/runs/patience.ts`).
 */
function deliveries(consumer: FunctionDefinition): number {
  return Math.ceil(PATIENCE.toSeconds() / visibilityTimeout(consumer).toSeconds());
}

/** A queue with all that belongs to it: where its dead letters go, and the event source of its consumer. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly #props: WorkQueueProps;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.#props = props;
    this.deadLetters = props.deadLetters;
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: visibilityTimeout(props.consumer),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: props.deadLetters, maxReceiveCount: deliveries(props.consumer) },
    });
  }

  /** Lets the consumer work on the queue. */
  connect(consumer: ServiceFunction): void {
    consumer.lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: this.#props.batchSize,
        maxConcurrency: this.#props.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
  }
}
