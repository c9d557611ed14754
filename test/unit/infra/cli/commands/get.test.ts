import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import {
  RawAnswer,
  runInProcess,
  startStubApi,
  type StubApi,
} from "../../../../support/commands/command-line";

const named = { connectionId: "c1", displayName: "Shop", type: "klaviyo" };
const shop = { ...named, version: 1, sharing: "administrators", profileLimit: 100_000 };
const notPermitted = new RawAnswer(
  403,
  JSON.stringify({ code: "notPermitted", detail: "Your role does not allow this." }),
);

let answers: Record<string, unknown>;
let stub: StubApi;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-get-"));
  answers = {
    "GET /sources": { items: [] },
    "GET /segments": { items: [] },
    "GET /exports": { items: [] },
    "GET /schedule": { active: false },
  };
  stub = await startStubApi(answers);
});
afterEach(async () => {
  await stub.close();
  rmSync(folder, { recursive: true });
});

const klaviyoExport = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(args, { KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" });

describe.each([
  ["sees no connections", notPermitted],
  ["sees their names alone", { items: [named] }],
])("who %s", (_who, connections) => {
  beforeEach(() => void (answers["GET /connections"] = connections));

  test("gets a file without connections, and is told so", async () => {
    const { code, stdout, stderr } = await klaviyoExport("get", "all");
    expect(code).toBe(0);
    expect(parse(stdout)).toEqual({ exports: [], schedule: { active: false } });
    expect(stderr).toMatch(/^Connections are left out: .*administrator/);
  });

  test("gets no file of connections alone", async () => {
    const { code, stdout, stderr } = await klaviyoExport("get", "connections");
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/^notPermitted: /);
  });

  test("gets a file of exports, without a word", async () => {
    expect(await klaviyoExport("get", "exports", "-o", "json")).toMatchObject({
      ...{ code: 0, stderr: "", stdout: '{\n  "exports": []\n}\n' },
    });
  });
});

test("a file without connections deletes none when an administrator applies it with --prune", async () => {
  answers["GET /connections"] = notPermitted;
  const file = path.join(folder, "all.yaml");
  writeFileSync(file, (await klaviyoExport("get", "all")).stdout);

  answers["GET /connections"] = { items: [shop] };
  const { stdout } = await klaviyoExport("apply", "-f", file, "--prune", "--dry-run");
  expect(stdout).toBe("Nothing to change.\n");
});

test("an empty section is never written: whom nothing is shared with sees no connection either", async () => {
  answers["GET /connections"] = { items: [] };
  for (const [kind, sections] of [
    ["all", ["exports", "schedule"]],
    ["connections", []],
  ] as const) {
    const { code, stdout, stderr } = await klaviyoExport("get", kind, "-o", "json");
    expect([code, Object.keys(JSON.parse(stdout) as object)]).toEqual([0, sections]);
    expect(stderr).toMatch(/^Connections are left out: /);
  }
});

test("an export's connection is found by its name by who sees its name alone", async () => {
  answers["GET /connections"] = { items: [named] };
  answers["GET /connections/c1/lists"] = { items: [{ id: "LiSt01", name: "Newsletter" }] };
  const file = path.join(folder, "exports.yaml");
  writeFileSync(
    file,
    "exports: [{ displayName: N, connection: Shop, list: { name: Newsletter }, segments: [customers], mapping: { email: E } }]",
  );
  const { code, stdout } = await klaviyoExport("apply", "-f", file, "--dry-run");
  expect(code).toBe(0);
  expect(stdout).toContain("+ export N");
});

test("who can't see connections plans nothing for those of a file", async () => {
  answers["GET /connections"] = notPermitted;
  const file = path.join(folder, "connections.yaml");
  writeFileSync(file, "connections: []\n");
  const { code, stderr } = await klaviyoExport("apply", "-f", file, "--prune", "--yes");
  expect(code).toBe(3);
  expect(stderr).toMatch(/^notPermitted: .*a file without connections/);
});

test("what apply would refuse is not written: an export that was saved before a rule was made is named", async () => {
  answers["GET /connections"] = { items: [named] };
  answers["GET /exports"] = {
    items: [
      {
        ...{ exportId: "e1", version: 1, displayName: "Spring sale", connectionId: "c1" },
        ...{ connection: named, listId: "LiSt01", segments: ["customers"], syncMode: "upsert" },
        ...{ mapping: { email: "kim@example.org" }, schedule: { mode: "off" }, permissions: [] },
        ...{ nextRun: null, lastRun: null },
      },
    ],
  };

  const { code, stdout, stderr } = await klaviyoExport("get", "all");

  expect([code, stdout]).toEqual([6, ""]);
  expect(stderr).toMatch(/^settingInvalid: Export “Spring sale” .*mapping\.email: /);
  expect(stderr).toMatch(/exports update "Spring sale"$/m);
  expect(stderr).not.toContain("kim");
});
