import { Duration, Stack } from "aws-cdk-lib";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { StageName } from "../../stage-config";
import { ImpactAlarm } from "./impact-alarm";
import { ScheduleDelivery } from "../schedule-delivery";
import type { ServiceFunction } from "../functions/service-function";

export interface RunWatchProps {
  readonly stage: StageName;
  readonly watcher: ServiceFunction;
  readonly alarmTopicArn: string;
}

const IMPACT =
  "Runs that stopped moving are not ended, and their exports can't run; exports that follow refreshes don't start.";

/** Starts the watchdog every minute. */
export class RunWatch extends Construct {
  constructor(scope: Construct, id: string, props: RunWatchProps) {
    super(scope, id);
    const { lambda, label } = props.watcher;
    // A round that fails is not tried again: the next one sees the same runs a minute later.
    lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });

    const { role, undelivered } = new ScheduleDelivery(this, "Delivery", {
      description: `Lets the scheduler start the watchdog (${props.stage})`,
      permission: {
        sid: "StartWatchdog",
        actions: ["lambda:InvokeFunction"],
        resources: [lambda.functionArn],
      },
      scheduleGroupArn: Stack.of(this).formatArn({
        service: "scheduler",
        resource: "schedule-group",
        resourceName: "default",
      }),
      impact: IMPACT,
      action: "Correct the cause that the queue's messages name, and purge the queue.",
      alarmTopicArn: props.alarmTopicArn,
    });
    // Written out because the library's target gives the role every version of the function (`:*`).
    const schedule = new CfnSchedule(this, "Schedule", {
      name: `segment-export-${props.stage}-${label}`,
      description:
        "Looks for runs that stopped moving or ended, and for segments that were refreshed",
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
      action: `Read the log of ${label} and correct the cause.`,
      topicArn: props.alarmTopicArn,
    });
  }
}
