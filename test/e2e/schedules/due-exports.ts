import { beforeAll, describe, expect, test } from "@jest/globals";
import { ListSchedulesCommand } from "@aws-sdk/client-scheduler";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { createCalendar } from "../../../shared/adapters/croner-calendar";
import { slotsOf, type Recurrence } from "../../../shared/domain/schedules/recurrence";
import { isTerminal } from "../../../shared/domain/runs/run";
import { anExport } from "../../support/builders";
import {
  eventually,
  sharedScheduledSystem,
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
beforeAll(async () => {
  scheduled = await sharedScheduledSystem();
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

/**
 * Two weeks in which clocks change, on the whole system. That the calendar, and the scheduler by it, is right over years
 * and in other zones, their own tests say.
 */
export const describeTwoWeeks = (what: "begins" | "ends", start: string, end: string): void =>
  describe(`two weeks of schedules, on a Sunday of which summer time ${what}`, () => {
    test("run every export that is due, at the instants that the wall clock says, and no other", async () => {
      const { system, clock, exports, run, runs } = scheduled;
      const connectionId = await system.createConnection();
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
        expect(new Set(own.map(({ problem }) => problem?.code))).toEqual(
          new Set(["segmentMissing"]),
        );
        expect(new Set(own.map(({ trigger, requestedBy }) => `${trigger} ${requestedBy}`))).toEqual(
          new Set(["scheduled Administrator"]),
        );
      }
      expect(made.filter(({ exportId }) => exportId === off)).toEqual([]);
      expect((await exports.get(off))?.lastRunId).toBeUndefined();
    });

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

/** As many exports as that start at the same minute. */
export const describeManyDue = (count: number): void =>
  describe(`${String(count)} exports due at the same minute`, () => {
    test("all start, each once, also when the scheduler tells of it twice", async () => {
      const { system, clock, exports, runs } = scheduled;
      const { functions } = system.laptop.environment;
      const logged: Record<string, number> = {};
      const unsubscribe = functions.logs.subscribe(({ text }) => {
        const event = /"event":"(\w+)"/.exec(text)?.[1] ?? "";
        logged[event] = (logged[event] ?? 0) + 1;
      });
      const ids = Array.from(
        { length: count },
        (_, index) => `many-${String(index).padStart(3, "0")}`,
      );
      await Promise.all(
        ids.map((exportId, index) =>
          exports.create(anExport({ exportId, connectionId: `connection-${index % 10}` })),
        ),
      );
      const daily: Recurrence = { frequency: "daily", times: ["06:00"], timeZone: "UTC" };
      await put("/schedule", { active: true, recurrence: daily });
      const [instant = new Date(0)] = createCalendar().nextInstants(
        daily,
        new Date(clock.now()),
        1,
      );
      clock.moveTo(instant.getTime());

      await eventually(() => logged["runStarted"] === count, 60_000);

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
      await eventually(() => logged["runStarted"] === 2 * count, 60_000);
      await eventually(() => (logged["runNotPrepared"] ?? 0) >= count, 120_000);
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
    });
  });
