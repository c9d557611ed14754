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

/** Starts the watchdog every minute. */
export class RunWatch extends Construct {
  constructor(scope: Construct, id: string, props: RunWatchProps) {
    super(scope, id);
    const { lambda, label } = props.watcher;
    // A round that fails is not tried again: the next one sees the same runs a minute later.
    lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });

    const { role } = new ScheduleDelivery(this, "Delivery", {
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
    });
    // Written out because the library's target gives the role every version of the function (`:*`).
    const schedule = new CfnSchedule(this, "Schedule", {
      name: `segment-export-${props.stage}-${label}`,
      description:
        "Looks for runs that stopped moving or ended, refreshed segments, and dead letters",
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "OFF" },
      state: "ENABLED",
      target: {
        arn: lambda.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
    schedule.node.addDependency(role);

    // A function that is invoked measures its errors, none too: no measurements, no watch.
    new ImpactAlarm(this, "Failing", {
      metric: lambda.metricErrors({ period: Duration.minutes(5), statistic: "Sum" }),
      threshold: 3,
      periods: 2,
      ringsOnSilence: true,
      impact:
        "Runs that stopped moving or failed are not ended and not told, and exports that follow refreshes don't start.",
      action: `Read the log of ${label} and correct the cause; what waits is done then.`,
      topicArn: props.alarmTopicArn,
    });
  }
}
