import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  UpdateScheduleCommand,
  type CreateScheduleCommandInput,
  type SchedulerClient,
} from "@aws-sdk/client-scheduler";
import type { DueMessage } from "../../domain/runs/messages";
import { slotName, type Slot, type Weekday } from "../../domain/schedules/recurrence";
import type { Timetable } from "../../ports";
import { awsCall } from "./aws-failure";

export interface TimetableTarget {
  /** The schedule group that holds the slots' schedules and no others. */
  readonly groupName: string;
  /** Where a due slot is told. */
  readonly queueArn: string;
  /** What the scheduler may do. */
  readonly roleArn: string;
  /** Where events go that could not be delivered. */
  readonly deadLetterArn: string;
}

/**
 * How long the scheduler tries to deliver an event. A refresh that comes a few hours late is better than
 * none; by then the outage is for people to look at, whom the dead-letter queue's alarm calls.
 */
const LONGEST_DELIVERY_SECONDS = 4 * 3_600;
/** The scheduler's own most; it waits longer and longer in between. */
const MOST_RETRIES = 185;

const cronDays: Record<Weekday, string> = {
  monday: "MON",
  tuesday: "TUE",
  wednesday: "WED",
  thursday: "THU",
  friday: "FRI",
  saturday: "SAT",
  sunday: "SUN",
};

/**
 * One EventBridge schedule for each slot, named after it. Its event is the slot itself with the instant that
 * it is due at, sent straight to the start queue: no function runs before there is something to start.
 */
export function createTimetable(client: SchedulerClient, target: TimetableTarget): Timetable {
  return {
    async ensure(slot) {
      const schedule = scheduleOf(slot, target);
      await awsCall("CreateSchedule", async () => {
        try {
          await client.send(new CreateScheduleCommand(schedule));
        } catch (error) {
          if (!(error instanceof ConflictException)) {
            throw error;
          }
          // It may have been made by an earlier version of the system, or disabled by hand.
          await client.send(new UpdateScheduleCommand(schedule));
        }
      });
    },

    async remove(slot) {
      await awsCall("DeleteSchedule", async () => {
        try {
          await client.send(
            new DeleteScheduleCommand({ GroupName: target.groupName, Name: slotName(slot) }),
          );
        } catch (error) {
          if (!(error instanceof ResourceNotFoundException)) {
            throw error;
          }
        }
      });
    },
  };
}

function scheduleOf(
  slot: Slot,
  { groupName, queueArn, roleArn, deadLetterArn }: TimetableTarget,
): CreateScheduleCommandInput {
  const [hour, minute] = slot.time.split(":").map(Number);
  const event: DueMessage = { step: "due", slot, scheduledFor: "<aws.scheduler.scheduled-time>" };
  return {
    GroupName: groupName,
    Name: slotName(slot),
    Description: `Starts the exports that are due at ${slot.time} (${slot.timeZone})`,
    ScheduleExpression: `cron(${minute} ${hour} ? * ${slot.days.map((day) => cronDays[day]).join(",")} *)`,
    ScheduleExpressionTimezone: slot.timeZone,
    FlexibleTimeWindow: { Mode: "OFF" },
    State: "ENABLED",
    Target: {
      Arn: queueArn,
      RoleArn: roleArn,
      Input: JSON.stringify(event),
      DeadLetterConfig: { Arn: deadLetterArn },
      RetryPolicy: {
        MaximumEventAgeInSeconds: LONGEST_DELIVERY_SECONDS,
        MaximumRetryAttempts: MOST_RETRIES,
      },
    },
  };
}
