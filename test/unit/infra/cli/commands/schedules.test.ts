import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  runInProcess,
  startStubApi,
  type StubApi,
} from "../../../../support/commands/command-line";

const shown = {
  ...{ exportId: "e1", displayName: "Newsletter", version: 4, listId: "LiSt01", permissions: [] },
  ...{ connectionId: "c1", connection: { displayName: "Shop", type: "klaviyo" } },
  ...{ segments: ["customers", "guests"], mapping: { email: "Email" }, syncMode: "upsert" },
  ...{ updatedAt: "2026-11-02T08:00:00.000Z", updatedBy: "ann", nextRun: null, lastRun: null },
};
const following = {
  ...{ ...shown, schedule: { mode: "onRefresh", overdueAfterHours: 26 } },
  waitingFor: [
    { segment: "customers", reason: "notRefreshed", refreshedAt: "2026-11-01T08:00:00.000Z" },
    { segment: "guests", reason: "missing", overdue: true },
  ],
};
const times = { frequency: "daily", times: ["06:00"], timeZone: "UTC" };

let stub: StubApi;
let answers: Record<string, unknown>;
beforeEach(async () => {
  answers = {
    "GET /exports": { items: [following] },
    "PUT /exports/e1/schedule": { exportId: "e1", version: 5, schedule: following.schedule },
    "GET /exports/e1": following,
    "GET /schedule": { active: true, recurrence: times, version: 1, nextRuns: [] },
    "PUT /schedule": { active: true, recurrence: times, onRefresh: {}, version: 2, nextRuns: [] },
  };
  stub = await startStubApi(answers);
});
afterEach(() => stub.close());

const cli = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(args, { KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" });

test.each([
  [["--on-refresh"], { mode: "onRefresh" }],
  [["--on-refresh", "--overdue-after", "26"], { mode: "onRefresh", overdueAfterHours: 26 }],
  // Kept for when it is switched on again.
  [["--off"], { mode: "off", onRefresh: { overdueAfterHours: 26 } }],
  [["--system"], { mode: "system" }],
])("exports schedule %j", async (options, schedule) => {
  const { code } = await cli("exports", "schedule", "Newsletter", ...options);
  expect([code, stub.bodies.map((body) => JSON.parse(body))]).toEqual([0, [schedule]]);
});

test("an export that follows refreshes says what it waits for", async () => {
  const { stdout } = await cli("exports", "schedule", "Newsletter", "--on-refresh");
  expect(stdout).toMatch(/^Runs +when all of its segments have been refreshed$/m);
  expect(stdout).toMatch(/^Waits for +customers: not refreshed since the last run, refreshed /m);
  expect(stdout).toMatch(/guests: has no files, overdue$/m);
});

test("the system refresh follows refreshes too, and keeps its times for later", async () => {
  const { stdout } = await cli("schedule", "set", "--on-refresh");
  const body = { active: true, recurrence: times, onRefresh: {} };
  expect(stub.bodies.map((sent) => JSON.parse(sent))).toEqual([body]);
  expect(stdout).toMatch(/^With +each export's segments, when all are refreshed$/m);
});

test("times take the place of refreshes", async () => {
  answers["GET /schedule"] = { active: true, onRefresh: {}, version: 1, nextRuns: [] };
  await cli("schedule", "set", "--times", "06:00", "--time-zone", "UTC");
  expect(stub.bodies.map((sent) => JSON.parse(sent))).toEqual([
    { active: true, recurrence: times },
  ]);
});

test.each([
  [["exports", "schedule", "Newsletter", "--overdue-after", "26"], "--on-refresh is missing"],
  [["exports", "schedule", "Newsletter", "--on-refresh", "--off"], "cannot be used with"],
  [
    ["exports", "schedule", "Newsletter", "--on-refresh", "--overdue-after", "soon"],
    "whole number",
  ],
  [["schedule", "set"], "--on-refresh, --on or --off"],
])("%j is refused, and sends nothing", async (args, text) => {
  const { code, stderr } = await cli(...args);
  expect([code, stub.bodies]).toEqual([2, []]);
  expect(stderr).toContain(text);
});
