import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  slotName,
  slotsOf,
  type Recurrence,
} from "../../../../../shared/domain/schedules/recurrence";
import type { ExportSchedule } from "../../../../../shared/domain/schedules/schedule";
import { keepTimetable } from "../../../../../shared/use-cases/schedules/keep-timetable";
import { startDueExports } from "../../../../../shared/use-cases/runs/start/start-due-exports";
import { anExport } from "../../../../support/builders";
import { fakeClock } from "../../../../support/fakes/clock-and-ids";
import { fakeExportStore } from "../../../../support/fakes/stores/export-store";
import { fakeLog } from "../../../../support/fakes/log";
import {
  fakeSettingsStore,
  fakeStartQueue,
  fakeTimetable,
} from "../../../../support/fakes/scheduling";

const at = (...times: string[]): Recurrence => ({ frequency: "daily", times, timeZone: "UTC" });
const own = (...times: string[]): ExportSchedule => ({ mode: "own", recurrence: at(...times) });
const slot = (time: string) => slotsOf(at(time))[0]!;
const scheduledFor = "2026-11-02T06:00:00Z";
const by = { updatedAt: scheduledFor, updatedBy: "contributor-1" };

describe("keeping the timetable", () => {
  it("comes out right, however changes of several exports interleave", async () => {
    const times = ["06:00", "07:00"];
    const schedules: ExportSchedule[] = [{ mode: "off" }, own("06:00"), own("07:00")];
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(
          fc.record({
            exportId: fc.constantFrom("export-1", "export-2"),
            schedule: fc.constantFrom(...schedules),
          }),
          { minLength: 2, maxLength: 4 },
        ),
        async (scheduler, changes) => {
          const exports = fakeExportStore(anExport(), anExport({ exportId: "export-2" }));
          const timetable = fakeTimetable();
          const dependencies = {
            exports: { list: scheduler.scheduleFunction(exports.list) },
            settings: fakeSettingsStore(),
            timetable: {
              ensure: scheduler.scheduleFunction(timetable.ensure),
              remove: scheduler.scheduleFunction(timetable.remove),
            },
          };
          const done = changes.map(async ({ exportId, schedule }) => {
            await scheduler.schedule(Promise.resolve());
            await exports.setSchedule(exportId, schedule, by);
            await keepTimetable(dependencies, times.map(slot));
          });
          await scheduler.waitFor(Promise.all(done));

          const used = [...exports.stored.values()].flatMap(({ schedule }) =>
            schedule.mode === "own" ? slotsOf(schedule.recurrence).map(slotName) : [],
          );
          for (const name of used) {
            expect(timetable.slots).toContain(name);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("when a slot is due", () => {
  const aSituation = () => {
    const dependencies = {
      exports: fakeExportStore(
        anExport({ exportId: "follower" }),
        anExport({ exportId: "own", schedule: own("06:00", "20:00") }),
        anExport({
          exportId: "weekly",
          schedule: {
            mode: "own",
            recurrence: { ...at("06:00"), frequency: "weekly", days: ["monday"] },
          },
        }),
        anExport({
          exportId: "elsewhere",
          schedule: { mode: "own", recurrence: { ...at("06:00"), timeZone: "Europe/Berlin" } },
        }),
        anExport({ exportId: "off", schedule: { mode: "off", recurrence: at("06:00") } }),
      ),
      settings: fakeSettingsStore({ active: true, recurrence: at("06:00") }),
      timetable: fakeTimetable(slot("06:00"), slot("09:00")),
      starts: fakeStartQueue(),
      log: fakeLog(),
      clock: fakeClock(),
    };
    return {
      ...dependencies,
      due: (time: string) =>
        startDueExports(dependencies, { step: "due", slot: slot(time), scheduledFor }),
    };
  };

  it("starts those whose schedule has it, each under an id of export and instant", async () => {
    const { due, starts } = aSituation();

    await due("06:00");
    await due("06:00");

    const once = ["follower", "own"].map((exportId) => ({
      exportId,
      connectionId: "connection-1",
      runId: `${exportId}-202611020600`,
      scheduledFor: "2026-11-02T06:00:00.000Z",
    }));
    expect(starts.sent).toEqual([...once, ...once]);
  });

  it("starts all of many exports, once each", async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `export-${String(index + 100)}`);
    const starts = fakeStartQueue();
    const dependencies = {
      exports: fakeExportStore(...ids.map((exportId) => anExport({ exportId }))),
      settings: fakeSettingsStore({ active: true, recurrence: at("06:00") }),
      ...{ timetable: fakeTimetable(slot("06:00")), starts, clock: fakeClock(), log: fakeLog() },
    };

    await startDueExports(dependencies, { step: "due", slot: slot("06:00"), scheduledFor });

    expect(starts.sent.map(({ exportId }) => exportId).sort()).toEqual(ids);
  });

  it("goes by the schedules as they are then, not as they were when the slot was made", async () => {
    const { due, starts, settings, exports } = aSituation();
    const { version } = await settings.getSystemSchedule();
    await settings.putSystemSchedule(
      { active: false, recurrence: at("06:00"), version: version + 1 },
      version,
    );
    await exports.setSchedule("off", own("06:00"), by);

    await due("06:00");

    expect(starts.sent.map(({ exportId }) => exportId)).toEqual(["own", "off"]);
  });

  it("takes it out of the timetable when nobody needs it any more", async () => {
    const { due, starts, timetable } = aSituation();

    await due("09:00");

    expect(starts.sent).toEqual([]);
    expect([...timetable.slots]).toEqual([slotName(slot("06:00"))]);
  });
});
