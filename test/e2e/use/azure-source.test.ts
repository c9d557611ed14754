import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { azureContainer } from "../../support/files/azure-container";
import { exportModel } from "../../support/files/export-model";
import { startSystem, type System } from "../../support/system";

type Container = Awaited<ReturnType<typeof azureContainer>>;

let system: System;
beforeAll(async () => {
  system = await startSystem({ azureStorage: true });
});
afterAll(() => system.close());

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
): Promise<void> {
  const { url, account } = theEmulator();
  const files = people.map((_, index) => `HighValue/${folder}/HighValue_${index + 1}.csv`);
  for (const [index, file] of files.entries()) {
    const rows = `CustomerId,EMail,Spent\n${index},${people[index]},1.5\n`;
    await container.getBlockBlobClient(`insights/${file}`).upload(rows, rows.length);
  }
  const at = `${url}/${account}/exports/insights`;
  const model = exportModel([{ files: files.map((file) => `${at}/${file}`) }]);
  await container.getBlockBlobClient("insights/model.json").upload(model, model.length);
}

test("a table of an export folder in Azure is a segment of its source, and is exported whole", async () => {
  const { account, accountKey } = theEmulator();
  const container = await azureContainer(theEmulator(), "exports");
  await refresh(container, "2026/11/26/0600", ["ann@example.com", "bob@example.com"]);
  const credential = { kind: "accountKey", accountKey };

  const made = await system.call("POST", "/sources", {
    body: {
      displayName: "Insights",
      place: { kind: "azure", account, container: "exports", folder: "insights" },
      credential,
    },
  });
  expect(made).toMatchObject({ status: 201, body: { state: "working", tableCount: 1 } });
  expect(await system.call("GET", "/segments/insights:HighValue")).toMatchObject({
    status: 200,
    body: { source: "insights", rows: 2, members: 2, emailField: "EMail" },
  });
  expect(await system.call("GET", "/segments?source=insights")).toMatchObject({
    body: { items: [{ name: "insights:HighValue", files: 2 }] },
  });

  const exportId = await system.createExport(await system.createConnection(), {
    segments: ["insights:HighValue"],
    mapping: { email: "EMail" },
    syncMode: "mirror",
  });
  const first = await system.run(exportId);
  expect([first.status, system.members()]).toEqual([
    "successful",
    ["ann@example.com", "bob@example.com"],
  ]);

  // The newest run alone counts: who is in the one before it alone has left.
  await refresh(container, "2026/11/27/0600", ["ann@example.com", "cem@example.com"]);
  const second = await system.run(exportId, "incremental", { allowMassRemoval: true });
  expect([second.status, system.members()]).toEqual([
    "successful",
    ["ann@example.com", "cem@example.com"],
  ]);

  expect(await system.call("POST", "/sources/insights/verification")).toMatchObject({
    status: 200,
    body: { state: "working" },
  });
  expect(
    await system.call("PUT", "/sources/insights", {
      body: { displayName: "Customer Insights", credential },
    }),
  ).toMatchObject({ status: 200, body: { displayName: "Customer Insights" } });
  expect((await system.call("DELETE", "/sources/insights")).status).toBe(409);

  await system.call("DELETE", `/exports/${exportId}`);
  expect((await system.call("DELETE", "/sources/insights")).status).toBe(204);
  expect((await system.call("GET", "/segments/insights:HighValue")).status).toBe(404);
}, 300_000);
