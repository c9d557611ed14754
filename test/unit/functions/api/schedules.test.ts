import { describe, expect, it } from "@jest/globals";
import { anApi, type ApiState } from "../../../support/api";
import { aConnection, anExport, anInstant, aRun } from "../../../support/builders";
import type { Recurrence } from "../../../../shared/domain/schedules/recurrence";

// The API's clock stands at Monday, 2 November 2026, 08:00 UTC.
const daily: Recurrence = {
  frequency: "daily",
  times: ["09:30", "06:00"],
  timeZone: "Europe/Berlin",
};
const weekly: Recurrence = {
  frequency: "weekly",
  days: ["friday", "tuesday"],
  times: ["12:00"],
  timeZone: "America/New_York",
};
const slotsOfDaily = ["1234567-0600-Europe.Berlin", "1234567-0930-Europe.Berlin"];
const slotOfWeekly = "25-1200-America.New_York";

const putSystem = (body: unknown) => ({ method: "PUT", path: "/schedule", body }) as const;
const putExport = (body: unknown, exportId = "export-1") =>
  ({ method: "PUT", path: `/exports/${exportId}/schedule`, body, role: "Contributor" }) as const;
const putSeveral = (body: unknown) =>
  ({ method: "PUT", path: "/export-schedules", body, role: "Contributor" }) as const;
const getExport = { method: "GET", path: "/exports/export-1", role: "Viewer" } as const;

describe("the system schedule", () => {
  it("is off until somebody sets it", async () => {
    const answer = await anApi().request({ method: "GET", path: "/schedule", role: "Viewer" });

    expect([answer.status, answer.body]).toEqual([
      200,
      { active: false, version: 1, nextRuns: [] },
    ]);
  });

  it("shows who set it and its next runs, and is in the timetable", async () => {
    const api = anApi();

    const answer = await api.request(putSystem({ active: true, recurrence: daily }));

    expect(answer.body).toEqual({
      active: true,
      recurrence: daily,
      version: 2,
      updatedAt: anInstant,
      updatedBy: "administrator-1",
      nextRuns: [
        "2026-11-02T08:30:00.000Z",
        "2026-11-03T05:00:00.000Z",
        "2026-11-03T08:30:00.000Z",
        "2026-11-04T05:00:00.000Z",
        "2026-11-04T08:30:00.000Z",
      ],
    });
    expect([...api.timetable.slots].sort()).toEqual(slotsOfDaily);
    expect((await api.request({ method: "GET", path: "/schedule" })).body).toEqual(answer.body);
  });

  it("leaves nothing of its former times, but for those that an export has too", async () => {
    const api = anApi();
    await api.request(putSystem({ active: true, recurrence: daily }));
    await api.request(
      putExport({ mode: "own", recurrence: { ...daily, times: [daily.times[0]] } }),
    );

    await api.request(putSystem({ active: true, recurrence: weekly }));
    expect([...api.timetable.slots].sort()).toEqual([slotsOfDaily[1], slotOfWeekly]);
    const off = await api.request(putSystem({ active: false, recurrence: weekly }));

    expect(off.body).toMatchObject({ active: false, recurrence: weekly, nextRuns: [] });
    expect([...api.timetable.slots]).toEqual([slotsOfDaily[1]]);
  });

  it.each([
    ["active without a recurrence", { active: true }, "/recurrence"],
    [
      "five times",
      { active: true, recurrence: { ...daily, times: Array(5).fill("01:00") } },
      "/recurrence/times",
    ],
    [
      "no day of the week",
      { active: true, recurrence: { ...weekly, days: [] } },
      "/recurrence/days",
    ],
    [
      "a zone that is none",
      { active: true, recurrence: { ...daily, timeZone: "Berlin/Europe" } },
      "/recurrence/timeZone",
    ],
    [
      "another frequency",
      { active: true, recurrence: { ...daily, frequency: "hourly" } },
      "/recurrence/frequency",
    ],
    ["a text", "daily", ""],
  ])("is refused: %s", async (_what, body, field) => {
    const api = anApi();

    const answer = await api.request(putSystem(body));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      400,
      "invalidRequest",
      field,
    ]);
    expect([...api.timetable.slots]).toEqual([]);
  });
});

describe("an export's schedule", () => {
  const systemSchedule = { active: true, recurrence: daily };

  it.each([
    ["follows the system", { mode: "system" }, systemSchedule, "2026-11-02T08:30:00.000Z"],
    ["follows the system, which is off", { mode: "system" }, { active: false }, null],
    [
      "has times of its own",
      { mode: "own", recurrence: weekly },
      systemSchedule,
      "2026-11-03T17:00:00.000Z",
    ],
    [
      "has times of its own while the system is off",
      { mode: "own", recurrence: weekly },
      { active: false },
      "2026-11-03T17:00:00.000Z",
    ],
    ["is off", { mode: "off" }, systemSchedule, null],
  ] satisfies [string, object, ApiState["systemSchedule"], string | null][])(
    "%s: the next run is shown",
    async (_what, schedule, system, nextRun) => {
      const api = anApi({ systemSchedule: system });

      const answer = await api.request(putExport(schedule));

      expect([answer.status, answer.body]).toEqual([
        200,
        { exportId: "export-1", version: 2, schedule, nextRun },
      ]);
      expect((await api.request(getExport)).body).toMatchObject({ schedule, nextRun });
      expect([...api.timetable.slots]).toEqual(schedule.mode === "own" ? [slotOfWeekly] : []);
    },
  );

  it("is kept when the settings are changed", async () => {
    const api = anApi();
    await api.request(putExport({ mode: "own", recurrence: weekly }));
    const { displayName, connectionId, listId, segments, mapping } = anExport();

    await api.request({
      method: "PUT",
      path: "/exports/export-1",
      body: { displayName, connectionId, listId, segments, mapping },
    });

    expect(api.exports.stored.get("export-1")?.schedule).toEqual({
      mode: "own",
      recurrence: weekly,
    });
  });

  it("is not found where there is no export", async () => {
    const answer = await anApi().request(putExport({ mode: "off" }, "nowhere"));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      404,
      "exportNotFound",
      undefined,
    ]);
  });

  it("takes the permission that changing the export takes", async () => {
    const api = anApi({ connections: [aConnection({ sharing: "administrators" })] });

    const answer = await api.request(putExport({ mode: "off" }));

    expect([answer.status, answer.body.code]).toEqual([403, "notPermitted"]);
  });
});

describe("the schedules of several exports", () => {
  const exportIds = ["export-1", "export-2", "export-3"];
  const three = () =>
    anApi({
      exports: [
        anExport(),
        anExport({ exportId: "export-2", schedule: { mode: "own", recurrence: weekly } }),
        anExport({ exportId: "export-3", schedule: { mode: "off", recurrence: daily } }),
      ],
    });
  const schedules = (api: ReturnType<typeof anApi>) =>
    exportIds.map((exportId) => api.exports.stored.get(exportId)?.schedule);

  it("are all replaced by one", async () => {
    const api = three();
    const schedule = { mode: "own", recurrence: daily };

    const answer = await api.request(putSeveral({ exportIds, change: "replace", schedule }));

    expect(answer.body.items).toEqual(
      exportIds.map((exportId) => ({
        ...{ exportId, version: 2, schedule },
        nextRun: "2026-11-02T08:30:00.000Z",
      })),
    );
    expect(schedules(api)).toEqual([schedule, schedule, schedule]);
    expect([...api.timetable.slots].sort()).toEqual(slotsOfDaily);
  });

  it("are switched off and on again, each keeping its own times", async () => {
    const api = three();

    await api.request(putSeveral({ exportIds, change: "switchOff" }));
    expect(schedules(api)).toEqual([
      { mode: "off" },
      { mode: "off", recurrence: weekly },
      { mode: "off", recurrence: daily },
    ]);
    expect([...api.timetable.slots]).toEqual([]);
    await api.request(putSeveral({ exportIds, change: "switchOn" }));

    expect(schedules(api)).toEqual([
      { mode: "system" },
      { mode: "own", recurrence: weekly },
      { mode: "own", recurrence: daily },
    ]);
    expect([...api.timetable.slots].sort()).toEqual([...slotsOfDaily, slotOfWeekly].sort());
  });

  it.each([
    ["one that is not there", ["export-1", "nowhere"], 422, "exportNotFound", "/exportIds/1"],
    ["one named twice", ["export-1", "export-1"], 400, "invalidRequest", "/exportIds"],
    ["none", [], 400, "invalidRequest", "/exportIds"],
  ])("are left alone when the request names %s", async (_what, named, status, code, field) => {
    const api = three();
    const before = schedules(api);

    const answer = await api.request(putSeveral({ exportIds: named, change: "switchOff" }));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, code, field]);
    expect(schedules(api)).toEqual(before);
  });
});

describe("run-all", () => {
  it("starts those whose schedule is not off and which the caller may run", async () => {
    const api = anApi({
      connections: [
        aConnection(),
        aConnection({ connectionId: "private", displayName: "Private", sharing: "administrators" }),
      ],
      exports: [
        anExport(),
        anExport({ exportId: "own", schedule: { mode: "own", recurrence: weekly } }),
        anExport({ exportId: "off", schedule: { mode: "off" } }),
        anExport({ exportId: "hidden", connectionId: "private" }),
      ],
    });

    const answer = await api.request({ method: "POST", path: "/runs", role: "Contributor" });

    expect([answer.status, answer.body]).toEqual([
      202,
      {
        items: [
          { exportId: "export-1", runId: "id-0001" },
          { exportId: "own", runId: "id-0002" },
        ],
      },
    ]);
    expect(api.starts.sent).toEqual([
      {
        exportId: "export-1",
        runId: "id-0001",
        connectionId: "connection-1",
        requestedBy: "contributor-1",
        role: "Contributor",
      },
      {
        exportId: "own",
        runId: "id-0002",
        connectionId: "connection-1",
        requestedBy: "contributor-1",
        role: "Contributor",
      },
    ]);
  });
});

describe("what an export shows of its runs", () => {
  it("is the run last attempted, however it was started, and not a start that was skipped for it", async () => {
    const running = aRun({ runId: "run-2", status: "running", trigger: "scheduled" });
    const skipped = aRun({
      runId: "run-3",
      status: "skipped",
      trigger: "scheduled",
      requestedAt: "2026-11-02T09:00:00.000Z",
    });
    const api = anApi({
      exports: [anExport({ lastRunId: "run-2" })],
      runs: [aRun({ status: "successful" }), running, skipped],
    });

    const { body } = await api.request(getExport);

    expect(body.lastRun).toEqual({
      runId: "run-2",
      status: "running",
      trigger: "scheduled",
      requestedAt: anInstant,
    });
    const history = await api.request({ ...getExport, path: "/exports/export-1/runs" });
    expect(history.body.items).toHaveLength(3);
  });

  it("is nothing when the run has expired", async () => {
    const api = anApi({ exports: [anExport({ lastRunId: "expired" })] });

    expect((await api.request(getExport)).body.lastRun).toBeNull();
  });
});
