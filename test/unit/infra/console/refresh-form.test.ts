import { describe, expect, it } from "@jest/globals";
import { formOf, settingsOf } from "../../../../infra/console/screens/system-refresh/refresh-form";

describe("the form of the system refresh", () => {
  const weekly = {
    frequency: "weekly" as const,
    days: ["monday" as const],
    times: ["06:00"],
    timeZone: "Europe/Berlin",
  };

  it("gives back the settings that it was made of", () => {
    for (const settings of [
      { active: true, recurrence: weekly },
      {
        active: false,
        recurrence: { frequency: "daily" as const, times: ["23:59"], timeZone: "UTC" },
      },
    ]) {
      expect(settingsOf(formOf(settings, "UTC"))).toEqual({ kind: "good", settings });
    }
  });

  it("keeps when administrators are told of an overdue segment, which it does not show", () => {
    const settings = { active: true, recurrence: weekly, onRefresh: { overdueAfterHours: 30 } };
    expect(settingsOf(formOf(settings, "UTC"))).toEqual({ kind: "good", settings });
  });

  it("begins with the viewer's time zone", () => {
    expect(formOf({ active: false }, "Asia/Tokyo").recurrence.timeZone).toBe("Asia/Tokyo");
  });

  it("says which field is at fault", () => {
    const form = formOf({ active: true, recurrence: weekly }, "UTC");
    const faulty = { ...form, recurrence: { ...form.recurrence, days: [], times: ["6"] } };
    expect(settingsOf(faulty)).toEqual({
      kind: "faulty",
      faults: { days: true, times: true, timeZone: false },
    });
  });

  it("leaves times out that are none while the refresh does not go by them", () => {
    const form = formOf({ active: true, recurrence: weekly }, "UTC");
    const typed = { ...form, mode: "onRefresh" as const };
    expect(settingsOf({ ...typed, recurrence: { ...typed.recurrence, times: [""] } })).toEqual({
      kind: "good",
      settings: { active: true, onRefresh: {} },
    });
  });
});
