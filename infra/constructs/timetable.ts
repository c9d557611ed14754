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
  readonly alarmTopicArn: string;
}

/**
 * What the schedules need that the API makes: their group, which goes with the stack and takes them along;
 * the role that lets them send to one queue; and the queue of what could not be delivered.
 */
export class Timetable extends Construct {
  readonly groupName: string;
  readonly role: Role;
  readonly undelivered: Queue;

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
      impact: "Exports that were due did not start.",
      action:
        "Correct the cause that the queue's messages name, start the exports (POST /runs) and purge the queue.",
      alarmTopicArn: props.alarmTopicArn,
    });
    this.role = delivery.role;
    this.undelivered = delivery.undelivered;
  }
}
