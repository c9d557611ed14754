import { Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { grant, type Permission } from "./functions/permission";

export interface ScheduleDeliveryProps {
  /** What the scheduler may do, besides keeping what it could not deliver. */
  readonly permission: Permission;
  readonly description: string;
  /** Where the scheduler keeps what it could not deliver. @default it is lost */
  readonly deadLetters?: Queue;
  /** Only schedules of this group may use the role; any other could be given it (the confused deputy). */
  readonly scheduleGroupArn: string;
}

/** What EventBridge schedules deliver with: their role. */
export class ScheduleDelivery extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ScheduleDeliveryProps) {
    super(scope, id);
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
    if (props.deadLetters !== undefined) {
      this.role.addToPolicy(
        new PolicyStatement({
          sid: "KeepUndelivered",
          actions: ["sqs:SendMessage"],
          resources: [props.deadLetters.queueArn],
        }),
      );
    }
  }
}
