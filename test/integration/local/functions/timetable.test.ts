import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  CreateScheduleGroupCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import fc from "fast-check";
import { createFront } from "../../../../infra/local/front/front";
import { startScheduler } from "../../../../infra/local/emulators/scheduler/endpoint";
import {
  createSchedules,
  type Schedules,
} from "../../../../infra/local/emulators/scheduler/schedules";
import type { LoopbackServer } from "../../../../infra/local/loopback-server";
import { clientConfiguration } from "../../../../infra/local/provisioning/aws-clients";
import { createRequestCounter } from "../../../../infra/local/request-statistics";
import { createTimetable } from "../../../../shared/adapters/aws/timetable";
import { createCalendar } from "../../../../shared/adapters/croner-calendar";
import { dueMessageSchema } from "../../../../shared/domain/runs/messages";
import { slotsOf, weekdays, type Recurrence } from "../../../../shared/domain/schedules/recurrence";
import type { Timetable } from "../../../../shared/ports";
import { manualClock, type ManualClock } from "../manual-clock";

const target = {
  groupName: "segment-export-test",
  queueArn: "arn:aws:sqs:us-east-1:000000000000:start",
  roleArn: "arn:aws:iam::000000000000:role/scheduler",
  deadLetterArn: "arn:aws:sqs:us-east-1:000000000000:undelivered",
};
const start = Date.parse("2026-01-01T00:00:00Z");
const end = Date.parse("2027-01-01T00:00:00Z");

let clock: ManualClock;
let schedules: Schedules;
let server: LoopbackServer;
let client: SchedulerClient;
let timetable: Timetable;
let told: { at: string; message: unknown }[];

beforeEach(async () => {
  clock = manualClock(start);
  told = [];
  schedules = createSchedules(clock, async (_target, input) => {
    told.push({ at: new Date(clock.now()).toISOString(), message: JSON.parse(input) });
  });
  server = await startScheduler(schedules, createRequestCounter(), createFront());
  client = new SchedulerClient(clientConfiguration(server.url));
  await client.send(new CreateScheduleGroupCommand({ Name: target.groupName }));
  timetable = createTimetable(client, target);
});
afterEach(async () => {
  schedules.close();
  client.destroy();
  await server.close();
});

const there = async () =>
  ((await client.send(new ListSchedulesCommand({}))).Schedules ?? []).map(({ Name }) => Name);

const recurrence: Recurrence = {
  frequency: "weekly",
  days: ["sunday", "monday"],
  times: ["06:05"],
  timeZone: "Europe/Berlin",
};
const [slot = { time: "", days: [], timeZone: "" }] = slotsOf(recurrence);

test("a slot becomes a schedule that is retried, and whose losses are kept", async () => {
  await timetable.ensure(slot);

  const made = await client.send(
    new GetScheduleCommand({ GroupName: target.groupName, Name: "17-0605-Europe.Berlin" }),
  );
  expect(made).toMatchObject({
    ScheduleExpression: "cron(5 6 ? * MON,SUN *)",
    ScheduleExpressionTimezone: "Europe/Berlin",
    State: "ENABLED",
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: {
      Arn: target.queueArn,
      RoleArn: target.roleArn,
      DeadLetterConfig: { Arn: target.deadLetterArn },
      RetryPolicy: { MaximumEventAgeInSeconds: 14_400, MaximumRetryAttempts: 185 },
    },
  });
});

test("asking for a slot again puts right what was changed by hand", async () => {
  await timetable.ensure(slot);
  const { ScheduleExpression, FlexibleTimeWindow, Target } = await client.send(
    new GetScheduleCommand({ GroupName: target.groupName, Name: "17-0605-Europe.Berlin" }),
  );
  await client.send(
    new UpdateScheduleCommand({
      ...{ GroupName: target.groupName, Name: "17-0605-Europe.Berlin" },
      ...{ ScheduleExpression, FlexibleTimeWindow, Target, State: "DISABLED" },
    }),
  );

  await timetable.ensure(slot);

  const again = await client.send(
    new GetScheduleCommand({ GroupName: target.groupName, Name: "17-0605-Europe.Berlin" }),
  );
  expect([again.State, again.ScheduleExpressionTimezone]).toEqual(["ENABLED", "Europe/Berlin"]);
});

test("a slot that is not there can be removed", async () => {
  await timetable.remove(slot);
  await timetable.ensure(slot);
  await timetable.remove(slot);

  expect(await there()).toEqual([]);
});

test("the next runs that are shown are those at which the scheduler tells, over a year", async () => {
  const calendar = createCalendar();
  const time = fc.constantFrom("00:00", "01:30", "02:15", "02:30", "03:00", "14:45");
  const timeZone = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
  const days = fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(time, days, timeZone, async (at, on, zone) => {
      const shown: Recurrence = { frequency: "weekly", days: on, times: [at], timeZone: zone };
      clock = manualClock(start);
      told = [];
      const own = createSchedules(clock, async (_target, input) => {
        told.push({ at: new Date(clock.now()).toISOString(), message: JSON.parse(input) });
      });
      own.createGroup(target.groupName);
      const endpoint = await startScheduler(own, createRequestCounter(), createFront());
      const ownClient = new SchedulerClient(clientConfiguration(endpoint.url));
      try {
        for (const each of slotsOf(shown)) {
          await createTimetable(ownClient, target).ensure(each);
        }
        clock.moveTo(end);
      } finally {
        own.close();
        ownClient.destroy();
        await endpoint.close();
      }

      const expected = calendar
        .nextInstants(shown, new Date(start), 400)
        .filter((instant) => instant.getTime() <= end);
      expect(told.map((message) => message.at)).toEqual(
        expected.map((instant) => instant.toISOString()),
      );
      expect(
        told.map(({ message }) => new Date(dueMessageSchema.parse(message).scheduledFor)),
      ).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});
