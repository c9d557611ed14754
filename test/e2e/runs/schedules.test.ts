import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ListSchedulesCommand } from "@aws-sdk/client-scheduler";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { createCalendar } from "../../../shared/adapters/croner-calendar";
import { slotsOf, type Recurrence } from "../../../shared/domain/schedules/recurrence";
import { isTerminal } from "../../../shared/domain/runs/run";
import { anExport } from "../../support/builders";
import { idleRound } from "../../bench/cost/idle-month";
import { usedBetween } from "../../bench/cost/usage";
import {
  eventually,
  startScheduledSystem,
  type ScheduledSystem,
} from "../../support/scheduled-system";

const timeZone = "Europe/Berlin";
// Clocks change on Sundays.
const refresh: Recurrence = {
  frequency: "weekly",
  days: ["wednesday", "sunday"],
  times: ["02:30", "14:00"],
  timeZone,
};
const own: Recurrence = { frequency: "weekly", days: ["sunday"], times: ["14:00"], timeZone };

let scheduled: ScheduledSystem;
let connectionId: string;
beforeAll(async () => {
  scheduled = await startScheduledSystem("2026-01-01T00:00:00Z");
  connectionId = await scheduled.system.createConnection();
});
afterAll(async () => {
  await scheduled.close();
});

test("a round of the watch with nothing to do takes no more than the price of an idle month says", async () => {
  const { environment } = scheduled.system.laptop;
  // The first makes what the function works with.
  await scheduled.watch();
  const before = environment.statistics();
  await scheduled.watch();
  const used = usedBetween(before, environment.statistics());
  const requests = Object.entries(used.requests).flatMap(([service, actions]) =>
    Object.entries(actions)
      .filter(([, { requests: made }]) => made > 0)
      .map(([action, { requests: made }]) => [service, action, made]),
  );
  expect(requests.filter(([service]) => service !== "dynamodb")).toEqual([
    ["sqs", "ReceiveMessage", idleRound.sqsRequests],
  ]);
  const units = Object.values(used.capacities);
  expect(units.reduce((sum, { writeUnits }) => sum + writeUnits, 0)).toBe(0);
  expect(units.reduce((sum, { readUnits }) => sum + readUnits, 0)).toBeLessThanOrEqual(
    idleRound.readUnits,
  );
  const [, watch] =
    Object.entries(used.functions).find(([logicalId]) => logicalId.startsWith("WatchRuns")) ?? [];
  expect(watch).toMatchObject({ invocations: 1, logBytes: idleRound.logBytes });
});

const put = async (path: string, body: unknown) => {
  const answer = await scheduled.system.call<any>("PUT", path, { body });
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body;
};
const schedulesThere = async (): Promise<string[]> => {
  const { Schedules: found = [] } = await scheduled.scheduler.send(
    new ListSchedulesCommand({ GroupName: "segment-export-local" }),
  );
  return found.map(({ Name: name = "" }) => name).sort();
};

// That the calendar, and the scheduler by it, is right over years and in other zones, their own tests say.
describe.each([
  ["begins", "2026-03-23T00:00:00Z", "2026-04-06T00:00:00Z"],
  ["ends", "2026-10-19T00:00:00Z", "2026-11-02T00:00:00Z"],
])("two weeks of schedules, on a Sunday of which summer time %s", (_what, start, end) => {
  test("run every export that is due, at the instants that the wall clock says, and no other", async () => {
    const { system, clock, exports, run, runs } = scheduled;
    clock.moveTo(Date.parse(start));
    await system.putSegment("customers", { "a.csv": "Email\na@example.com\n" });
    const [follower = "", weekly = "", off = ""] = await Promise.all(
      [1, 2, 3].map(() => system.createExport(connectionId)),
    );
    // Runs that end as soon as they are looked at: this test is about their start.
    await system.removeSegment("customers");
    const settings = await put("/schedule", { active: true, recurrence: refresh });
    expect(settings.nextRuns.slice(0, 2)).toEqual([
      expect.stringMatching(/T01:30|T13:00/),
      expect.stringMatching(/T01:30|T13:00/),
    ]);
    await put(`/exports/${weekly}/schedule`, { mode: "own", recurrence: own });
    await put(`/exports/${off}/schedule`, { mode: "off" });
    expect(await schedulesThere()).toEqual([
      "37-0230-Europe.Berlin",
      "37-1400-Europe.Berlin",
      "7-1400-Europe.Berlin",
    ]);

    const calendar = createCalendar();
    const instantsOf = (recurrence: Recurrence): string[] =>
      calendar
        .nextInstants(recurrence, new Date(start), 20)
        .filter((instant) => instant < new Date(end))
        .map((instant) => instant.toISOString());
    const expected = { [follower]: instantsOf(refresh), [weekly]: instantsOf(own) };
    // Two times on two days of two weeks; on Sunday, 29 March, there is no half past two.
    expect(expected[follower]).toHaveLength(start < "2026-04" ? 7 : 8);
    expect(expected[weekly]).toHaveLength(2);

    for (const instant of expected[follower]!) {
      clock.moveTo(Date.parse(instant));
      const due = Object.entries(expected).filter(([, instants]) => instants.includes(instant));
      for (const [exportId] of due) {
        const runId = `${exportId}-${instant.slice(0, 16).replace(/\D/g, "")}`;
        await eventually(async () => isTerminal((await run(runId))?.status ?? "queued"));
      }
    }
    clock.moveTo(Date.parse(end));

    const made = await runs();
    for (const [exportId, instants] of Object.entries(expected)) {
      const own = made.filter((each) => each.exportId === exportId);
      expect(own.map(({ scheduledFor }) => scheduledFor).sort()).toEqual(instants);
      // None was refused because another was going, and each is recorded under the export user.
      expect(new Set(own.map(({ problem }) => problem?.code))).toEqual(new Set(["segmentMissing"]));
      expect(new Set(own.map(({ trigger, requestedBy }) => `${trigger} ${requestedBy}`))).toEqual(
        new Set(["scheduled Administrator"]),
      );
    }
    expect(made.filter(({ exportId }) => exportId === off)).toEqual([]);
    expect((await exports.get(off))?.lastRunId).toBeUndefined();
  }, 120_000);

  test("end when everything is switched off: no schedule is left", async () => {
    const { items } = (await scheduled.system.call<any>("GET", "/exports")).body;
    await put("/export-schedules", {
      exportIds: items.map(({ exportId }: { exportId: string }) => exportId),
      change: "switchOff",
    });
    expect(await put("/schedule", { active: false })).toMatchObject({
      active: false,
      nextRuns: [],
    });

    expect(await schedulesThere()).toEqual([]);
  });
});

/** Many batches of messages, and more than one page of exports. */
const COUNT = 120;

describe("a hundred and twenty exports due at the same minute", () => {
  test("all start, each once, also when the scheduler tells of it twice", async () => {
    const { system, clock, exports, runs } = scheduled;
    const { functions } = system.laptop.environment;
    const logged: Record<string, number> = {};
    const unsubscribe = functions.logs.subscribe(({ text }) => {
      const event = /"event":"(\w+)"/.exec(text)?.[1] ?? "";
      logged[event] = (logged[event] ?? 0) + 1;
    });
    const ids = Array.from(
      { length: COUNT },
      (_, index) => `many-${String(index).padStart(3, "0")}`,
    );
    await Promise.all(
      ids.map((exportId, index) =>
        exports.create(anExport({ exportId, connectionId: `connection-${index % 10}` })),
      ),
    );
    const daily: Recurrence = { frequency: "daily", times: ["06:00"], timeZone: "UTC" };
    await put("/schedule", { active: true, recurrence: daily });
    const [instant = new Date(0)] = createCalendar().nextInstants(daily, new Date(clock.now()), 1);
    clock.moveTo(instant.getTime());

    await eventually(() => logged["runStarted"] === COUNT, 60_000);

    // The same event again, straight to the queue.
    await system.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: scheduled.startQueueUrl,
        MessageBody: JSON.stringify({
          step: "due",
          slot: slotsOf(daily)[0],
          scheduledFor: instant.toISOString().replace(".000Z", "Z"),
        }),
      }),
    );
    await eventually(() => logged["runStarted"] === 2 * COUNT, 60_000);
    await eventually(() => (logged["runNotPrepared"] ?? 0) >= COUNT, 120_000);
    unsubscribe();

    // It is logged before it is written.
    const made = await eventually(async () => {
      const found = (await runs()).filter(({ exportId }) => exportId.startsWith("many-"));
      return found.every(({ status }) => isTerminal(status)) && found;
    });
    expect(made.map(({ exportId }) => exportId).sort()).toEqual(ids);
    expect(new Set(made.map(({ scheduledFor }) => scheduledFor))).toEqual(
      new Set([instant.toISOString()]),
    );
    expect(new Set(made.map(({ problem }) => problem?.code))).toEqual(
      new Set(["noConnectionAttached"]),
    );
  }, 300_000);
});
