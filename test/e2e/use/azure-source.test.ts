import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startLaptop, type Laptop } from "../../../infra/local/laptop";
import { azureContainer } from "../../support/files/azure-container";
import { exportModel } from "../../support/files/export-model";

interface Answer {
  readonly status: number;
  readonly body: { readonly items?: unknown };
}

let laptop: Laptop;
beforeAll(async () => {
  laptop = await startLaptop({ azureStorage: true });
});
afterAll(() => laptop.close());

async function request(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${laptop.environment.apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${laptop.environment.tokens.administrator}`,
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? {} : JSON.parse(text) };
}

test("a table of an export folder in Azure is described and listed as a segment of its source", async () => {
  const { azure } = laptop.environment;
  if (azure === undefined) throw new Error("the emulator was not started");
  const container = await azureContainer(azure, "exports");
  const files = [1, 2].map((n) => `HighValue/2026/11/26/0600/HighValue_${n}.csv`);
  for (const [index, file] of files.entries()) {
    const rows = `CustomerId,EMail,Spent\n${index},person-${index}@example.com,1.5\n`;
    await container.getBlockBlobClient(`insights/${file}`).upload(rows, rows.length);
  }
  const at = `${azure.url}/${azure.account}/exports/insights`;
  const model = exportModel([{ files: files.map((file) => `${at}/${file}`) }]);
  await container.getBlockBlobClient("insights/model.json").upload(model, model.length);

  const made = await request("POST", "/sources", {
    displayName: "Insights",
    place: { kind: "azure", account: azure.account, container: "exports", folder: "insights" },
    credential: { kind: "accountKey", accountKey: azure.accountKey },
  });
  expect(made).toMatchObject({ status: 201, body: { state: "working", tableCount: 1 } });

  const described = await request("GET", "/segments/insights:HighValue");
  expect(described).toMatchObject({
    status: 200,
    body: { source: "insights", rows: 2, members: 2, emailField: "EMail" },
  });
  const listed = await request("GET", "/segments?source=insights");
  expect(listed.body.items).toMatchObject([{ name: "insights:HighValue", files: 2 }]);
  expect((await request("DELETE", "/sources/insights")).status).toBe(204);
  expect((await request("GET", "/segments/insights:HighValue")).status).toBe(404);
});
