import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { ApiError, createApiClient, type ApiClient } from "../../../../infra/client/client";

interface Sent extends Omit<RequestInit, "headers"> {
  readonly address: string;
  readonly headers: Record<string, string>;
}

/** A client whose requests are answered by these, one after another, the last of them ever again. */
function aClient(...answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const api = createApiClient({
    url: "https://api.example",
    token: () => "token",
    fetch: async (address, init) => {
      init.signal?.throwIfAborted();
      sent.push({ ...init, address, headers: init.headers as Record<string, string> });
      const answer = answers[Math.min(sent.length, answers.length) - 1]!;
      if (answer instanceof Error) throw answer;
      return answer.clone();
    },
  });
  return { api, sent };
}
const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status });
const problem = { code: "exportNotFound", detail: "There is none.", status: 404 };
const offline = new TypeError("fetch failed");

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** What comes of a call, and of all its repetitions. */
async function outcomeOf<Answer>(call: Promise<Answer>): Promise<PromiseSettledResult<Answer>> {
  const [[result]] = await Promise.all([
    Promise.allSettled([call]),
    jest.advanceTimersByTimeAsync(60_000),
  ]);
  return result;
}
const failureOf = async (call: Promise<unknown>) => {
  const result = await outcomeOf(call);
  if (result.status === "fulfilled") throw new Error("there is an answer");
  return result.reason instanceof ApiError ? result.reason.failure : result.reason;
};

describe("a request", () => {
  test("is what the operation's route takes: path, query, body, headers", async () => {
    const { api, sent } = aClient(json({}));
    await api.viewSegment({ path: { segment: "a b/ü" }, query: { emailField: "E+Mail 1" } });
    await api.updateExport({
      path: { exportId: "e1" },
      ifMatch: 3,
      body: {
        ...{ displayName: "N", connectionId: "c1", listId: "LiSt01", segments: ["s"] },
        mapping: { email: "Email", phone_number: undefined },
      },
    });
    const { address, ...first } = sent[0]!;
    expect(address).toBe("https://api.example/segments/a%20b%2F%C3%BC?emailField=E%2BMail%201");
    expect(first).toEqual({
      ...{ method: "GET", redirect: "error", headers: { authorization: "Bearer token" } },
    });
    expect(sent[1]).toEqual({
      ...{ method: "PUT", redirect: "error", address: "https://api.example/exports/e1" },
      headers: {
        authorization: "Bearer token",
        "content-type": "application/json",
        "if-match": '"3"',
      },
      body: '{"displayName":"N","connectionId":"c1","listId":"LiSt01","segments":["s"],"mapping":{"email":"Email"}}',
    });
  });

  test("has in its query what is read from it, or what is written there", async () => {
    const { api, sent } = aClient(json({ items: [] }));
    const from = new Date("2026-11-02T08:00:00Z");
    await api.viewAudit({ query: { limit: 5, after: undefined, from } });
    await api.viewAudit({ query: { limit: "5", from: "2026-11-02" } });
    await api.listExports({ query: { detached: true } });
    await api.listExports();
    expect(sent.map(({ address }) => address.replace("https://api.example", ""))).toEqual([
      "/audit?limit=5&from=2026-11-02T08%3A00%3A00.000Z",
      "/audit?limit=5&from=2026-11-02",
      "/exports?detached=true",
      "/exports",
    ]);
  });

  test("has an Idempotency-Key where the route takes one: the caller's, else a new one", async () => {
    const { api, sent } = aClient(json({}));
    await api.runAll({ idempotencyKey: "mine" });
    await api.runAll();
    await api.runAll();
    await api.cancelRun({ path: { runId: "r1" } });
    const [given, first, second, none] = sent.map(({ headers }) => headers["idempotency-key"]);
    expect([given, none]).toEqual(["mine", undefined]);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
  });
});

describe("an answer", () => {
  test("is the answer's body; of an operation without one it is undefined", async () => {
    expect(await aClient(json({ runId: "r1" })).api.viewRun({ path: { runId: "r1" } })).toEqual({
      runId: "r1",
    });
    const gone = new Response(null, { status: 204 });
    const deleted = aClient(gone).api.deleteExport({ path: { exportId: "e1" } });
    await expect(deleted).resolves.toBeUndefined();
  });

  test.each([
    ["a refusal is its problem", json(problem, 404), { kind: "refused", status: 404, problem }],
    ["the gateway's is foreign", json({ message: "no" }, 401), { kind: "foreign", json: true }],
    [
      "a web page is foreign",
      new Response("<html>"),
      { kind: "foreign", status: 200, json: false },
    ],
    [
      "what is longer than the API's answers is foreign, and not read to its end",
      new Response(`"${"x".repeat(10_000_000)}"`),
      { kind: "foreign", status: 200, json: false },
    ],
    ["nothing is foreign", new Response(""), { kind: "foreign", status: 200, json: false }],
    ["no answer is known by its cause", offline, { kind: "unreachable", cause: offline }],
  ])("that is none is an error: %s", async (_what, answer, failure) => {
    const { api } = aClient(answer);
    expect(await failureOf(api.viewExport({ path: { exportId: "e1" } }))).toMatchObject(failure);
  });

  test("that is none is the error that the client's owner makes of it", async () => {
    const api = createApiClient({
      ...{ url: "https://api.example", token: () => "token" },
      fetch: async () => json(problem, 404),
      errorOf: (failure) => new RangeError(failure.kind),
    });
    expect(await failureOf(api.viewSchedule())).toEqual(new RangeError("refused"));
  });
});

describe("a repetition", () => {
  const post = (api: ApiClient) => api.runAll();
  const read = (api: ApiClient) => api.viewSchedule();
  const cancel = (api: ApiClient) => api.cancelRun({ path: { runId: "r1" } });

  test.each([
    ["what reads", read, offline, 4],
    ["what reads", read, json({}, 429), 6],
    ["what reads", read, json({}, 503), 6],
    ["what has a key", post, json({}, 502), 4],
    ["what has a key", post, offline, 4],
    ["not what has none", cancel, offline, 1],
    ["not what has none", cancel, json({}, 503), 1],
    ["not what is refused for good", read, json(problem, 404), 1],
    ["not what is a fault of the API", read, json({}, 500), 1],
  ])("is made of %s (%#)", async (_what, call, answer, times) => {
    const { api, sent } = aClient(answer);
    await failureOf(call(api));
    expect(sent).toHaveLength(times);
    expect(new Set(sent.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  });

  test("may succeed", async () => {
    const { api, sent } = aClient(offline, json({}, 503), json({ items: [] }, 202));
    expect(await outcomeOf(api.runAll())).toMatchObject({ value: { items: [] } });
    expect(sent).toHaveLength(3);
  });

  const later = (after: string) =>
    new Response(JSON.stringify({ ...problem, code: "klaviyoUnavailable" }), {
      status: 503,
      headers: { "retry-after": after },
    });

  test("is made when the API says, of whatever it is, as long as the client is patient", async () => {
    const waits: number[] = [];
    const answers = [later("20"), later("25"), new Response(null, { status: 204 })];
    const api = createApiClient({
      ...{ url: "https://api.example", token: () => "token" },
      fetch: async () => answers.shift()!,
      patience: { milliseconds: 45_000, onWait: (milliseconds) => void waits.push(milliseconds) },
    });
    expect(await outcomeOf(api.deleteExport({ path: { exportId: "e1" } }))).toMatchObject({
      status: "fulfilled",
    });
    expect(waits).toEqual([20_000, 25_000]);
  });

  test.each([
    ["that would take longer than the client is patient", later("61"), 1],
    ["when the API asks again and again, at some time", later("25"), 3],
    ["that the API wants at no time that is understood", later("Fri, 27 Nov 2026 10:00:00 GMT"), 6],
  ])("is not made %s", async (_what, answer, times) => {
    const { api, sent } = aClient(answer);
    expect(await failureOf(read(api))).toMatchObject({ kind: "refused", status: 503 });
    expect(sent).toHaveLength(times);
  });

  test("ends with its call while it is waited with", async () => {
    const { api, sent } = aClient(later("30"));
    const ending = new AbortController();
    const call = Promise.allSettled([api.viewSchedule({ signal: ending.signal })]);
    await jest.advanceTimersByTimeAsync(10_000);
    ending.abort();
    expect(await call).toMatchObject([{ reason: ending.signal.reason }]);
    expect(sent).toHaveLength(1);
  });

  test("is not made of a call that was ended", async () => {
    const { api, sent } = aClient(offline);
    const ending = new AbortController();
    const call = failureOf(api.viewSchedule({ signal: ending.signal }));
    ending.abort();
    expect(await call).toBe(ending.signal.reason);
    expect(sent.length).toBeLessThanOrEqual(1);
  });
});

test("what is not of an operation's contract does not compile", () => {
  const { api } = aClient(json({}));
  const wrong = [
    // @ts-expect-error The path's part is missing.
    () => api.viewExport(),
    // @ts-expect-error The query has no such parameter.
    () => api.listExports({ query: { color: "red" } }),
    // @ts-expect-error The body lacks a part.
    () => api.createKlaviyoList({ path: { connectionId: "c1" }, body: {} }),
    // @ts-expect-error The route knows no version.
    () => api.startRun({ path: { exportId: "e1" }, ifMatch: 3 }),
    // @ts-expect-error The route takes no key.
    () => api.cancelRun({ path: { runId: "r1" }, idempotencyKey: "k" }),
    // @ts-expect-error The answer has no such field.
    async () => (await api.viewRun({ path: { runId: "r1" } })).colour,
  ];
  expect(wrong).toHaveLength(6);
});
