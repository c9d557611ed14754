import { Stack } from "aws-cdk-lib";
import type { Role } from "aws-cdk-lib/aws-iam";
import { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { StageName } from "../stage-config";
import { ScheduleDelivery } from "./schedule-delivery";

export interface TimetableProps {
  readonly stage: StageName;
  /** Where due times are told. */
  readonly queue: Queue;
  /** Where due times are kept that could not be told. */
  readonly deadLetters: Queue;
}

/**
 * What the schedules need that the API makes: their group, which goes with the stack and takes them along; and
 * the role that lets them send to one queue, and what could not be delivered to the dead letters.
 */
export class Timetable extends Construct {
  readonly groupName: string;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: TimetableProps) {
    super(scope, id);
    this.groupName = `segment-export-${props.stage}`;
    new CfnScheduleGroup(this, "Group", { name: this.groupName });
    const delivery = new ScheduleDelivery(this, "Delivery", {
      description: `Lets the scheduler tell which exports are due (${props.stage})`,
      permission: {
        sid: "TellDueTimes",
        actions: ["sqs:SendMessage"],
        resources: [props.queue.queueArn],
      },
      scheduleGroupArn: Stack.of(this).formatArn({
        service: "scheduler",
        resource: "schedule-group",
        resourceName: this.groupName,
      }),
      deadLetters: props.deadLetters,
    });
    this.role = delivery.role;
  }
}
