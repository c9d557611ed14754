import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  hasSlot,
  slotsOf,
  weekdays,
  type Recurrence,
} from "../../../../../shared/domain/schedules/recurrence";
import {
  recurrenceOf,
  systemScheduleOff,
  type ExportSchedule,
  type SystemSchedule,
} from "../../../../../shared/domain/schedules/schedule";
import { keysDueAt, scheduleKeyOf } from "../../../../../shared/domain/schedules/schedule-key";

const daily = (...times: string[]): Recurrence => ({
  ...{ frequency: "daily", times, timeZone: "Europe/Berlin" },
});

describe("the key under which an export is found", () => {
  it("is its time, or its days when it has several times", () => {
    expect(scheduleKeyOf({ mode: "own", recurrence: daily("06:30") })).toBe(
      "own 1234567-0630-Europe.Berlin",
    );
    expect(scheduleKeyOf({ mode: "own", recurrence: daily("06:30", "18:00") })).toBe(
      "own 1234567--Europe.Berlin",
    );
  });

  it("says whom it follows else, and is none when it runs on demand", () => {
    expect(scheduleKeyOf({ mode: "system" })).toBe("system");
    expect(scheduleKeyOf({ mode: "onRefresh", overdueAfterHours: 26 })).toBe("refreshes");
    expect(scheduleKeyOf({ mode: "off", recurrence: daily("06:30") })).toBeUndefined();
  });
});

describe("the keys of those that may be due", () => {
  const times = fc.uniqueArray(fc.constantFrom("06:00", "07:00", "08:00", "09:00"), {
    ...{ minLength: 1, maxLength: 4 },
  });
  const timeZone = fc.constantFrom("UTC", "Europe/Berlin");
  const recurrences: fc.Arbitrary<Recurrence> = fc.oneof(
    fc.record({ frequency: fc.constant("daily" as const), times, timeZone }),
    fc.record({
      ...{ frequency: fc.constant("weekly" as const), times, timeZone },
      days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    }),
  );
  const schedules: fc.Arbitrary<ExportSchedule> = fc.oneof(
    fc.constant({ mode: "system" } as const),
    fc.record({ mode: fc.constant("own" as const), recurrence: recurrences }),
  );
  const systems: fc.Arbitrary<SystemSchedule> = fc.oneof(
    fc.constant(systemScheduleOff),
    fc.record({ active: fc.constant(true), recurrence: recurrences, version: fc.constant(2) }),
  );

  it("have every export that is due, whatever its schedule", () => {
    fc.assert(
      fc.property(schedules, systems, recurrences, (schedule, system, other) => {
        const recurrence = recurrenceOf(schedule, system);
        for (const slot of slotsOf(recurrence ?? other)) {
          const isFound = keysDueAt(slot, system).some((key) => key === scheduleKeyOf(schedule));
          expect(isFound || !hasSlot(recurrence, slot)).toBe(true);
        }
      }),
    );
  });

  it("leave out those that have another time, or follow a schedule without this one", () => {
    const [slot] = slotsOf(daily("06:30"));
    const system: SystemSchedule = { active: true, recurrence: daily("07:00"), version: 2 };
    expect(keysDueAt(slot!, system)).toEqual([
      "own 1234567-0630-Europe.Berlin",
      "own 1234567--Europe.Berlin",
    ]);
    expect(keysDueAt(slot!, { ...system, recurrence: daily("06:30") })).toContain("system");
    const onRefresh = { ...system, recurrence: daily("06:30"), onRefresh: {} };
    expect(keysDueAt(slot!, onRefresh)).not.toContain("system");
  });
});
