import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Prompts } from "../../../../../infra/cli/terminal/prompts";
import {
  RawAnswer,
  runInProcess,
  startStubApi,
  type StubApi,
} from "../../../../support/commands/command-line";

const token = "sv=2025-05-05&sp=rl&sr=c&sig=c2VjcmV0";
const place = { kind: "azure", account: "contosodata", container: "exports", folder: "a/b" };
const insights = {
  ...{ sourceId: "insights", kind: "customerInsights", displayName: "Höchste Werte" },
  ...{ builtIn: false, place, version: 4, state: "working", stateFoundBy: "check" },
  credential: { kind: "sasToken", expiresAt: "2027-01-01T00:00:00.000Z" },
  ...{ stateFoundAt: "2026-11-02T08:00:00.000Z", refreshedAt: "2026-11-02T06:00:00.000Z" },
  ...{ tableCount: 3, tables: [{ name: "HighValue", fields: 24 }] },
  refused: [{ name: "Others", reason: "it is a reference to a table of another model" }],
};
const bucket = {
  ...{ sourceId: "bucket", kind: "bucket", displayName: "Segments bucket", builtIn: true },
  ...{ place: { kind: "s3", bucket: "s", folder: "segments" }, credential: { kind: "none" } },
  state: "working",
};
const refusal = (code: string, status: number) =>
  new RawAnswer(status, JSON.stringify({ code, detail: "What happened. What to do." }));

const ids = {
  tenantId: "11111111-2222-3333-4444-555555555555",
  clientId: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
};
const federated = { kind: "federated", ...ids };

let answers: Record<string, unknown>;
let stub: StubApi;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-sources-"));
  answers = {
    "GET /sources": { items: [bucket, insights] },
    "POST /sources": insights,
    "PUT /sources/insights": insights,
    "POST /sources/insights/verification": insights,
    "DELETE /sources/insights": {},
    "GET /segments": { items: [], unreadable: ["insights"] },
  };
  stub = await startStubApi(answers);
});
afterEach(async () => {
  await stub.close();
  rmSync(folder, { recursive: true });
});

const environment = { AZURE_SAS: token, AZURE_KEY: "a".repeat(86) + "==", PLAIN: "hush" };
const cli = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(args, {
    ...{ KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" },
    ...environment,
  });
const sent = (): unknown[] => stub.bodies.map((body) => JSON.parse(body) as unknown);
const changes = (): string[] => stub.requests.filter((request) => !request.startsWith("GET "));
const inAzure = ["--account", "contosodata", "--container", "exports", "--folder", "a/b"];

test("the list has the segments bucket first, with states and places", async () => {
  const { code, stdout } = await cli("sources", "list");
  expect(code).toBe(0);
  expect(stdout.split("\n").map((line) => line.replace(/ {2,}/g, " | "))).toEqual([
    "SOURCE | ID | STATE | SEGMENTS | REFRESHED | PLACE",
    "Segments bucket | bucket | working | s3://s/segments",
    "Höchste Werte | insights | working | 3 | 2026-11-02 06:00 UTC | Azure: contosodata/exports/a/b",
    "",
  ]);
});

test("one is found by its name, and shows its tables and those that can't be exported", async () => {
  const { stdout } = await cli("sources", "get", "höchste werte");
  expect(stdout).toMatch(/^Let in by +a SAS token, which ends 2027-01-01 00:00 UTC$/m);
  expect(stdout).toMatch(/^State +working, found by a check 2026-11-02 08:00 UTC$/m);
  expect(stdout).toMatch(/^insights:HighValue +24$/m);
  expect(stdout).toMatch(/^and 2 more$/m);
  expect(stdout).toMatch(/^Others +it is a reference to a table of another model$/m);
});

test("one that lets in as an app shows the app, which is no secret", async () => {
  answers["GET /sources"] = { items: [{ ...insights, credential: federated }] };
  const { stdout } = await cli("sources", "get", "insights");
  expect(stdout).toMatch(/^Let in by +the functions' own roles, which an app of Azure trusts$/m);
  expect(stdout).toMatch(/^App +aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee$/m);
  expect(stdout).toMatch(/^Tenant +11111111-2222-3333-4444-555555555555$/m);
  expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
});

describe("adding a source", () => {
  const create = (...more: string[]) => cli("sources", "create", "--name", "Insights", ...more);

  test.each([
    ["variable", () => ["--sas-token-env", "AZURE_SAS"], { kind: "sasToken", sasToken: token }],
    [
      "file",
      () => {
        const file = path.join(folder, "key");
        writeFileSync(file, `${environment.AZURE_KEY}\n`);
        return ["--account-key-file", file];
      },
      { kind: "accountKey", accountKey: environment.AZURE_KEY },
    ],
    ["pair of ids", () => ["--tenant-id", ids.tenantId, "--client-id", ids.clientId], federated],
  ])("takes what lets in from a %s", async (_what, options, credential) => {
    const { code, stderr, stdout } = await create(...inAzure, ...options());
    expect(code).toBe(0);
    expect(sent()).toEqual([{ displayName: "Insights", place, credential }]);
    expect(stderr).toBe("Added, with 3 segments.\n");
    expect(stdout).not.toContain("c2VjcmV0");
  });

  test("takes a bucket without a credential, and an id", async () => {
    await create("--bucket", "copies", "--id", "ci");
    expect(sent()).toEqual([
      {
        ...{ id: "ci", displayName: "Insights" },
        ...{ place: { kind: "s3", bucket: "copies", folder: "" }, credential: { kind: "none" } },
      },
    ]);
  });

  test.each([
    ["no place", [], "--account and --container"],
    ["a folder alone", ["--folder", "a"], "--folder takes"],
    ["two places", [...inAzure, "--bucket", "copies"], "not both"],
    ["half a place", ["--account", "contosodata"], "together"],
    ["a way out of the container", [...inAzure.slice(0, 4), "--folder", "a/../b"], "--folder"],
    ["no credential", inAzure, "--sas-token-…"],
    ["half an app", [...inAzure, "--tenant-id", ids.tenantId], "together"],
    [
      "an app that is none",
      [...inAzure, "--tenant-id", ids.tenantId, "--client-id", "app"],
      "--client-id: a GUID",
    ],
    [
      "an app and a token",
      [...inAzure, "--client-id", ids.clientId, "--sas-token-env", "AZURE_SAS"],
      "in one way",
    ],
    [
      "two credentials",
      [...inAzure, "--sas-token-env", "AZURE_SAS", "--account-key-env", "AZURE_KEY"],
      "in one way",
    ],
    ["a variable that is not set", [...inAzure, "--sas-token-env", "NOTHING"], "is not set"],
    ["a file that is not there", [...inAzure, "--sas-token-file", "/nowhere/x"], "can't be read"],
    ["what is no token", [...inAzure, "--sas-token-env", "PLAIN"], "no SAS token"],
  ])("sends nothing when it is given %s", async (_what, options, text) => {
    const { code, stderr } = await create(...options);
    expect(code).not.toBe(0);
    expect(stderr).toContain(text);
    expect(stderr).not.toContain("hush");
    expect(changes()).toEqual([]);
  });

  test("asks a person for what is not given, and for another token where one is refused", async () => {
    const questions: string[] = [];
    const typed = ["Insights", "contosodata", "exports", "a/b"];
    const choices: unknown[] = ["azure", "sasToken", "sasToken"];
    const person = {
      text: async ({ message }: { message: string }) => {
        questions.push(message);
        return typed.shift();
      },
      choose: async () => choices.shift(),
      secret: async () => {
        // It is refused once.
        answers["POST /sources"] =
          choices.length === 1 ? refusal("sourceForbidden", 422) : insights;
        return token;
      },
    } as unknown as Prompts;

    const { code, stderr } = await runInProcess(
      ["sources", "create"],
      { KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" },
      person,
    );

    expect(code).toBe(0);
    expect(questions).toHaveLength(4);
    const body = {
      displayName: "Insights",
      place,
      credential: { kind: "sasToken", sasToken: token },
    };
    expect(sent()).toEqual([body, body]);
    expect(stderr).toContain("What happened. What to do.");
  });

  test("asks nobody for a secret who may not add sources", async () => {
    answers["GET /sources"] = refusal("notPermitted", 403);
    const { stderr } = await create(...inAzure, "--sas-token-env", "AZURE_SAS");
    expect(stderr).toContain("notPermitted");
    expect(changes()).toEqual([]);
  });
});

test("a change is of the version that was read, and says the name that stays", async () => {
  await cli("sources", "replace-credential", "insights", "--sas-token-env", "AZURE_SAS");
  await cli("sources", "update", "insights", "--name", "Europe");
  await cli("sources", "update", "insights", "--bucket", "copies");
  expect(sent()).toEqual([
    { displayName: "Höchste Werte", credential: { kind: "sasToken", sasToken: token } },
    { displayName: "Europe" },
    {
      displayName: "Höchste Werte",
      ...{ place: { kind: "s3", bucket: "copies", folder: "" }, credential: { kind: "none" } },
    },
  ]);
  expect((await cli("sources", "update", "insights")).stderr).toContain("Nothing to change");
});

test("is looked into again, and removed once somebody says yes", async () => {
  expect((await cli("sources", "verify", "insights")).code).toBe(0);
  expect((await cli("sources", "delete", "insights")).code).toBe(2);
  expect((await cli("sources", "delete", "insights", "--yes")).stdout).toContain("Removed");
  expect(changes()).toEqual(["POST /sources/insights/verification", "DELETE /sources/insights"]);
});

test("segments are listed by their source, and who can't be listed is named", async () => {
  const { stdout, stderr } = await cli("segments", "list", "--source", "insights");
  expect(stub.queries).toEqual([expect.stringContaining("source=insights")]);
  expect(stdout).toBe("Nothing matches --source.\n");
  expect(stderr).toMatch(
    /The segments of insights could not be listed .* sources verify insights$/m,
  );
});
