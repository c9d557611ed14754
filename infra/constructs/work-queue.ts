import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { timeoutSeconds, type FunctionDefinition } from "../../shared/config/function-definition";
import { LEAST_CONCURRENCY } from "../aws-account";
import { definitionOf, workerOn } from "./functions/every-function";
import { ImpactAlarm } from "./monitoring/impact-alarm";
import type { ServiceFunction } from "./functions/service-function";

export interface WorkQueueProps {
  /** The function that handles the messages. */
  readonly consumer: FunctionDefinition;
  /** Messages given to the consumer at once, 1 to 10. */
  readonly batchSize: number;
  /** Most consumers at a time, 2 to 1,000. */
  readonly maxConcurrency: number;
  /** What users notice when a message became a dead letter, as a sentence. */
  readonly impact: string;
  /** What to do then, as a sentence. */
  readonly action: string;
  readonly alarmTopicArn: string;
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

/**
 * A queue with all that belongs to it: dead-letter queue, the event source of its consumer and of the
 * function that settles dead letters, and the alarms.
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly #props: WorkQueueProps;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.#props = props;
    const settling = definitionOf(workerOn("deadLetters"));
    this.deadLetterQueue = new Queue(this, "DeadLetters", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: visibilityTimeout(settling),
      // SQS counts from when the message was first sent: never shorter than the queue's own.
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: visibilityTimeout(props.consumer),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: deliveries(props.consumer) },
    });

    // SQS does not count redriven messages as sent, but counts their delivery to the settling function.
    new ImpactAlarm(this, "GaveUp", {
      metric: this.deadLetterQueue.metricNumberOfMessagesReceived({
        period: Duration.minutes(5),
        statistic: "Sum",
      }),
      threshold: 1,
      impact: props.impact,
      action: props.action,
      topicArn: props.alarmTopicArn,
    });
    new ImpactAlarm(this, "Unsettled", {
      metric: this.deadLetterQueue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(5),
        statistic: "Maximum",
      }),
      threshold: Duration.minutes(30).toSeconds(),
      impact: "Runs whose messages failed stay open, and their exports can't run.",
      action: `Read the log of ${settling.label} and correct the cause; the messages wait.`,
      topicArn: props.alarmTopicArn,
    });
  }

  /** Lets the consumer work on the queue, and the other function on its dead letters. */
  connect(consumer: ServiceFunction, deadLetters: ServiceFunction): void {
    consumer.lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: this.#props.batchSize,
        maxConcurrency: this.#props.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    deadLetters.lambda.addEventSource(
      new SqsEventSource(this.deadLetterQueue, {
        batchSize: 10,
        maxConcurrency: LEAST_CONCURRENCY,
        reportBatchItemFailures: true,
      }),
    );
  }
}
