import { afterEach, describe, expect, test } from "@jest/globals";
import type { NewFaultRule } from "../../../infra/local/klaviyo/simulator";
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

/** Sends 40 requests for lists; the outcome is a status, or the error code of a connection. */
async function outcomes(seed: number, rules: NewFaultRule[]): Promise<(string | number)[]> {
  const simulator = await simulate({ rateLimitScale: Infinity, faults: { seed, rules } });
  const client = rawClient(simulator);
  const seen: (string | number)[] = [];
  for (let sent = 0; sent < 40; sent += 1) {
    seen.push(
      await client.get("/api/lists").then(
        ({ status }) => status,
        (failure: unknown) => (failure as { code: string }).code,
      ),
    );
  }
  return seen;
}

test("the same seed brings the same faults, another seed brings others", async () => {
  const rules: NewFaultRule[] = [
    { kind: "throttle", rate: 0.1 },
    { kind: "serverError", rate: 0.2 },
    { kind: "reset", rate: 0.1 },
    { kind: "firewall", rate: 0.1 },
  ];
  const first = await outcomes(7, rules);
  expect(await outcomes(7, rules)).toEqual(first);
  expect(await outcomes(8, rules)).not.toEqual(first);
  for (const expected of [200, 403, 429, "ECONNRESET"]) expect(first).toContain(expected);
});

describe("faults of requests", () => {
  const post = async (rule: NewFaultRule) => {
    const simulator = await simulate({ faults: { rules: [rule] } });
    const { listId } = simulator.first;
    const send = () =>
      rawClient(simulator)
        .post(JOBS, importBody(emails(1), listId))
        .catch((failure: unknown) => ({
          status: (failure as { code: string }).code,
          headers: {},
          data: undefined,
        }));
    return { simulator, listId, send };
  };

  test("a throttled request says when to come again", async () => {
    const { send, simulator } = await post({ kind: "throttle", rate: 1, retryAfterSeconds: 7 });
    const answer = await send();
    expect(answer.status).toBe(429);
    expect(answer.headers).toMatchObject({ "retry-after": "7" });
    expect(simulator.statistics()).toMatchObject({ throttled: 1, faults: { throttle: 1 } });
  });

  test("requests may pass before the others are throttled", async () => {
    const { send, simulator } = await post({ kind: "throttle", rate: 1, spared: 2 });
    const answers = [await send(), await send(), await send(), await send()];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 429, 429]);
    expect(simulator.statistics()).toMatchObject({ throttled: 2, faults: { throttle: 2 } });
  });

  test("a connection is cut before the job is taken, or after (a lost answer)", async () => {
    const before = await post({ kind: "reset", rate: 1, limit: 1 });
    expect((await before.send()).status).toBe("ECONNRESET");
    expect(before.simulator.jobs()).toHaveLength(0);
    expect((await before.send()).status).toBe(202);

    const after = await post({ kind: "reset", rate: 1, limit: 1, when: "after" });
    expect((await after.send()).status).toBe("ECONNRESET");
    expect([...after.simulator.members(after.listId)]).toEqual(emails(1));
    expect(after.simulator.statistics().answers).toEqual({ bulk_import_profiles: { reset: 1 } });
  });

  test("server errors come from a list, before or after the effect", async () => {
    const rule = { kind: "serverError", rate: 1, statuses: [524] } satisfies NewFaultRule;
    const before = await post(rule);
    expect((await before.send()).status).toBe(524);
    expect(before.simulator.jobs()).toHaveLength(0);
    const after = await post({ ...rule, when: "after" });
    expect((await after.send()).status).toBe(524);
    expect(after.simulator.jobs()).toHaveLength(1);
  });

  test("the firewall's 403 is a page, not an API error", async () => {
    const { send } = await post({ kind: "firewall", rate: 1 });
    const answer = await send();
    expect(answer.status).toBe(403);
    expect(answer.headers).toMatchObject({
      "cf-mitigated": "challenge",
      "content-type": "text/html; charset=UTF-8",
    });
  });

  test("an answer can lack the job's id", async () => {
    const { send, simulator } = await post({ kind: "withoutId", rate: 1 });
    const answer = await send();
    expect(answer.status).toBe(202);
    expect(answer.data.data).not.toHaveProperty("id");
    expect(simulator.jobs()).toHaveLength(1);
  });

  test("a slow answer comes after the effect, and closing does not wait for it", async () => {
    const rule = { kind: "slow", leastMilliseconds: 3_600_000, mostMilliseconds: 3_600_000 };
    const { send, simulator } = await post({ ...rule, kind: "slow", rate: 1 });
    const answer = send();
    while (simulator.jobs().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await simulator.close();
    expect((await answer).status).toBe("ECONNRESET");
  });

  test("a rule can be bound to operations", async () => {
    const operations = ["get_lists" as const];
    const { send, simulator } = await post({ kind: "throttle", rate: 1, operations });
    expect((await send()).status).toBe(202);
    expect((await rawClient(simulator).get("/api/lists")).status).toBe(429);
  });
});

describe("faults of profiles and jobs", () => {
  test("well-formed profiles are refused at once, the same ones each time", async () => {
    const simulator = await simulate({ faults: { rules: [{ kind: "refuseProfile", rate: 0.1 }] } });
    const client = rawClient(simulator);
    const sent = emails(100);
    const refused = sent.filter((email) => simulator.fateOf(email) === "refused");
    expect(refused.length).toBeGreaterThan(2);

    const answer = await client.post(JOBS, importBody(sent, simulator.first.listId));
    expect(problem(answer).errors.map(([, pointer]) => pointer)).toEqual(
      refused.map(
        (email) => `/data/attributes/profiles/data/${sent.indexOf(email)}/attributes/email`,
      ),
    );
    const rest = sent.filter((email) => !refused.includes(email));
    const again = await client.post(JOBS, importBody(rest, simulator.first.listId));
    expect(again.status).toBe(202);
    expect(simulator.statistics().profilesRefused).toBe(refused.length);
  });

  test("a refusal can name the profile, or no profile at all", async () => {
    const rules: NewFaultRule[] = [
      { kind: "refuseProfile", emails: ["member0@shop.example"], pointer: "profile" },
      { kind: "refuseProfile", pattern: "^member2@", pointer: "job" },
    ];
    const simulator = await simulate({ faults: { rules } });
    const answer = await rawClient(simulator).post(JOBS, importBody(emails(3)));
    expect(problem(answer).errors).toEqual([
      ["invalid", "/data/attributes/profiles/data/0"],
      ["invalid", "/data"],
    ]);
  });

  test("profiles fail later, in each form of original_payload", async () => {
    const fail = (payload: "flat" | "email" | "resource" | "none", index: number) =>
      ({ kind: "failProfile", emails: emails(4).slice(index, index + 1), payload }) as const;
    const rules = (["flat", "email", "resource", "none"] as const).map(fail);
    const simulator = await simulate({ faults: { rules } });
    const client = rawClient(simulator);
    const { listId } = simulator.first;
    const profiles = emails(5).map((email) => ({ email, first_name: "Ada" }));
    const { data } = await client.post(JOBS, importBody(profiles, listId));

    const errors = await client.get(`${JOBS}/${data.data.id}/import-errors?page[size]=3`);
    const rest = await client.get(errors.data.links.next);
    const all = [...errors.data.data, ...rest.data.data];
    expect(all.map(({ attributes }) => attributes.original_payload)).toEqual([
      { email: "member0@shop.example", first_name: "Ada" },
      { email: "member1@shop.example" },
      { type: "profile", attributes: { email: "member2@shop.example", first_name: "Ada" } },
      null,
    ]);
    expect(all[3].attributes.source.pointer).toBe(
      "/data/attributes/profiles/data/3/attributes/email",
    );
    expect([...simulator.members(listId)]).toEqual(["member4@shop.example"]);
    expect(simulator.jobs()).toMatchObject([{ status: "complete", completed: 1, failed: 4 }]);
  });

  test("a cancelled job has imported a share of its profiles", async () => {
    const rules: NewFaultRule[] = [{ kind: "cancelJob", rate: 1, limit: 1, afterShare: 0.3 }];
    const simulator = await simulate({ faults: { rules } });
    const client = rawClient(simulator);
    const { listId } = simulator.first;
    const first = await client.post(JOBS, importBody(emails(10), listId));
    const { attributes } = (await client.get(`${JOBS}/${first.data.data.id}`)).data.data;
    expect(attributes).toMatchObject({
      status: "cancelled",
      completed_count: 3,
      completed_at: null,
    });
    await client.post(JOBS, importBody(emails(10), listId));
    expect(simulator.list(listId).members).toBe(10);
  });

  test("others use a part of the account's quota", async () => {
    const clock = createClock();
    const operations = ["bulk_import_profiles" as const];
    const rules: NewFaultRule[] = [{ kind: "otherUsers", operations, requestsPerSecond: 5 }];
    const simulator = await simulate({ now: clock.now, faults: { rules } });
    const client = rawClient(simulator);
    const send = async () => (await client.post(JOBS, importBody(emails(1)))).status;
    await send();
    // From the end of the first second on, 5 of each 10 are gone before we come.
    clock.advance(1999);
    const statuses = [];
    for (let sent = 0; sent < 10; sent += 1) statuses.push(await send());
    expect(statuses.filter((status) => status === 202)).toHaveLength(5);
  });
});
