import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createKlaviyo, createKlaviyoCalls } from "../../shared/adapters/klaviyo/klaviyo";
import { createKlaviyoHttp } from "../../shared/adapters/klaviyo/klaviyo-http";
import type { Klaviyo } from "../../shared/ports";
import { keyOf } from "../support/fakes/credentials";

const answer =
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}";

let server: Server;
let url: string;
let klaviyo: Klaviyo;
/** What connections and requests there were, in their order. */
let seen: string[];

beforeEach(async () => {
  seen = [];
  server = createServer((socket) => {
    seen.push("connected");
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      const method = /^[A-Z]+(?= )/.exec(data.toString())?.[0];
      if (method !== undefined) {
        seen.push(method);
        socket.write(answer);
      }
    });
    socket.on("close", () => seen.push("closed"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  klaviyo = createKlaviyo(url);
});

afterEach(() => {
  server.close();
});

const key = keyOf("pk_test");

/** Lets the server see what has been sent to it. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 50));

/** A turn that comes when it is told to. */
function aTurn() {
  let come: (isOurs: boolean) => void = () => undefined;
  const asked = Promise.withResolvers<true>();
  const turn = () => {
    asked.resolve(true);
    return new Promise<boolean>((resolve) => {
      come = resolve;
    });
  };
  return { turn, asked: asked.promise, come: (isOurs: boolean) => come(isOurs) };
}

describe("a call to Klaviyo", () => {
  it("has its connection open before its turn, and sends nothing until then", async () => {
    const { turn, asked, come } = aTurn();
    const called = klaviyo.createImportJob({ ...key, turn }, Buffer.from("{}"));
    await asked;
    await aWhile();
    expect(seen).toEqual(["connected"]);

    come(true);
    await called;
    expect(seen).toEqual(["connected", "POST"]);
  });

  it("uses a connection that is open", async () => {
    const turn = async () => true;
    await klaviyo.getList({ ...key, turn }, "LiSt01");
    await klaviyo.getList({ ...key, turn }, "LiSt01");
    expect(seen).toEqual(["connected", "GET", "GET"]);
  });

  it("is not sent at all when it has lost its turn", async () => {
    const { turn, asked, come } = aTurn();
    const called = klaviyo.getList({ ...key, turn }, "LiSt01");
    await asked;
    come(false);
    expect(await called).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    await aWhile();
    expect(seen).toEqual(["connected", "closed"]);
  });

  it("fails as usual when there is nobody to connect to, and takes no turn", async () => {
    const { turn } = aTurn();
    const nobody = createKlaviyo("http://127.0.0.1:1");
    expect(await nobody.getList({ ...key, turn }, "LiSt01")).toMatchObject({
      failure: { reason: "ECONNREFUSED", unreached: true },
    });
  });

  it("may wait for its turn for longer than it may take itself", async () => {
    const quick = createKlaviyoCalls(createKlaviyoHttp(url, 100));
    const { turn, asked, come } = aTurn();
    const called = quick.getList({ ...key, turn }, "LiSt01");
    await asked;
    await new Promise((resolve) => setTimeout(resolve, 150));
    come(true);
    await called;
    expect(seen).toEqual(["connected", "GET"]);
  });
});
