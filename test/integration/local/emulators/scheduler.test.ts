import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
  type CreateScheduleCommandInput,
} from "@aws-sdk/client-scheduler";
import { createFront } from "../../../../infra/local/front/front";
import { startScheduler } from "../../../../infra/local/emulators/scheduler/endpoint";
import {
  createSchedules,
  type Schedules,
} from "../../../../infra/local/emulators/scheduler/schedules";
import type { LoopbackServer } from "../../../../infra/local/loopback-server";
import { clientConfiguration } from "../../../../infra/local/provisioning/aws-clients";
import { createRequestCounter } from "../../../../infra/local/request-statistics";
import { manualClock, type ManualClock } from "../manual-clock";

let clock: ManualClock;
let schedules: Schedules;
let server: LoopbackServer;
let client: SchedulerClient;
/** When each delivery was made, and its input. */
let deliveries: { readonly at: string; readonly input: string }[];

const utc = (time: number): string => new Date(time).toISOString().slice(0, 19);

beforeEach(async () => {
  deliveries = [];
  clock = manualClock(Date.parse("2026-03-27T12:00:00Z"));
  schedules = createSchedules(clock, async (_target, input) => {
    deliveries.push({ at: utc(clock.now()), input });
  });
  server = await startScheduler(schedules, createRequestCounter(), createFront());
  client = new SchedulerClient(clientConfiguration(server.url));
});

afterEach(async () => {
  schedules.close();
  client.destroy();
  await server.close();
});

function schedule(
  expression: string,
  overrides: Partial<CreateScheduleCommandInput> = {},
): CreateScheduleCommandInput {
  return {
    Name: "refresh",
    ScheduleExpression: expression,
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: {
      Arn: "arn:aws:lambda:us-east-1:000000000000:function:start-runs",
      RoleArn: "arn:aws:iam::000000000000:role/scheduler",
      Input: '{"run":"all"}',
    },
    ...overrides,
  };
}

const create = (...parameters: Parameters<typeof schedule>) =>
  client.send(new CreateScheduleCommand(schedule(...parameters)));

/** When the schedule is delivered until a time. */
async function deliveredUntil(
  end: string,
  ...parameters: Parameters<typeof schedule>
): Promise<string[]> {
  await create(...parameters);
  clock.moveTo(Date.parse(`${end}Z`));
  return deliveries.map(({ at }) => at);
}

describe("when a schedule is due", () => {
  test("at: once, by the clock of its time zone", async () => {
    expect(
      await deliveredUntil("2027-01-01T00:00:00", "at(2026-07-01T09:30:00)", {
        ScheduleExpressionTimezone: "Europe/Berlin",
      }),
    ).toEqual(["2026-07-01T07:30:00"]);
  });

  test("rate: at once and then at intervals", async () => {
    expect(await deliveredUntil("2026-03-27T13:29:59", "rate(30 minutes)")).toEqual([
      "2026-03-27T12:00:00",
      "2026-03-27T12:30:00",
      "2026-03-27T13:00:00",
    ]);
  });

  test("rate: from its start date until its end date", async () => {
    expect(
      await deliveredUntil("2026-04-20T00:00:00", "rate(2 days)", {
        StartDate: new Date("2026-04-01T06:00:00Z"),
        EndDate: new Date("2026-04-05T06:00:00Z"),
      }),
    ).toEqual(["2026-04-01T06:00:00", "2026-04-03T06:00:00", "2026-04-05T06:00:00"]);
  });

  test("cron: weekdays are counted from Sunday as 1", async () => {
    expect(await deliveredUntil("2026-04-06T00:00:00", "cron(0 8 ? * 2-6 *)")).toEqual([
      "2026-03-30T08:00:00",
      "2026-03-31T08:00:00",
      "2026-04-01T08:00:00",
      "2026-04-02T08:00:00",
      "2026-04-03T08:00:00",
    ]);
  });

  test.each([
    ["cron(15 10 L * ? *)", ["2026-03-31T10:15:00", "2026-04-30T10:15:00"]],
    ["cron(0/30 6 1 * ? 2026)", ["2026-04-01T06:00:00", "2026-04-01T06:30:00"]],
    ["cron(0 12 ? * MON#1 *)", ["2026-04-06T12:00:00"]],
    ["cron(0 0 1 1 ? 2030)", []],
  ])("%s", async (expression, times) => {
    expect(await deliveredUntil("2026-04-30T23:00:00", expression)).toEqual(times);
  });

  test("cron keeps to the wall clock when summer time begins", async () => {
    expect(
      await deliveredUntil("2026-03-31T00:00:00", "cron(0 6 * * ? *)", {
        ScheduleExpressionTimezone: "Europe/Berlin",
      }),
    ).toEqual(["2026-03-28T05:00:00", "2026-03-29T04:00:00", "2026-03-30T04:00:00"]);
  });

  test("a time that summer time leaves out is skipped", async () => {
    // In Berlin there is no 02:30 on 29 March 2026.
    expect(
      await deliveredUntil("2026-03-31T00:00:00", "cron(30 2 * * ? *)", {
        ScheduleExpressionTimezone: "Europe/Berlin",
      }),
    ).toEqual(["2026-03-28T01:30:00", "2026-03-30T00:30:00"]);
  });

  test("a time that comes twice when summer time ends is used once", async () => {
    clock.moveTo(Date.parse("2026-10-24T12:00:00Z"));
    // In Berlin it is 02:30 on 25 October 2026 both at 00:30 and at 01:30 UTC.
    expect(
      await deliveredUntil("2026-10-26T12:00:00", "cron(0-59/30 2 ? * SUN,MON *)", {
        ScheduleExpressionTimezone: "Europe/Berlin",
      }),
    ).toEqual([
      "2026-10-25T00:00:00",
      "2026-10-25T00:30:00",
      "2026-10-26T01:00:00",
      "2026-10-26T01:30:00",
    ]);
  });

  test("never while it is disabled", async () => {
    expect(
      await deliveredUntil("2026-03-28T12:00:00", "rate(1 hour)", { State: "DISABLED" }),
    ).toEqual([]);
    await client.send(
      new UpdateScheduleCommand(schedule("cron(0 18 * * ? *)", { State: "ENABLED" })),
    );
    clock.moveTo(Date.parse("2026-03-28T20:00:00Z"));
    expect(deliveries.map(({ at }) => at)).toEqual(["2026-03-28T18:00:00"]);
  });
});

test("the input names the occasion where it asks for it", async () => {
  const { ScheduleArn = "" } = await create("at(2026-03-27T13:00:00)", {
    Target: {
      ...schedule("").Target!,
      Input: '{"time":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}',
    },
  });
  clock.moveTo(Date.parse("2026-03-27T14:00:00Z"));
  expect(deliveries.map(({ input }) => JSON.parse(input))).toEqual([
    { time: "2026-03-27T13:00:00Z", by: ScheduleArn },
  ]);
});

test("a schedule can be read, changed, listed and deleted", async () => {
  const { ScheduleArn } = await create("rate(1 hour)", {
    ScheduleExpressionTimezone: "Europe/Paris",
    Description: "first",
    StartDate: new Date("2026-05-01T00:00:00Z"),
  });
  const get = () => client.send(new GetScheduleCommand({ Name: "refresh" }));
  expect(await get()).toMatchObject({
    Arn: ScheduleArn,
    GroupName: "default",
    State: "ENABLED",
    ScheduleExpression: "rate(1 hour)",
    ScheduleExpressionTimezone: "Europe/Paris",
    Description: "first",
    StartDate: new Date("2026-05-01T00:00:00Z"),
    ActionAfterCompletion: "NONE",
    Target: { Input: '{"run":"all"}' },
  });

  await client.send(new UpdateScheduleCommand(schedule("rate(2 hours)")));
  const changed = await get();
  expect(changed.ScheduleExpression).toBe("rate(2 hours)");
  // An update replaces everything: what it does not say is as if it never had been.
  expect(changed.Description).toBeUndefined();

  const { Schedules } = await client.send(new ListSchedulesCommand({ NamePrefix: "ref" }));
  expect(Schedules).toMatchObject([{ Name: "refresh", State: "ENABLED" }]);

  await client.send(new DeleteScheduleCommand({ Name: "refresh" }));
  await expect(get()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  clock.moveTo(Date.parse("2026-06-01T00:00:00Z"));
  expect(deliveries).toEqual([]);
});

test("a completed schedule is deleted when it says so", async () => {
  await create("at(2026-03-27T13:00:00)", { ActionAfterCompletion: "DELETE" });
  clock.moveTo(Date.parse("2026-03-27T13:00:00Z"));
  expect(deliveries).toHaveLength(1);
  await expect(client.send(new GetScheduleCommand({ Name: "refresh" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a request that is repeated with its token makes one schedule; another one conflicts", async () => {
  const first = await create("rate(1 hour)", { ClientToken: "token-1" });
  expect((await create("rate(1 hour)", { ClientToken: "token-1" })).ScheduleArn).toBe(
    first.ScheduleArn,
  );
  await expect(create("rate(1 hour)", { ClientToken: "token-2" })).rejects.toMatchObject({
    name: "ConflictException",
    $metadata: { httpStatusCode: 409 },
  });
});

test("deleting a group deletes its schedules", async () => {
  await client.send(new CreateScheduleGroupCommand({ Name: "exports" }));
  await create("rate(1 hour)", { GroupName: "exports" });
  const get = () => client.send(new GetScheduleCommand({ Name: "refresh", GroupName: "exports" }));
  expect((await get()).GroupName).toBe("exports");
  await client.send(new DeleteScheduleGroupCommand({ Name: "exports" }));
  await expect(get()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(client.send(new GetScheduleGroupCommand({ Name: "exports" }))).rejects.toMatchObject(
    { name: "ResourceNotFoundException" },
  );
});

test.each([
  ["every day", {}],
  ["cron(0 8 * * * *)", {}],
  ["cron(0 8 ? * ? *)", {}],
  ["cron(0 8 * * ?)", {}],
  ["cron(99 8 * * ? *)", {}],
  ["rate(0 hours)", {}],
  ["at(2026-02-30)", {}],
  ["rate(1 hour)", { ScheduleExpressionTimezone: "Europe/Atlantis" }],
  ["rate(1 hour)", { EndDate: new Date("2020-01-01T00:00:00Z") }],
  ["rate(1 hour)", { Name: "not allowed" }],
  ["rate(1 hour)", { FlexibleTimeWindow: { Mode: "FLEXIBLE" } as const }],
])("%s with %j is not valid", async (expression, overrides) => {
  await expect(create(expression, overrides)).rejects.toMatchObject({
    name: "ValidationException",
  });
  const { Schedules } = await client.send(new ListSchedulesCommand({}));
  expect(Schedules).toEqual([]);
});
