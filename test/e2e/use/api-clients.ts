import { beforeAll, describe, expect, it } from "@jest/globals";
import OpenAPIClientAxios, { type Document } from "openapi-client-axios";
import { createApiClient } from "../../../infra/client/client";
import { sharedSystem } from "../../support/shared-system";
import { parseReport, type System } from "../../support/system";

const file = "Email,Name\na@example.com,A\nnobody,B\n,C\nd@example.com,D\n";
let system: System;

beforeAll(async () => {
  system = await sharedSystem();
  await system.putSegment("customers", { "a.csv": file });
});

const connectionBody = (displayName: string) =>
  ({ displayName, apiKey: system.laptop.klaviyo.first.apiKey, agree: true }) as const;
const exportBody = (connectionId: string) => ({
  ...{ displayName: "Newsletter", connectionId, listId: system.laptop.klaviyo.first.listId },
  ...{ segments: ["customers"], mapping: { email: "Email" } },
});
const account = { rows: 4, blank: 1, invalid: 1, members: 2, imported: 2 };

describe("clients of the API", () => {
  it("do the main job: one that a generator makes of the description that the API serves", async () => {
    const { apiUrl, tokens } = system.laptop.environment;
    const headers = { authorization: `Bearer ${tokens.administrator}` };
    const served = await fetch(`${apiUrl}/openapi.json`, { headers });
    const client = await new OpenAPIClientAxios({
      definition: (await served.json()) as Document,
      withServer: { url: apiUrl },
      axiosConfigDefaults: { headers },
    }).init();

    const connection = await client["createConnection"]!(undefined, connectionBody("Generated"));
    const { connectionId } = connection.data;
    const made = await client["createExport"]!(undefined, exportBody(connectionId));
    const started = await client["startRun"]!({ exportId: made.data.exportId }, { mode: "full" });
    await system.ended(started.data.runId);
    const { data: run } = await client["viewRun"]!({ runId: started.data.runId });
    const { data: link } = await client["downloadRejections"]!({ runId: run.runId });
    const rejections = parseReport(await (await fetch(link.url)).text());

    expect([connection.status, made.status, started.status]).toEqual([201, 201, 202]);
    expect([run.status, run.numbers]).toMatchObject(["completedWithWarnings", account]);
    expect(rejections.map(({ row, code }) => [row, code])).toEqual([
      ["2", "emailInvalid"],
      ["3", "emailBlank"],
    ]);
  });

  it("do the main job: the one that is typed by the contract, each request of which is sent twice", async () => {
    const { apiUrl, tokens } = system.laptop.environment;
    const locations: (string | null)[] = [];
    const api = createApiClient({
      url: apiUrl,
      token: () => tokens.administrator,
      fetch: async (address, init) => {
        const response = await fetch(address, init);
        locations.push(response.headers.get("location"));
        return response;
      },
    });
    const twice = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
      await send();
      return send();
    };

    const { connectionId } = await twice(() =>
      api.createConnection({ idempotencyKey: "c", body: connectionBody("Typed") }),
    );
    const { exportId } = await twice(() =>
      api.createExport({ idempotencyKey: "e", body: exportBody(connectionId) }),
    );
    const path = { exportId };
    const { runId } = await twice(() =>
      api.startRun({ path, idempotencyKey: "r", body: { mode: "full" } }),
    );
    const run = await system.ended(runId);
    const runs = await api.listRuns({ path });
    const ofAll = await api.listAllRuns({ query: { connectionId } });
    const rejected = await api.listRejections({ path: { runId } });
    const { counts, complete } = await api.countRejections({ path: { runId } });
    const stale = api.updateExport({ path, ifMatch: 7, body: exportBody(connectionId) });

    await expect(stale).rejects.toMatchObject({
      failure: { kind: "refused", status: 412, problem: { code: "versionStale" } },
    });
    expect(run).toMatchObject({ status: "completedWithWarnings", numbers: account });
    expect(runs.items.map((one) => one.runId)).toEqual([run.runId]);
    expect(ofAll).toEqual(runs);
    const { blank, invalid, duplicates, refused } = run.numbers;
    expect(rejected.items).toHaveLength(blank + invalid + duplicates + refused);
    expect(complete).toBe(true);
    expect(counts.reduce((sum, { rows }) => sum + rows, 0)).toBe(rejected.items.length);
    expect(locations.filter((location) => location === `/exports/${exportId}`)).toHaveLength(2);
  });
});
