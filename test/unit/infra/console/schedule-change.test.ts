import { describe, expect, it } from "@jest/globals";
import { bodyOf } from "../../../../infra/console/screens/exports/many/schedule-change";

describe("the schedules of several exports", () => {
  const ids = ["A", "B"];
  const daily = { frequency: "daily", days: [], times: ["06:00"], timeZone: "UTC" } as const;

  it("are switched on and off with what they had", () => {
    for (const change of ["switchOn", "switchOff"] as const) {
      expect(bodyOf(ids, change, daily)).toEqual({
        kind: "good",
        body: { exportIds: ids, change },
      });
    }
  });

  it("follow the system refresh or the segments, whatever times were typed", () => {
    for (const mode of ["system", "onRefresh"] as const) {
      expect(bodyOf(ids, mode, { ...daily, times: ["never"] })).toEqual({
        kind: "good",
        body: { exportIds: ids, change: "replace", schedule: { mode } },
      });
    }
  });

  it("get times of their own, of every day or of some", () => {
    const weekly = { ...daily, frequency: "weekly", days: ["monday"] } as const;

    expect(bodyOf(ids, "own", daily)).toMatchObject({
      body: { schedule: { recurrence: { frequency: "daily", times: ["06:00"], timeZone: "UTC" } } },
    });
    expect(bodyOf(ids, "own", weekly)).toMatchObject({
      body: { schedule: { recurrence: { frequency: "weekly", days: ["monday"] } } },
    });
  });

  it("are not sent with times that are none, or without a day, and say which", () => {
    expect(bodyOf(ids, "own", { ...daily, frequency: "weekly", times: ["6"] })).toEqual({
      kind: "faulty",
      faults: { days: true, times: true, timeZone: false },
    });
  });
});
