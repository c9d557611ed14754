import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { keyOf } from "../support/fakes/credentials";
import { createKlaviyo } from "../../shared/adapters/klaviyo/klaviyo";
import { createKlaviyoHttp } from "../../shared/adapters/klaviyo/klaviyo-http";
import * as z from "zod";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A Klaviyo that answers as it likes. */
async function answering(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}
const json =
  (body: object, headers: Record<string, string> = {}, status = 200): RequestListener =>
  (_request, response) =>
    response
      .writeHead(status, { "content-type": "application/vnd.api+json", ...headers })
      .end(JSON.stringify(body));

describe("a Klaviyo that misbehaves", () => {
  it("is not waited for when its answer comes in drops", async () => {
    const url = await answering((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    });
    const call = createKlaviyoHttp(url, 300);
    expect(
      await call({ method: "GET", path: "/", credential: keyOf("pk_x") }, z.unknown()),
    ).toEqual({
      ok: false,
      failure: { kind: "unavailable", reason: "ERR_CANCELED" },
    });
  });

  it.each([
    ["is no URL", "http://[::1"],
    ["has no cursor", "https://a.klaviyo.com/api/lists?page%5Bsize%5D=10"],
    ["has an empty cursor", "https://a.klaviyo.com/api/lists?page[cursor]="],
    ["leads back to the page", "https://a.klaviyo.com/api/lists?page[cursor]=again"],
    ["has a cursor longer than URLs are", `?page[cursor]=${"x".repeat(5_000)}`],
  ])(
    "is not believed to have no more pages when the link to the next one %s",
    async (_what, next) => {
      const url = await answering(json({ data: [], links: { next } }));
      expect(await createKlaviyo(url).listLists(keyOf("pk_x"), "again")).toMatchObject({
        ok: false,
        failure: { kind: "unavailable" },
      });
    },
  );

  it("goes on by the cursor alone, whatever host the link names", async () => {
    const url = await answering(
      json({ data: [], links: { next: "https://evil.example/x?page[cursor]=two" } }),
    );
    expect(await createKlaviyo(url).listLists(keyOf("pk_x"))).toEqual({
      ok: true,
      value: { items: [], next: "two" },
    });
  });

  it("may say that a body is too large in words of its own", async () => {
    const url = await answering((_request, response) => response.writeHead(413).end("too big"));
    expect(
      await createKlaviyo(url).createImportJob(keyOf("pk_x"), Buffer.from("{}")),
    ).toMatchObject({
      failure: { kind: "invalid", errors: [{ pointer: null }] },
    });
  });
});

it("shows lists without a name by their ids, beside the others", async () => {
  const list = (id: string, name?: string | null) => ({ id, attributes: { name } });
  const data = [
    list("LiSt01", "Newsletter"),
    list("LiSt02", null),
    list("LiSt03"),
    list("LiSt04", " "),
  ];
  const url = await answering(json({ data, links: {} }));
  expect(await createKlaviyo(url).listLists(keyOf("pk_x"))).toMatchObject({
    value: {
      items: [
        { id: "LiSt01", name: "Newsletter" },
        { id: "LiSt02", name: "LiSt02" },
        { id: "LiSt03", name: "LiSt03" },
        { id: "LiSt04", name: "LiSt04" },
      ],
    },
  });
});

describe("a partial failure", () => {
  const job = {
    data: {
      id: "job-1",
      attributes: { status: "queued", total_count: 2, completed_count: 0, failed_count: 0 },
    },
  };

  it.each([
    ["phone_number", ["phone_number"]],
    ["phone_number, location.city,phone_number", ["phone_number", "location.city"]],
    ["\u00e9vil<script>, ", []],
  ])("is read of every answer of success: %j", async (header, ignored) => {
    const url = await answering(json(job, { "X-Klaviyo-Partial-Failure": header }, 202));
    const result = await createKlaviyo(url).createImportJob(keyOf("pk_x"), Buffer.from("{}"));
    expect(result).toMatchObject({ ok: true, value: { jobId: "job-1" } });
    expect("ignored" in result ? result.ignored : []).toEqual(ignored);
  });
});
