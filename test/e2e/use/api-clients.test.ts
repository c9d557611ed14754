import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import OpenAPIClientAxios, { type Document } from "openapi-client-axios";
import { createApiClient } from "../../../infra/client/client";
import { parseReport, startSystem, type System } from "../../support/system";

const file = "Email,Name\na@example.com,A\nnobody,B\n,C\nd@example.com,D\n";
let system: System;

beforeAll(async () => {
  system = await startSystem();
  await system.putSegment("customers", { "a.csv": file });
});
afterAll(() => system.close());

const connectionBody = (displayName: string) =>
  ({ displayName, apiKey: system.laptop.klaviyo.first.apiKey, agree: true }) as const;
const exportBody = (connectionId: string) => ({
  ...{ displayName: "Newsletter", connectionId, listId: system.laptop.klaviyo.first.listId },
  ...{ segments: ["customers"], mapping: { email: "Email" } },
});
const account = { rows: 4, blank: 1, invalid: 1, members: 2, imported: 2 };

describe("clients made from the API's description", () => {
  it("do the main job: one that another generator makes of what the API serves", async () => {
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

  it("do the main job: the typed one, each request of which is sent twice", async () => {
    const { apiUrl, tokens } = system.laptop.environment;
    const client = createApiClient({ url: apiUrl, token: () => tokens.administrator });
    const twice = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
      await send();
      return send();
    };
    const header = (key: string) => ({ header: { "Idempotency-Key": key } });

    const connection = await twice(() =>
      client.POST("/connections", { params: header("c"), body: connectionBody("Typed") }),
    );
    const { connectionId = "" } = connection.data ?? {};
    const made = await twice(() =>
      client.POST("/exports", { params: header("e"), body: exportBody(connectionId) }),
    );
    const { exportId = "" } = made.data ?? {};
    const started = await twice(() =>
      client.POST("/exports/{exportId}/runs", {
        params: { ...header("r"), path: { exportId } },
        body: { mode: "full" },
      }),
    );
    const run = await system.ended(started.data?.runId ?? "");
    const runs = await client.GET("/exports/{exportId}/runs", { params: { path: { exportId } } });
    const stale = await client.PUT("/exports/{exportId}", {
      params: { path: { exportId }, header: { "If-Match": '"7"' } },
      body: exportBody(connectionId),
    });

    expect(run).toMatchObject({ status: "completedWithWarnings", numbers: account });
    expect(runs.data?.items.map(({ runId }) => runId)).toEqual([run.runId]);
    expect(made.response.headers.get("location")).toBe(`/exports/${exportId}`);
    expect(stale.error).toMatchObject({ code: "versionStale", status: 412 });
  });
});
