import { describe, expect, it } from "@jest/globals";
import { slotsOf, type Recurrence } from "../../../../../shared/domain/schedules/recurrence";
import { scheduleKeyOf } from "../../../../../shared/domain/schedules/schedule-key";
import { dueExports } from "../../../../../shared/use-cases/schedules/due-exports";
import { anExport } from "../../../../support/builders";
import { fakeClock } from "../../../../support/fakes/clock-and-ids";
import { fakeExportStore } from "../../../../support/fakes/stores/export-store";
import { fakeSettingsStore } from "../../../../support/fakes/scheduling";

const at = (...times: string[]): Recurrence => ({ frequency: "daily", times, timeZone: "UTC" });
const DAY = 86_400_000;

/** 250 exports, of which four are due at six; `lacking` are not in the index, as an earlier version has left them. */
function aSituation({ lacking = [], unreadable = [] }: Partial<Record<string, string[]>> = {}) {
  const many = Array.from({ length: 246 }, (_, index) =>
    anExport({
      ...{ exportId: `another-${String(index).padStart(3, "0")}` },
      schedule: { mode: "own", recurrence: at(index % 2 === 0 ? "09:00" : "10:00") },
    }),
  );
  const store = fakeExportStore(
    anExport({ exportId: "follower" }),
    anExport({ exportId: "once", schedule: { mode: "own", recurrence: at("06:00") } }),
    anExport({ exportId: "twice", schedule: { mode: "own", recurrence: at("06:00", "20:00") } }),
    anExport({ exportId: "late", schedule: { mode: "own", recurrence: at("20:00", "21:00") } }),
    ...many,
  );
  const missing = new Set(lacking);
  const read = { all: 0, byKey: 0 };
  const clock = fakeClock();
  const dependencies = {
    exports: {
      listFollowing: async (key: Parameters<typeof store.listFollowing>[0]) => {
        const { items } = await store.listFollowing(key);
        const found = items.filter(({ exportId }) => !missing.has(exportId));
        read.byKey += found.length;
        return { items: found };
      },
      listMended: async (page: Parameters<typeof store.listMended>[0]) => {
        const found = await store.listMended(page);
        read.all += found.items.length;
        const amiss = found.items.filter(({ exportId }) => missing.delete(exportId));
        return { ...found, mended: amiss.length, ...(unreadable.length > 0 ? { unreadable } : {}) };
      },
    },
    settings: fakeSettingsStore({ active: true, recurrence: at("06:00") }),
    clock,
  };
  const due = async () => {
    read.all = 0;
    read.byKey = 0;
    const found = await dueExports(dependencies, slotsOf(at("06:00"))[0]!);
    expect(found.map(({ exportId }) => exportId).sort()).toEqual(["follower", "once", "twice"]);
    return { ...read };
  };
  return { due, clock };
}

describe("exports that are due", () => {
  it("are found among all at first, then in the index, where those alone are read that may be", async () => {
    const { due } = aSituation();
    expect(await due()).toEqual({ all: 250, byKey: 0 });
    expect(await due()).toEqual({ all: 0, byKey: 4 });
  });

  it("are found that an earlier version has made, from the first time on", async () => {
    const { due } = aSituation({ lacking: ["follower", "twice"] });
    expect(await due()).toEqual({ all: 250, byKey: 0 });
    // Whether that version is still at work is known when nothing more is amiss.
    expect(await due()).toEqual({ all: 250, byKey: 0 });
    expect(await due()).toEqual({ all: 0, byKey: 4 });
  });

  it("are looked for among all again after a week", async () => {
    const { due, clock } = aSituation();
    await due();
    clock.advance(7 * DAY - 1);
    expect(await due()).toMatchObject({ all: 0 });
    clock.advance(1);
    expect(await due()).toMatchObject({ all: 250 });
    expect(await due()).toMatchObject({ all: 0 });
  });

  it("are looked for among all while one can't be read, whose time is not known", async () => {
    const { due } = aSituation({ unreadable: ["export-x"] });
    await due();
    expect(await due()).toMatchObject({ all: 250 });
  });
});

it("an export with several times is read at times of its days that are others'", () => {
  const schedule = { mode: "own", recurrence: at("20:00", "21:00") } as const;
  expect(scheduleKeyOf(schedule)).toBe(
    scheduleKeyOf({ ...schedule, recurrence: at("06:00", "20:00") }),
  );
});
