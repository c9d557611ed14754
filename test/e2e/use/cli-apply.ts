import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { createCli, type Cli } from "../../support/commands/cli";
import { sharedSystem } from "../../support/shared-system";
import type { System } from "../../support/system";

interface ShownExport {
  exportId: string;
  displayName: string;
  connectionId: string | null;
  schedule: { mode: string };
}

let system: System;
let cli: Cli;
let listId: string;

beforeAll(async () => {
  system = await sharedSystem();
  listId = system.laptop.klaviyo.first.listId;
  cli = createCli({
    KLAVIYO_EXPORT_URL: system.laptop.environment.apiUrl,
    KLAVIYO_EXPORT_TOKEN: system.laptop.environment.tokens.administrator,
    KEY: system.laptop.klaviyo.first.apiKey,
  });
  await system.putSegment("subscribers", { "subscribers.csv": "Email\nann@example.org\n" });
});
afterAll(() => rmSync(cli.settings, { recursive: true }));

const apply = (content: object, ...args: string[]): ReturnType<Cli> => {
  const file = path.join(cli.settings, "file.json");
  writeFileSync(file, JSON.stringify(content));
  return cli(["apply", "-f", file, "--yes", ...args]);
};
const connection = (displayName: string) => ({ displayName, apiKey: { env: "KEY" }, agree: true });
const anExport = (displayName: string, overrides: object = {}) => ({
  ...{ displayName, connection: "Shop", list: { id: listId } },
  ...{ segments: ["subscribers"], mapping: { email: "Email" }, ...overrides },
});
const exports = async (): Promise<ShownExport[]> =>
  (await system.call<{ items: ShownExport[] }>("GET", "/exports")).body.items;
const names = async (of: "exports" | "connections"): Promise<string[]> =>
  (await system.call<{ items: { displayName: string }[] }>("GET", `/${of}`)).body.items
    .map(({ displayName }) => displayName)
    .sort();

describe("klaviyo-export apply", () => {
  beforeEach(async () => {
    const start = { connections: [connection("Shop")], exports: [anExport("Newsletter")] };
    expect((await apply(start, "--prune")).code).toBe(0);
  });

  it("detaches an export, and attaches it again", async () => {
    const detached = { exports: [anExport("Newsletter", { connection: null })] };
    expect((await apply(detached)).stdout).toContain("    connection: Shop → null");
    expect(await exports()).toMatchObject([{ displayName: "Newsletter", connectionId: null }]);
    expect((await apply(detached)).stdout).toBe("Nothing to change.\n");

    expect((await apply({ exports: [anExport("Newsletter")] })).code).toBe(0);
    expect(await exports()).toMatchObject([{ connectionId: expect.any(String) }]);
  });

  it("refuses what a detached export can't have before it detaches", async () => {
    const { code, stdout, stderr } = await apply({
      exports: [anExport("Newsletter", { connection: null, list: { name: "Newsletter" } })],
    });
    expect([code, stdout]).toEqual([6, ""]);
    expect(stderr).toMatch(/^exportInvalid: .*\{id: \w+\}/);
    expect(await exports()).toMatchObject([{ connectionId: expect.any(String) }]);
  });

  it("takes a new name for a new export, and the old one away only with --prune", async () => {
    const [before] = await exports();
    const renamed = { exports: [anExport("Letter")] };
    expect((await apply(renamed)).stdout).toContain("+ export Letter");
    expect(await names("exports")).toEqual(["Letter", "Newsletter"]);

    expect((await apply(renamed, "--prune")).stdout).toContain("- export Newsletter");
    const [after, ...others] = await exports();
    expect(others).toEqual([]);
    expect(after!.exportId).not.toBe(before!.exportId);
  });

  it("says what was done and what was not when a step fails, and goes on when applied again", async () => {
    const file = (list: string) => ({
      exports: [
        anExport("First"),
        anExport("Second", { list: { id: list } }),
        anExport("Third", { schedule: { mode: "off" } }),
      ],
    });
    const { code, stdout, stderr } = await apply(file("NoSuch"), "--prune");
    expect(code).toBe(6);
    expect(stdout).toContain("To create: 3, to change: 0, to delete: 1, unchanged: 0.");
    expect(stderr.split("\n").slice(0, 6)).toEqual([
      "Created export First",
      "Failed, perhaps half done: create export Second",
      "Not done: create export Third",
      "Not done: delete export Newsletter",
      "Applying the file again goes on from here.",
      expect.stringMatching(/^listNotFound: /),
    ]);
    expect(await names("exports")).toEqual(["First", "Newsletter"]);

    const json = await apply(file("NoSuch"), "-o", "json");
    expect(json.code).toBe(6);
    expect(JSON.parse(json.stdout)).toMatchObject({
      applied: false,
      steps: [{ kind: "unchanged" }, { outcome: "failed" }, { outcome: "notDone" }],
    });

    expect((await apply(file(listId), "--prune")).code).toBe(0);
    expect(await names("exports")).toEqual(["First", "Second", "Third"]);
  });

  it("deletes connections that a section does not name, after the exports that use them", async () => {
    const second = {
      connections: [connection("Second")],
      exports: [anExport("Newsletter", { connection: "Second" })],
    };
    const { code, stderr } = await apply(second, "--prune");
    expect(code).toBe(0);
    expect(stderr.split("\n")).toEqual([
      ...["Created connection Second", "Changed export Newsletter", "Deleted connection Shop", ""],
    ]);

    expect((await apply({ connections: [], exports: [] }, "--prune")).stderr.split("\n")).toEqual([
      ...["Deleted export Newsletter", "Deleted connection Second", ""],
    ]);
    expect(await names("connections")).toEqual([]);
  });

  it("does not delete a connection that an export uses, of which the file says nothing", async () => {
    const { code, stderr } = await apply({ connections: [] }, "--prune");
    expect(code).toBe(5);
    expect(stderr).toMatch(/^connectionInUse: /m);
    expect(await names("connections")).toEqual(["Shop"]);
  });

  it("names runs that were started with all the others by the ids that were printed", async () => {
    const started = await cli(["runs", "start-all", "-o", "json"]);
    const [{ runId }] = JSON.parse(started.stdout) as [{ runId: string }];
    expect((await cli(["runs", "watch", runId])).code).toBe(0);
    const shown = await cli(["runs", "get", runId, "-o", "json"]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ runId, status: "successful" });
  });
});
