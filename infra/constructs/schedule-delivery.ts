import { Duration, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { ImpactAlarm } from "./monitoring/impact-alarm";
import { grant, type Permission } from "./functions/permission";

export interface ScheduleDeliveryProps {
  /** What the scheduler may do, besides keeping what it could not deliver. */
  readonly permission: Permission;
  readonly description: string;
  /** What users notice when an event could not be delivered, as a sentence. */
  readonly impact: string;
  /** What to do then, as a sentence. */
  readonly action: string;
  /** Only schedules of this group may use the role; any other could be given it (the confused deputy). */
  readonly scheduleGroupArn: string;
  readonly alarmTopicArn: string;
}

/** What EventBridge schedules deliver with: their role, and the queue of what could not be delivered. */
export class ScheduleDelivery extends Construct {
  readonly role: Role;
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, props: ScheduleDeliveryProps) {
    super(scope, id);
    this.undelivered = new Queue(this, "Undelivered", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.undelivered).acknowledge({
      id: "AwsSolutions-SQS3",
      reason:
        "It is the scheduler's dead-letter queue, which the rule does not look at; nothing consumes it.",
    });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: {
          StringEquals: {
            "aws:SourceArn": props.scheduleGroupArn,
            "aws:SourceAccount": Stack.of(this).account,
          },
        },
      }),
      description: props.description,
    });
    grant(this.role, props.permission);
    this.role.addToPolicy(
      new PolicyStatement({
        sid: "KeepUndelivered",
        actions: ["sqs:SendMessage"],
        resources: [this.undelivered.queueArn],
      }),
    );
    new ImpactAlarm(this, "NotDelivered", {
      metric: this.undelivered.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: "Maximum",
      }),
      threshold: 1,
      impact: props.impact,
      action: props.action,
      topicArn: props.alarmTopicArn,
    });
  }
}
