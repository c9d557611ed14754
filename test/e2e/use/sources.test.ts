import { rmSync } from "node:fs";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { trustRoles } from "../../../infra/local/emulators/azure/azure";
import { isTerminal } from "../../../shared/domain/runs/run";
import { eventually } from "../../integration/local/eventually";
import { createCli, type Cli } from "../../support/commands/cli";
import { azureContainer } from "../../support/files/azure-container";
import { exportModel } from "../../support/files/export-model";
import { startSystem, type RunAnswer, type System } from "../../support/system";

type Container = Awaited<ReturnType<typeof azureContainer>>;

/** Most of them stay: who leaves is taken off without anybody having to allow it. */
const regulars = Array.from({ length: 20 }, (_, index) => `person-${index + 1}@example.com`);

let system: System;
let cli: Cli;
beforeAll(async () => {
  system = await startSystem({ azureStorage: true });
  cli = createCli({
    KLAVIYO_EXPORT_URL: system.laptop.environment.apiUrl,
    KLAVIYO_EXPORT_TOKEN: system.laptop.environment.tokens.administrator,
    AZURE_KEY: theEmulator().accountKey,
  });
});
afterAll(async () => {
  await system.close();
  rmSync(cli.settings, { recursive: true });
});

function theEmulator() {
  const { azure } = system.laptop.environment;
  if (azure === undefined) throw new Error("the emulator was not started");
  return azure;
}

/** Writes one run of an export, `model.json` last. */
async function refresh(
  container: Container,
  folder: string,
  people: readonly string[],
  at = `${theEmulator().url}/${theEmulator().account}/exports`,
): Promise<void> {
  const halves = [people.slice(0, 10), people.slice(10)];
  const files = halves.map((_, index) => `HighValue/${folder}/HighValue_${index + 1}.csv`);
  for (const [index, file] of files.entries()) {
    const lines = halves[index]!.map((person, row) => `${row},${person},1.5`);
    const rows = ["CustomerId,EMail,Spent", ...lines, ""].join("\n");
    await container.getBlockBlobClient(`insights/${file}`).upload(rows, rows.length);
  }
  const model = exportModel([{ files: files.map((file) => `${at}/insights/${file}`) }]);
  await container.getBlockBlobClient("insights/model.json").upload(model, model.length);
}

/** What the watch does each minute, and the runs that the export has once all have ended. */
async function runsAfterWatch(exportId: string, count: number): Promise<readonly RunAnswer[]> {
  const { functions } = system.laptop.environment;
  const { kind } = await functions.invoke("segment-export-local-watch-runs", {});
  expect(kind).toBe("succeeded");
  return eventually(async () => {
    const { body } = await system.call<{ items: RunAnswer[] }>("GET", `/exports/${exportId}/runs`);
    const ended = body.items.length >= count && body.items.every((run) => isTerminal(run.status));
    return ended && body.items;
  }, 240_000);
}

test("a source on Azure that the command line adds is exported by itself with each refresh", async () => {
  const { account, accountKey } = theEmulator();
  const container = await azureContainer(theEmulator(), "exports");
  await refresh(container, "2026/11/26/0600", regulars);
  const inAzure = ["--account", account, "--container", "exports", "--folder", "insights"];

  const made = await cli([
    "sources",
    "create",
    "--name",
    "Insights",
    ...inAzure,
    "--account-key-env",
    "AZURE_KEY",
  ]);
  expect([made.code, made.stderr]).toEqual([0, "Added, with 1 segment.\n"]);
  expect(made.stdout).not.toContain(accountKey);
  const listed = await cli(["segments", "list", "--source", "insights", "-o", "json"]);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ name: "insights:HighValue", files: 2 }]);
  expect(await system.call("GET", "/segments/insights:HighValue")).toMatchObject({
    status: 200,
    body: { source: "insights", rows: 20, members: 20, emailField: "EMail" },
  });

  const exportId = await system.createExport(await system.createConnection(), {
    segments: ["insights:HighValue"],
    mapping: { email: "EMail" },
    syncMode: "mirror",
  });
  expect((await cli(["exports", "schedule", exportId, "--on-refresh"])).code).toBe(0);

  await refresh(container, "2026/11/27/0600", [...regulars, "ann@example.com"]);
  const [first] = await runsAfterWatch(exportId, 1);
  expect([first?.status, system.members()]).toEqual([
    "successful",
    [...regulars, "ann@example.com"].sort(),
  ]);

  // The newest run alone counts: who is in the one before it alone has left.
  await refresh(container, "2026/11/28/0600", [...regulars, "cem@example.com"]);
  const [second] = await runsAfterWatch(exportId, 2);
  expect([second?.status, system.members()]).toEqual([
    "successful",
    [...regulars, "cem@example.com"].sort(),
  ]);
  expect(await runsAfterWatch(exportId, 2)).toHaveLength(2);

  // What a run meets is the source's state, until another finds it well.
  await container.getBlockBlobClient("insights/model.json").delete();
  expect(await system.run(exportId)).toMatchObject({
    status: "failed",
    problem: { code: "modelMissing" },
  });
  expect(await system.call("GET", "/sources/insights")).toMatchObject({
    body: { state: "missing", stateFoundBy: "run" },
  });
  await refresh(container, "2026/11/29/0600", [...regulars, "cem@example.com"]);
  expect((await system.run(exportId)).status).toBe("successful");
  expect(await system.call("GET", "/sources/insights")).toMatchObject({
    body: { state: "working", stateFoundBy: "run" },
  });

  expect((await cli(["sources", "verify", "insights"])).stdout).toContain("found by a check");
  const replaced = await cli([
    "sources",
    "replace-credential",
    "insights",
    "--account-key-env",
    "AZURE_KEY",
  ]);
  expect(replaced.code).toBe(0);
  expect((await cli(["sources", "delete", "insights", "--yes"])).stderr).toContain("sourceInUse");

  await system.call("DELETE", `/exports/${exportId}`);
  expect((await cli(["sources", "delete", "insights", "--yes"])).code).toBe(0);
  expect((await system.call("GET", "/segments/insights:HighValue")).status).toBe(404);
}, 600_000);

test("a source on Azure lets the functions in as an app that trusts their roles, with nothing kept secret", async () => {
  const { account, directory, app } = theEmulator();
  const { tenantId } = directory;
  const { sts } = system.laptop.environment.endpoints;
  const container = await azureContainer(theEmulator(), "federated");
  const url = `${theEmulator().url}/${account}/federated`;
  await refresh(container, "2026/11/26/0600", regulars, url);
  const place = { kind: "azure", account, container: "federated", folder: "insights" };
  const create = (clientId: string, tenant = tenantId) =>
    system.call<{ code?: string; params?: Record<string, string> }>("POST", "/sources", {
      body: {
        ...{ displayName: "Federated", place },
        credential: { kind: "federated", tenantId: tenant, clientId },
      },
    });

  // Whatever is missing is told by its own code, and what to add to the app by its name.
  const untrusting = directory.registerApp("all");
  expect((await create(untrusting.clientId)).body).toMatchObject({
    code: "entraAppNotFederated",
    params: {
      issuer: sts,
      subject: expect.stringMatching(/^arn:aws:iam::\d{12}:role\/.*SourcesApi/i),
      audience: "api://AzureADTokenExchange",
    },
  });
  const elsewhere = "00000000-0000-0000-0000-000000000000";
  expect((await create(app.clientId, elsewhere)).body.code).toBe("entraAppNotFound");
  const trusted = app.federatedCredentials.map(({ subject }) => subject);
  const powerless = directory.registerApp(["others"]);
  trustRoles(powerless, sts, trusted);
  const { body: refused } = await create(powerless.clientId);
  expect([refused.code, refused.params?.["reason"]]).toEqual([
    "sourceForbidden",
    expect.stringContaining("Storage Blob Data Reader"),
  ]);

  const byIds = ["--tenant-id", tenantId, "--client-id", app.clientId, "-o", "json"];
  const inAzure = ["--account", account, "--container", "federated", "--folder", "insights"];
  const made = await cli(["sources", "create", "--name", "Federated", ...inAzure, ...byIds]);
  expect([made.code, JSON.parse(made.stdout)]).toMatchObject([
    0,
    { state: "working", credential: { kind: "federated", tenantId, clientId: app.clientId } },
  ]);

  expect(await system.call("GET", "/segments/federated:HighValue")).toMatchObject({
    body: { rows: 20, members: 20 },
  });

  // Tokens end soon while a run goes on, so that each call has to have a new one.
  directory.tokenSeconds = 60;
  const issued = directory.tokensIssued;
  const { klaviyo } = system.laptop;
  const { id: listId } = klaviyo.createList(klaviyo.first.accountId, { name: "Federated" });
  const exportId = await system.createExport(await system.createConnection(), {
    ...{ listId, segments: ["federated:HighValue"], mapping: { email: "EMail" } },
  });
  expect((await cli(["exports", "schedule", exportId, "--on-refresh"])).code).toBe(0);
  await refresh(container, "2026/11/27/0600", [...regulars, "ann@example.com"], url);
  const [followed] = await runsAfterWatch(exportId, 1);
  expect([followed?.status, system.members(listId)]).toEqual([
    "successful",
    [...regulars, "ann@example.com"].sort(),
  ]);

  expect(directory.tokensIssued - issued).toBeGreaterThan(3);

  // The app trusts the function no more that prepares runs, which others can't know.
  const runs = app.federatedCredentials.findIndex(({ subject }) => /PrepareRun/i.test(subject));
  const [taken] = app.federatedCredentials.splice(runs, 1);
  expect(await system.run(exportId)).toMatchObject({
    status: "failed",
    problem: { code: "entraAppNotFederated", params: { subject: taken?.subject } },
  });
  expect(await system.call("GET", "/sources/federated")).toMatchObject({
    body: { state: "forbidden", stateFoundBy: "run" },
  });
  expect(system.members(listId)).toHaveLength(21);
}, 600_000);

test("a table of an export folder in S3 is exported whole, with no credential", async () => {
  const Bucket = "customer-insights-exports";
  const { s3 } = system.clients;
  await s3.send(new CreateBucketCommand({ Bucket }));
  const files = [1, 2].map((part) => `HighValue/2026/11/26/0600/HighValue_${part}.csv`);
  for (const [index, file] of files.entries()) {
    const Body = `CustomerId,EMail,Spent\n${index},${regulars[index]},1.5\n`;
    await s3.send(new PutObjectCommand({ Bucket, Key: `copied/${file}`, Body }));
  }
  const Body = exportModel([{ files }]);
  await s3.send(new PutObjectCommand({ Bucket, Key: "copied/model.json", Body }));

  const inS3 = ["--bucket", Bucket, "--folder", "copied"];
  const made = await cli(["sources", "create", "--name", "Copies", ...inS3, "-o", "json"]);
  expect([made.code, JSON.parse(made.stdout)]).toMatchObject([
    0,
    { sourceId: "copies", state: "working", credential: { kind: "none" }, tableCount: 1 },
  ]);
  expect(await system.call("GET", "/segments/copies:HighValue")).toMatchObject({
    body: { rows: 2, members: 2 },
  });
  const { klaviyo } = system.laptop;
  const { id: listId } = klaviyo.createList(klaviyo.first.accountId, { name: "Copies" });
  const exportId = await system.createExport(await system.createConnection(), {
    ...{ listId, segments: ["copies:HighValue"], mapping: { email: "EMail" } },
  });
  expect((await system.run(exportId)).status).toBe("successful");
  expect(system.members(listId)).toEqual(regulars.slice(0, 2));
}, 600_000);
