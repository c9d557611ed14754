import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openApi, saidPatience, type Api } from "../../../../infra/cli/api/api";

const sent: { url: string; body: string }[] = [];
const notes: string[] = [];
/** How often the next requests are answered that they are to be sent again after a second. */
let refusals = 0;
const server = createServer((request, response) => {
  void text(request).then((body) => {
    sent.push({ url: request.url!, body });
    if (refusals > 0) {
      refusals -= 1;
      const problem = { code: "klaviyoUnavailable", detail: "…", params: { reason: "its limit" } };
      response.writeHead(503, { "retry-after": "1" }).end(JSON.stringify(problem));
      return;
    }
    response.writeHead(200, { "content-type": "application/json" }).end('{"items":[]}');
  });
});
let api: Api;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const session = { profile: undefined, url, token: async () => "token" };
  api = openApi(session, saidPatience({ note: (line) => void notes.push(line) }));
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

test("what the API asks to be sent again later is waited with, which is said, and sent again", async () => {
  sent.length = 0;
  refusals = 2;
  await api.deleteExport({ path: { exportId: "e1" } });
  const line = "Waiting 1.0 s, as the API asks (klaviyoUnavailable: its limit).";
  expect(notes).toEqual([line, line]);
  expect(sent).toHaveLength(3);
});
