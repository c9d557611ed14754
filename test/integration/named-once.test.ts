import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { createExportStore } from "../../shared/adapters/aws/dynamodb/export-store";
import { createPreviewStore } from "../../shared/adapters/aws/dynamodb/runs/preview-store";
import { createRunStore } from "../../shared/adapters/aws/dynamodb/runs/run-store";
import {
  exportSettingsSchema,
  type Export,
  type ExportRequest,
  type ExportSettings,
} from "../../shared/domain/exports/export";
import {
  previewOptionsSchema,
  runOptionsSchema,
  usualRunOptions,
  type RunOptions,
} from "../../shared/domain/runs/run-options";
import { anApi } from "../support/api";
import { aConnection, anExport, anInstant } from "../support/builders";
import { runInProcess } from "../support/commands/command-line";
import { serveApi } from "../support/served-api";
import { useDynamoDb } from "./stores/backends";

/**
 * An export's settings and a run's options are named in one schema each. Here each of them is followed through
 * everything that must know it: whatever forgets one, forgets it here.
 */

const subscription = { historicalImport: false, customSource: "Shop" } as const;
/** A value of each setting that an export has by itself; a setting without one does not compile. */
const settings: Required<ExportRequest> = {
  displayName: "All customers",
  connectionId: "connection-2",
  listId: "LiSt02",
  segments: ["vip"],
  mapping: { email: "Email", organization: "Email" },
  syncMode: "mirror",
  rejectionThreshold: 5,
  subscription: { ...subscription, agree: true },
};
/** An unusual value of each option of a run. */
const options: RunOptions = {
  mode: "full",
  allowMassRemoval: true,
  reconcile: true,
  resubscribe: true,
};

/** Settings that the command line has options of another name for. */
const flagsOfSettings: Partial<Record<keyof ExportSettings, string[]>> = {
  displayName: ["--name", settings.displayName],
  connectionId: ["--connection", settings.connectionId],
  segments: ["--segment", "vip"],
  mapping: ["--map", "organization=Email"],
  subscription: ["--subscription", "{historicalImport: false, customSource: Shop}", "--agree"],
};
const flagsOfOptions: Partial<Record<keyof RunOptions, string[]>> = {
  mode: ["--full"],
  reconcile: ["--reconcile", "--yes"],
};

/** `--sync-mode mirror`; what is true is said without a value. */
function flag(name: string, value: unknown): string[] {
  const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return value === true
    ? [option]
    : [option, typeof value === "string" ? value : JSON.stringify(value)];
}

const acknowledgement = {
  ...{ agreedBy: "first", agreedAt: anInstant, wordingVersion: "1", wording: "I do" },
};
const subscribing = anExport({
  syncMode: "mirror",
  subscription: { historicalImport: false, acknowledgement },
});

const dynamoDb = useDynamoDb();
const folder = mkdtempSync(path.join(os.tmpdir(), "named-once-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The API over stores as they are on AWS, with one export, and the command line on it. */
async function aSystem(present: Export) {
  const client = dynamoDb.client();
  const runsTable = await dynamoDb.makeTable("runs");
  const exports = createExportStore(client, await dynamoDb.makeTable("exports"));
  const runs = createRunStore(client, runsTable, 90);
  const previews = createPreviewStore(client, runsTable);
  await exports.create(present);
  const api = anApi({
    connections: [
      aConnection(),
      aConnection({ connectionId: "connection-2", displayName: "Other", secretArn: "other" }),
    ],
    account: { lists: { LiSt01: "Newsletter", LiSt02: "Other" }, maySubscribe: true },
    stores: { exports, runs, previews },
  });
  return {
    exports,
    runs,
    previews,
    request: api.request,
    /** All that is stored of runs and previews, as it is stored. */
    items: async () => (await client.send(new ScanCommand({ TableName: runsTable }))).Items ?? [],
    audited: () => [...api.audit.stored.values()].at(-1)?.after ?? {},
    async cli(...args: string[]) {
      const served = await serveApi(api);
      try {
        const env = { KLAVIYO_EXPORT_URL: served.url, KLAVIYO_EXPORT_TOKEN: "token" };
        const result = await runInProcess(args, env);
        expect(`${result.code} ${result.code === 0 ? "" : result.stderr}`).toBe("0 ");
        return result.stdout;
      } finally {
        await served.close();
      }
    },
  };
}
type System = Awaited<ReturnType<typeof aSystem>>;

const put = { method: "PUT", path: "/exports/export-1" } as const;
const start = { method: "POST", path: "/exports/export-1/runs" } as const;

describe("a setting of an export", () => {
  const names = exportSettingsSchema.keyof().options;
  /** As it is kept and shown, apart from who acknowledged what. */
  const shown: Record<string, unknown> = { ...settings, subscription };
  const expected = (name: string) => ({ [name]: shown[name] });
  let system: System;
  let run: object;
  let applied: Export | undefined;

  beforeAll(async () => {
    system = await aSystem(anExport());
    await system.request({ ...put, body: settings });
    run = (await system.request(start)).body;

    // An acknowledgement is never written into a file; whoever applies it gives it.
    const written = (await system.cli("get", "exports")).replace(
      "subscription:",
      "$&\n      agree: true",
    );
    const other = await aSystem(anExport({ displayName: settings.displayName }));
    const file = path.join(folder, "exports.yaml");
    writeFileSync(file, written);
    await other.cli("apply", "-f", file, "--yes");
    applied = await other.exports.get("export-1");
  });

  it.each(names)("is kept, shown, and copied into a run: %s", async (name) => {
    expect(await system.exports.get("export-1")).toMatchObject(expected(name));
    const { body } = await system.request({ method: "GET", path: "/exports/export-1" });
    expect(body).toMatchObject(expected(name));
    expect(run).toMatchObject({ settings: expected(name) });
  });

  it.each(names)("is written by get, and taken by apply: %s", (name) => {
    expect(applied).toMatchObject(expected(name));
  });

  it.each(names)("is set by an option of the command line: %s", async (name) => {
    const { cli, exports } = await aSystem(anExport());
    const flags = flagsOfSettings[name] ?? flag(name, settings[name]);
    await cli("exports", "update", "export-1", ...flags);
    expect(await exports.get("export-1")).toMatchObject(expected(name));
  });

  it.each(names.filter((name) => exportSettingsSchema.shape[name].safeParse(undefined).success))(
    "is not there any more after a change that leaves it out: %s",
    async (name) => {
      const { request, exports } = await aSystem(anExport());
      await request({ ...put, body: settings });
      const { [name]: _left, ...rest } = settings;
      const { body } = await request({ ...put, body: rest });
      const usual = exportSettingsSchema.shape[name].parse(undefined);
      expect([body[name], (await exports.get("export-1"))?.[name]]).toEqual([usual, usual]);
    },
  );
});

describe("an option of a run", () => {
  it.each(runOptionsSchema.keyof().options)(
    "is kept, shown, and written into the audit log: %s",
    async (name) => {
      const { request, runs, items, audited } = await aSystem(subscribing);
      const said = { [name]: options[name] };

      const { body } = await request({ ...start, body: said });

      expect(body).toMatchObject({ ...usualRunOptions, ...said });
      const stored = await runs.get(body.runId);
      expect(stored).toMatchObject({ ...usualRunOptions, ...said });
      expect(audited()).toEqual({ status: "queued", mode: usualRunOptions.mode, ...said });
      // Version 0.1.0 can't read an option that is false.
      const unsaid = Object.keys(options).filter((other) => other !== name && other !== "mode");
      expect((await items())[0]).toMatchObject({ mode: usualRunOptions.mode, ...said });
      expect(Object.keys((await items())[0]!).filter((key) => unsaid.includes(key))).toEqual([]);
    },
  );

  it.each(runOptionsSchema.keyof().options)("is said on the command line: %s", async (name) => {
    const { cli } = await aSystem(subscribing);
    const flags = flagsOfOptions[name] ?? flag(name, options[name]);
    const run = JSON.parse(await cli("runs", "start", "export-1", ...flags, "-o", "json"));
    expect(run).toMatchObject({ ...usualRunOptions, [name]: options[name] });
  });

  it.each(previewOptionsSchema.keyof().options)(
    "is an option of a preview, too: %s",
    async (name) => {
      const { request, previews, audited } = await aSystem(subscribing);
      const said = { [name]: options[name] };
      const ask = { ...start, path: "/exports/export-1/previews" };

      const { body } = await request({ ...ask, body: said });

      expect(body).toMatchObject(said);
      expect(await previews.get("export-1", body.previewId)).toMatchObject(said);
      expect(audited()).toMatchObject(said);
    },
  );
});
