import { Duration, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { StageName } from "../stage-config";
import { ImpactAlarm } from "./impact-alarm";
import type { ServiceFunction } from "./service-function";

export interface RunWatchProps {
  readonly stage: StageName;
  readonly watcher: ServiceFunction<"watchRuns">;
  readonly alarmTopicArn: string | undefined;
}

const IMPACT = "Runs that stopped moving are not ended, and their exports can't run again.";

/** Starts the watchdog every minute. */
export class RunWatch extends Construct {
  constructor(scope: Construct, id: string, props: RunWatchProps) {
    super(scope, id);
    const { lambda } = props.watcher;
    // A round that fails is not tried again: the next one sees the same runs a minute later.
    lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });

    const undelivered = new Queue(this, "Undelivered", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(undelivered).acknowledge({
      id: "AwsSolutions-SQS3",
      reason:
        "It is the scheduler's dead-letter queue, which the rule does not look at; nothing consumes it.",
    });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com"),
      description: `Lets the scheduler start the watchdog (${props.stage})`,
    });
    role.addToPolicy(
      new PolicyStatement({
        sid: "StartWatchdog",
        actions: ["lambda:InvokeFunction"],
        resources: [lambda.functionArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        sid: "KeepUndelivered",
        actions: ["sqs:SendMessage"],
        resources: [undelivered.queueArn],
      }),
    );
    // Written out because the library's target gives the role every version of the function (`:*`).
    const schedule = new CfnSchedule(this, "Schedule", {
      name: `segment-export-${props.stage}-watch-runs`,
      description: "Looks for runs that stopped moving",
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "OFF" },
      state: "ENABLED",
      target: {
        arn: lambda.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: undelivered.queueArn },
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
    schedule.node.addDependency(role);

    new ImpactAlarm(this, "Failing", {
      metric: lambda.metricErrors({ period: Duration.minutes(5), statistic: "Sum" }),
      threshold: 3,
      impact: IMPACT,
      action: "Read the log of watch-runs; it recovers by itself when the cause is gone.",
      topicArn: props.alarmTopicArn,
    });
    new ImpactAlarm(this, "NotStarted", {
      metric: undelivered.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: "Maximum",
      }),
      threshold: 1,
      impact: IMPACT,
      action:
        "Read the queue's messages: their attributes say why the scheduler could not start it; then purge the queue.",
      topicArn: props.alarmTopicArn,
    });
  }
}
