import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openApi, type Api } from "../../../../infra/cli/api/api";

const sent: { url: string; body: string }[] = [];
const server = createServer((request, response) => {
  void text(request).then((body) => {
    sent.push({ url: request.url!, body });
    response.writeHead(200, { "content-type": "application/json" }).end('{"items":[]}');
  });
});
let api: Api;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  api = openApi({ profile: undefined, url, token: async () => "token" });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("what is undefined is not sent, in a body or a query", async () => {
  await api.updateExport({
    path: { exportId: "e1" },
    body: {
      ...{ displayName: "N", connectionId: "c1", listId: "LiSt01", segments: ["customers"] },
      ...{ mapping: { email: "Email", phone_number: undefined }, rejectionThreshold: undefined },
    },
  });
  await api.viewAudit({ query: { limit: 5, after: undefined, actor: undefined } });
  expect(sent).toEqual([
    {
      url: "/exports/e1",
      body: '{"displayName":"N","connectionId":"c1","listId":"LiSt01","segments":["customers"],"mapping":{"email":"Email"}}',
    },
    { url: "/audit?limit=5", body: "" },
  ]);
});
