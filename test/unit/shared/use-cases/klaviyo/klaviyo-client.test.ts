import { describe, expect, it, test } from "@jest/globals";
import { keyOf, textOf } from "../../../../support/fakes/credentials";
import type { SlotClaim } from "../../../../../shared/domain/klaviyo/rate-limit";
import type {
  Admission,
  Klaviyo,
  KlaviyoFailure,
  KlaviyoResult,
} from "../../../../../shared/ports";
import {
  lastCallBefore,
  type CallManner,
  type KlaviyoCalls,
} from "../../../../../shared/use-cases/klaviyo/klaviyo-client";
import { aConnection } from "../../../../support/builders";
import { fakeClock, fakeLimiter } from "../../../../support/fakes/clock-and-ids";
import { accessTo } from "../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../support/fakes/log";
import { fakeConnectionStore } from "../../../../support/fakes/stores/connection-store";
import { fakeSecretStore } from "../../../../support/fakes/stores/secret-store";

const connection = aConnection();
const patient: CallManner = { party: "run-1", patience: { milliseconds: 60_000 } };

/** A client whose every call is answered in the same way, and what it asks of whom. */
async function aClient({
  answer = () => ({ ok: true, value: undefined }),
  slotIn = 0,
  manner = patient,
}: {
  answer?: (apiKey: string) => KlaviyoResult<undefined>;
  slotIn?: number;
  manner?: CallManner;
} = {}) {
  const clock = fakeClock();
  const log = fakeLog();
  const calls: string[] = [];
  const claims: (SlotClaim & { family: string })[] = [];
  const heldBack: { quota: string; family: string; until: Date }[] = [];
  const limiter = fakeLimiter(clock, slotIn);
  const secrets = fakeSecretStore({ [connection.secretArn]: "pk_old" });
  const klaviyo = new Proxy({} as Klaviyo, {
    get: (_, name) => async (credential: Admission) => {
      await credential.turn?.();
      calls.push(`${String(name)} with ${textOf(credential)}`);
      return answer(textOf(credential));
    },
  });
  const access = accessTo(klaviyo, {
    ...{ connections: fakeConnectionStore(connection), secrets, clock, log },
    limiter: {
      ...limiter,
      reserve: async (quota, family, claim) => {
        claims.push({ ...claim, family });
        return limiter.reserve(quota, family, claim);
      },
      holdBack: async (quota, family, until) => {
        heldBack.push({ quota, family, until });
      },
    },
  });
  const client = await access.over(connection, manner);
  /** From now on the secret holds another key, which is read afresh only. */
  const replaceKey = (apiKey: string): { readonly reads: () => number } => {
    const read = secrets.read;
    let reads = 0;
    secrets.read = async (arn, options) => {
      reads += options?.fresh === true ? 1 : 0;
      return options?.fresh === true ? keyOf(apiKey) : read(arn, options);
    };
    return { reads: () => reads };
  };
  return { client, clock, log, calls, claims, heldBack, secrets, replaceKey };
}

const refusing =
  (failure: KlaviyoFailure, refused = "pk_old") =>
  (apiKey: string): KlaviyoResult<undefined> =>
    apiKey === refused ? { ok: false, failure } : { ok: true, value: undefined };

describe("the endpoint whose limit a call counts for", () => {
  const families: Record<keyof KlaviyoCalls, string> = {
    getList: "getList",
    listLists: "listLists",
    createList: "createList",
    getListSize: "getListSize",
    listProfiles: "listProfiles",
    removeFromList: "removeFromList",
    createImportJob: "createImportJob",
    getImportJob: "getImportJob",
    listImportJobs: "listImportJobs",
    listImportErrors: "listImportErrors",
    maySubscribe: "createSubscriptionJob",
    listEmailConsents: "listProfiles",
    listProfileValues: "listProfiles",
    createSubscriptionJob: "createSubscriptionJob",
  };

  test.each(Object.entries(families))("of %s is %s", async (name, family) => {
    const { client, claims, calls } = await aClient();
    const call = client[name as keyof KlaviyoCalls] as () => Promise<unknown>;
    expect(await call()).toMatchObject({ kind: "done" });
    expect(calls).toEqual([`${name} with pk_old`]);
    expect(claims).toMatchObject([{ family, party: "run-1" }]);
  });
});

describe("waiting for a turn", () => {
  it("does not make a call that has no slot in time, and says when there is one", async () => {
    const { client, clock, calls } = await aClient({ slotIn: 90_000 });
    expect(await client.getList("LiSt01")).toMatchObject({
      ...{ kind: "later", by: "limiter", problem: { code: "klaviyoUnavailable" } },
      at: new Date(clock.now().getTime() + 90_000),
    });
    expect(calls).toEqual([]);
  });

  it("waits until an instant, or so long for each call", async () => {
    const { client, clock, claims } = await aClient({ slotIn: 1_000 });
    const until = new Date(clock.now().getTime() + 10_000);
    await client.getList("LiSt01");
    await client.calling({ patience: { until } }).getList("LiSt01");
    expect(claims.map(({ patienceMilliseconds }) => patienceMilliseconds)).toEqual([60_000, 9_000]);
  });

  it("goes before others' only where it finishes what an earlier call began", async () => {
    const { client, claims } = await aClient();
    await client.calling({ continues: true }).getList("LiSt01");
    await client.getList("LiSt01");
    expect(claims.map(({ continues }) => continues)).toEqual([true, undefined]);
  });

  it("is for nobody where a person waits", async () => {
    const { client, claims } = await aClient({ manner: { patience: { milliseconds: 8_000 } } });
    await client.getList("LiSt01");
    expect(claims).toEqual([expect.objectContaining({ party: undefined })]);
  });

  it("ends so long before the invocation that a call's result can be kept", () => {
    const deadline = new Date("2026-11-02T08:01:00.000Z");
    expect(lastCallBefore(deadline)).toEqual(new Date("2026-11-02T08:00:20.000Z"));
  });
});

describe("Klaviyo asking for patience", () => {
  const throttled = { kind: "throttled", retryAfterMilliseconds: 7_000 } as const;

  it("holds back everybody who calls the account's endpoint", async () => {
    const { client, clock, heldBack } = await aClient({ answer: refusing(throttled) });
    const until = new Date(clock.now().getTime() + 7_000);
    expect(await client.createImportJob(Buffer.from(""))).toMatchObject({
      ...{ kind: "later", by: "klaviyo", at: until },
    });
    expect(heldBack).toEqual([{ quota: connection.account.id, family: "createImportJob", until }]);
  });

  it("is noted when it is for longer than is believed", async () => {
    const answer = refusing({ ...throttled, isShortened: true });
    const { client, log } = await aClient({ answer });
    await client.getList("LiSt01");
    expect(log.lines).toMatchObject([{ event: "patienceShortened" }]);
  });
});

describe("a key that Klaviyo refuses", () => {
  const refusals = [
    { kind: "keyRefused" },
    { kind: "scopesMissing", detail: "lists:write" },
  ] as const;

  it.each(refusals)("is read afresh, and the call made again: $kind", async (failure) => {
    const { client, calls, claims, replaceKey } = await aClient({ answer: refusing(failure) });
    replaceKey("pk_new");
    expect(await client.getList("LiSt01")).toMatchObject({ kind: "done" });
    await client.getListSize("LiSt01");
    expect(calls).toEqual([
      "getList with pk_old",
      "getList with pk_new",
      "getListSize with pk_new",
    ]);
    expect(claims).toHaveLength(3);
  });

  it("is read afresh once for calls that are refused together", async () => {
    const { client, replaceKey } = await aClient({ answer: refusing({ kind: "keyRefused" }) });
    const { reads } = replaceKey("pk_new");
    const asked = ["a", "b", "c"].map(async (jobId) => client.getImportJob(jobId));
    expect(await Promise.all(asked)).toMatchObject([
      { kind: "done" },
      { kind: "done" },
      { kind: "done" },
    ]);
    expect(reads()).toBe(1);
  });

  it.each(refusals)("is hopeless if there is no other: $kind", async (failure) => {
    const { client, calls } = await aClient({ answer: refusing(failure) });
    expect(await client.getList("LiSt01")).toMatchObject({ kind: "hopeless", stopsRun: true });
    expect(calls).toHaveLength(1);
  });

  it("is hopeless if the other is refused too", async () => {
    const answer = (): KlaviyoResult<undefined> => ({ ok: false, failure: { kind: "keyRefused" } });
    const { client, calls, replaceKey } = await aClient({ answer });
    replaceKey("pk_new");
    expect(await client.getList("LiSt01")).toMatchObject({ kind: "hopeless" });
    expect(calls).toEqual(["getList with pk_old", "getList with pk_new"]);
  });

  it("is hopeless if the secret can't be read any more", async () => {
    const { client, secrets } = await aClient({ answer: refusing({ kind: "keyRefused" }) });
    secrets.stored.clear();
    expect(await client.getList("LiSt01")).toMatchObject({
      problem: { code: "keyRefused" },
    });
  });
});

test("what Klaviyo's texts hold is in no problem", async () => {
  const text = "ann@example.org has pk_0123456789";
  const failures: KlaviyoFailure[] = [
    { kind: "scopesMissing", detail: `${text} lists:write` },
    { kind: "invalid", errors: [{ code: "invalid", detail: text, pointer: "/data" }] },
  ];
  for (const failure of failures) {
    const { client } = await aClient({ answer: refusing(failure) });
    const result = await client.getList("LiSt01");
    expect(JSON.stringify("problem" in result && result.problem)).not.toMatch(/example|pk_/);
  }
});
