import { afterEach, describe, expect, test } from "@jest/globals";
import {
  closeSimulators,
  createClock,
  emails,
  importBody,
  JOBS,
  problem,
  rawClient,
  simulate,
} from "./support";

afterEach(closeSimulators);

describe("the key", () => {
  test("a missing, unknown or revoked key is answered 401 without rate-limit headers", async () => {
    const simulator = await simulate();
    const revoked = simulator.addKey(simulator.first.accountId, {}).key;
    simulator.revokeKey(revoked);
    const unknown = `Klaviyo-API-Key pk_${"0".repeat(34)}`;
    for (const authorization of [undefined, unknown, `Klaviyo-API-Key ${revoked}`]) {
      const answer = await rawClient(simulator, { authorization }).get("/api/lists");
      expect(problem(answer)).toEqual({ status: 401, errors: [["not_authenticated", "/data/"]] });
      expect(answer.data.errors[0]).toMatchObject({
        id: answer.headers["x-klaviyo-req-id"],
        status: 401,
        title: "Authentication credentials were not provided.",
        detail: "Missing or invalid private key.",
      });
      expect(answer.headers["www-authenticate"]).toBe("Bearer, Klaviyo-API-Key");
      expect(answer.headers).not.toHaveProperty("ratelimit-limit");
    }
  });

  test("a wrong scheme is answered 401 with the scheme that is expected", async () => {
    const simulator = await simulate();
    const client = rawClient(simulator, { authorization: `Basic ${simulator.first.apiKey}` });
    const answer = await client.get("/api/lists");
    expect(answer.status).toBe(401);
    expect(answer.data.errors[0].detail).toContain("Please use Klaviyo-API-Key.");
  });

  test("missing scopes are answered 403, each named", async () => {
    const simulator = await simulate();
    const { accountId, listId } = simulator.first;
    const { key } = simulator.addKey(accountId, { scopes: ["accounts:read", "lists:read"] });
    const client = rawClient(simulator, { authorization: `Klaviyo-API-Key ${key}` });
    expect((await client.get("/api/accounts/")).status).toBe(200);

    const answer = await client.post(JOBS, importBody(emails(1), listId));
    expect(problem(answer)).toEqual({ status: 403, errors: [["permission_denied", "/data/"]] });
    expect(answer.data.errors[0].detail).toBe(
      "Your API key is missing required scopes: lists:write, profiles:write",
    );
  });

  test("each of several accounts sees its own lists only", async () => {
    const simulator = await simulate();
    const other = simulator.addAccount({ lists: [{ name: "Other" }] });
    const client = rawClient(simulator, {
      authorization: `Klaviyo-API-Key ${other.keys[0]?.key ?? ""}`,
    });
    const answer = await client.get("/api/lists");
    expect(answer.data.data.map(({ id }: { id: string }) => id)).toEqual([other.lists[0]?.id]);
    expect(answer.headers["cid"]).toBe(other.id);
    const foreign = await client.get(`/api/lists/${simulator.first.listId}`);
    expect(problem(foreign)).toEqual({ status: 404, errors: [["not_found", "/data/"]] });
  });
});

describe("the revision", () => {
  test.each([[undefined], ["latest"], ["2026-07-16"]])("%s is answered 400", async (revision) => {
    const simulator = await simulate();
    const answer = await rawClient(simulator, { revision }).get("/api/lists");
    expect(problem(answer)).toEqual({ status: 400, errors: [["invalid", "/data/"]] });
  });

  test("the answer names the revision and its retirement date", async () => {
    const simulator = await simulate();
    const { headers } = await rawClient(simulator).get("/api/lists");
    expect(headers["x-klaviyo-api-revision"]).toBe("2026-07-15");
    expect(headers["x-klaviyo-api-retirement-date"]).toBe("2028-07-15");
  });

  test("a retired one falls forward to the oldest supported, or is answered 410", async () => {
    const simulator = await simulate({ now: createClock().now });
    const retired = { revision: "2023-02-22" };
    const answer = await rawClient(simulator, retired).get("/api/lists");
    expect(answer.status).toBe(200);
    expect(answer.headers["x-klaviyo-api-revision"]).toBe("2025-01-15");
    const optOut = { ...retired, "x-klaviyo-revision-fall-forward-opt-out": "1" };
    expect((await rawClient(simulator, optOut).get("/api/lists")).status).toBe(410);
  });
});

describe("rate limits", () => {
  test("the burst window: ten jobs in a second, then 429 until the next second", async () => {
    const clock = createClock();
    const simulator = await simulate({ now: clock.now });
    const client = rawClient(simulator);
    const send = () => client.post(JOBS, importBody(emails(1)));
    clock.advance(300);
    const first = await send();
    expect(first.headers).toMatchObject({
      "ratelimit-limit": "10, 10;w=1, 150;w=60",
      "ratelimit-remaining": "9",
      "ratelimit-reset": "0",
    });
    for (let sent = 1; sent < 10; sent += 1) expect((await send()).status).toBe(202);

    const throttled = await send();
    expect(problem(throttled)).toEqual({ status: 429, errors: [["throttled", "/data"]] });
    expect(throttled.headers["retry-after"]).toBe("1");
    expect(throttled.headers).not.toHaveProperty("ratelimit-limit");
    clock.advance(699);
    expect((await send()).status).toBe(429);
    clock.advance(1);
    expect((await send()).status).toBe(202);
    expect(simulator.statistics()).toMatchObject({ importJobs: 11, throttled: 2 });
  });

  test("the steady window: 150 jobs in a minute, over all keys of the account", async () => {
    const clock = createClock();
    const simulator = await simulate({ now: clock.now });
    const { key } = simulator.addKey(simulator.first.accountId, {});
    const clients = [
      rawClient(simulator),
      rawClient(simulator, { authorization: `Klaviyo-API-Key ${key}` }),
    ];
    for (let sent = 0; sent < 150; sent += 1) {
      const answer = await clients[sent % 2]?.post(JOBS, importBody(emails(1)));
      expect(answer?.status).toBe(202);
      if (sent % 10 === 9) clock.advance(1000);
    }
    const throttled = await clients[0]?.post(JOBS, importBody(emails(1)));
    expect(throttled?.status).toBe(429);
    expect(throttled?.headers["retry-after"]).toBe("45");
    // Other endpoints and other accounts have windows of their own.
    expect((await clients[0]?.get(JOBS))?.status).toBe(200);
    clock.advance(45_000);
    expect((await clients[1]?.post(JOBS, importBody(emails(1))))?.status).toBe(202);
  });

  test("an account's windows start at its own time", async () => {
    const clock = createClock();
    const accounts = [{ windowPhaseMilliseconds: 20_500 }];
    const simulator = await simulate({ now: clock.now, accounts });
    const client = rawClient(simulator);
    expect((await client.get("/api/accounts")).status).toBe(200);
    expect((await client.get("/api/accounts")).status).toBe(429);
    clock.advance(499);
    expect((await client.get("/api/accounts")).status).toBe(429);
    clock.advance(1);
    expect((await client.get("/api/accounts")).status).toBe(200);
  });

  test("150 lists may be created in a day", async () => {
    const clock = createClock();
    const simulator = await simulate({ now: clock.now });
    const client = rawClient(simulator);
    const body = { data: { type: "list", attributes: { name: "One of many" } } };
    for (let made = 0; made < 150; made += 1) {
      expect((await client.post("/api/lists", body)).status).toBe(201);
      clock.advance(500);
    }
    clock.advance(60_000);
    const throttled = await client.post("/api/lists", body);
    expect(throttled.status).toBe(429);
    expect(Number(throttled.headers["retry-after"])).toBeGreaterThan(3600);
  });

  test("asking for a list's profile count is limited to once a second", async () => {
    const simulator = await simulate({ now: createClock().now });
    const client = rawClient(simulator);
    const path = `/api/lists/${simulator.first.listId}`;
    const costly = `${path}?additional-fields[list]=profile_count`;
    const counted = await client.get(costly);
    expect(counted.data.data.attributes.profile_count).toBe(0);
    expect((await client.get(costly)).status).toBe(429);
    expect((await client.get(path)).status).toBe(200);
  });

  test("limits can be scaled and switched off", async () => {
    const now = createClock().now;
    const doubled = rawClient(await simulate({ now, rateLimitScale: 2 }));
    expect((await doubled.get(JOBS)).headers["ratelimit-limit"]).toBe("20, 20;w=1, 300;w=60");
    const unlimited = rawClient(await simulate({ now, rateLimitScale: Infinity }));
    for (let sent = 0; sent < 20; sent += 1) expect((await unlimited.get(JOBS)).status).toBe(200);
  });
});

describe("the body", () => {
  test("anything but JSON is answered 415", async () => {
    const simulator = await simulate();
    for (const type of ["text/csv", undefined]) {
      const client = rawClient(simulator, { "content-type": type });
      client.defaults.headers.post["Content-Type"] = type ?? false;
      expect((await client.post(JOBS, "email")).status).toBe(415);
    }
  });

  test("malformed JSON is answered 400, and the text is not repeated", async () => {
    const answer = await rawClient(await simulate()).post(JOBS, '{"data": secret@shop.example}');
    expect(problem(answer)).toEqual({ status: 400, errors: [["invalid", "/data"]] });
    expect(JSON.stringify(answer.data)).not.toContain("secret");
  });

  test("more than 5 MB is answered 413, and nothing is imported", async () => {
    const simulator = await simulate();
    const padding = { properties: { note: "x".repeat(90_000) } };
    const profiles = emails(56).map((email) => ({ email, ...padding }));
    const client = rawClient(simulator);
    expect((await client.post(JOBS, importBody(profiles))).status).toBe(413);
    expect((await client.post(JOBS, importBody(profiles.slice(0, 54)))).status).toBe(202);
    expect(simulator.statistics().importJobs).toBe(1);
  });
});

test("unknown paths are answered 404, wrong methods 405", async () => {
  const client = rawClient(await simulate());
  expect((await client.get("/api/segments")).status).toBe(404);
  const answer = await client.delete("/api/profiles");
  expect(answer.status).toBe(405);
  expect(answer.headers["allow"]).toBe("GET, POST");
});
