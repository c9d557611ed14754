import type { Credential } from "../../../../../../shared/domain/klaviyo/credential";
import { describe, expect, it } from "@jest/globals";
import { problem } from "../../../../../../shared/domain/problems/problem";
import {
  noSubscriptions,
  type EmailConsent,
  type Subscriber,
  type SubscriptionProgress,
} from "../../../../../../shared/domain/exports/subscription";
import type { KlaviyoFailure, SubscriptionJob } from "../../../../../../shared/ports";
import { settleDeadLetter } from "../../../../../../shared/use-cases/runs/settle/settle-dead-letter";
import { subscribeMembers } from "../../../../../../shared/use-cases/runs/subscribe/subscribe-members";
import { CLOCKS_APART_SECONDS, defaultTuning } from "../../../../../../shared/domain/runs/tuning";
import { aConnection, anExport, anInstant, aPlan, aRun } from "../../../../../support/builders";
import { fakeClock } from "../../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { accessTo } from "../../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakePreviewStore } from "../../../../../support/fakes/stores/preview-store";
import { fakeQueues, fakeRunFiles } from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";
import { fakeSecretStore } from "../../../../../support/fakes/stores/secret-store";

const acknowledgement = {
  agreedBy: "a",
  agreedAt: anInstant,
  wordingVersion: "1",
  wording: "I do",
};
const people = (...emails: string[]): Subscriber[] => emails.map((email) => ({ email }));
const named = (positions: number[]): KlaviyoFailure => ({
  kind: "invalid",
  errors: positions.map((position) => ({
    code: "invalid",
    detail: "no",
    pointer: `/data/attributes/profiles/data/${String(position)}/attributes/email`,
  })),
});

/** A run that has been accounted for, with batches of people; everybody has a profile in Klaviyo. */
function aSituation(options: {
  batches: Record<number, readonly Subscriber[]>;
  consents?: Record<string, Partial<EmailConsent>>;
  progress?: Partial<SubscriptionProgress>;
  /** Answers of the look-ups and of the requests, in turn; after them all succeed. */
  lookUps?: (KlaviyoFailure | undefined)[];
  posts?: (KlaviyoFailure | undefined)[];
  /** Klaviyo knows nothing of them. */
  missing?: readonly string[];
  /** @default false */
  doubleOptIn?: boolean;
}) {
  const clock = fakeClock();
  const connection = aConnection();
  const requested = Object.values(options.batches).flat().length;
  const run = aRun({ status: "running", plan: aPlan(), settledChunks: 2 });
  const runs = fakeRunStore({
    ...run,
    settings: { ...run.settings, subscription: { historicalImport: false, acknowledgement } },
    subscribing: {
      batches: Object.keys(options.batches).length,
      done: 0,
      leaseUntil: 0,
      numbers: { ...noSubscriptions, requested },
      ...options.progress,
    },
  });
  const queues = fakeQueues();
  const files = fakeRunFiles({}, options.batches);
  const jobs: SubscriptionJob[] = [];
  const lookedUp: string[][] = [];
  const klaviyo = {
    async getList(_key: Credential, id: string) {
      const { doubleOptIn = false } = options;
      return { ok: true as const, value: { id, name: "A list", doubleOptIn } };
    },
    async listEmailConsents(_key: Credential, emails: readonly string[], after?: string) {
      const failure = options.lookUps?.shift();
      if (failure !== undefined) {
        return { ok: false as const, failure };
      }
      lookedUp.push([...emails]);
      const known = emails.filter((email) => options.missing?.includes(email) !== true);
      // Two a page, so that pages count.
      const start = Number(after ?? "0");
      return {
        ok: true as const,
        value: {
          items: known.slice(start, start + 2).map((email) => ({
            email,
            consent: "NEVER_SUBSCRIBED",
            suppressions: [],
            ...options.consents?.[email],
          })),
          ...(start + 2 < known.length ? { next: String(start + 2) } : {}),
        },
      };
    },
    async createSubscriptionJob(_key: Credential, job: SubscriptionJob) {
      const failure = options.posts?.shift();
      if (failure !== undefined) {
        return { ok: false as const, failure };
      }
      jobs.push(job);
      return { ok: true as const, value: undefined };
    },
  };
  const connections = fakeConnectionStore(connection);
  const secrets = fakeSecretStore({ [connection.secretArn]: "pk_test" });
  const dependencies = {
    connections,
    exports: fakeExportStore(anExport()),
    previews: fakePreviewStore(),
    runs,
    klaviyo: accessTo(klaviyo, { connections, secrets, clock }),
    files,
    clock,
    queues,
    tuning: defaultTuning,
    log: fakeLog(),
  };
  const subscribe = (done = 0, attempt = 0) =>
    subscribeMembers(
      dependencies,
      { step: "subscribe", runId: "run-1", done, attempt },
      new Date(clock.now().getTime() + 120_000),
    );
  return {
    ...{ dependencies, klaviyo, subscribe, clock, runs, queues, files, lookedUp },
    asked: () => jobs.map(({ subscribers }) => subscribers.map(({ email }) => email)),
    progress: () => runs.stored.get("run-1")!.subscribing!,
  };
}

describe("subscribing a run's members", () => {
  it("asks for the willing ones, a batch a request, and then settles the run", async () => {
    const situation = aSituation({
      batches: { 1: people("a@x.io", "b@x.io", "c@x.io"), 2: people("d@x.io", "e@x.io") },
      consents: {
        "b@x.io": { consent: "UNSUBSCRIBED" },
        "c@x.io": { suppressions: ["HARD_BOUNCE"] },
        "d@x.io": { consent: "SUBSCRIBED" },
      },
    });

    await situation.subscribe();

    expect(situation.asked()).toEqual([["a@x.io"], ["e@x.io"]]);
    expect(situation.progress()).toEqual({
      batches: 2,
      done: 2,
      leaseUntil: 0,
      numbers: {
        requested: 5,
        accepted: 2,
        uncertain: 0,
        alreadySubscribed: 1,
        excludedUnsubscribed: 1,
        excludedSuppressed: 1,
        excludedWithoutConsent: 0,
        excludedConsentUnclear: 0,
        excludedWithoutConsentTime: 0,
        failed: 0,
      },
    });
    expect([...situation.files.subscriptions]).toMatchObject([
      [1, { state: "over", settled: ["a@x.io"], excluded: ["b@x.io", "c@x.io"] }],
      [2, { state: "over", settled: ["e@x.io", "d@x.io"], excluded: [] }],
    ]);
    expect(situation.queues.sent).toEqual([{ step: "settle", runId: "run-1", delaySeconds: 0 }]);
  });

  it.each<[string, KlaviyoFailure]>([
    ["is away", { kind: "unavailable", reason: "status 503" }],
    ["asks for patience", { kind: "throttled", retryAfterMilliseconds: 1_000 }],
  ])("asks for nobody while Klaviyo %s when they are looked up", async (_how, failure) => {
    // The first page is there, the second is not.
    const situation = aSituation({
      batches: { 1: people("a@x.io", "b@x.io", "c@x.io") },
      lookUps: [undefined, failure],
    });

    await situation.subscribe();

    expect(situation.asked()).toEqual([]);
    expect(situation.progress()).toMatchObject({ done: 0, leaseUntil: 0 });
    expect(situation.queues.sent).toEqual([
      expect.objectContaining({ step: "subscribe", done: 0, attempt: 1 }),
    ]);

    await situation.subscribe(0, 1);
    expect(situation.asked()).toEqual([["a@x.io", "b@x.io", "c@x.io"]]);
  });

  it("gives up after so many attempts, counts the rest as failed, and says why", async () => {
    const situation = aSituation({
      batches: { 1: people("a@x.io"), 2: people("b@x.io", "c@x.io") },
      lookUps: [{ kind: "unavailable", reason: "status 503" }],
    });

    await situation.subscribe(0, defaultTuning.attempts);
    expect(situation.progress()).toMatchObject({
      done: 2,
      numbers: { requested: 3, failed: 3 },
      problem: { code: "klaviyoUnavailable" },
    });
    expect(situation.queues.sent).toEqual([{ step: "settle", runId: "run-1", delaySeconds: 0 }]);
  });

  it("leaves out whom Klaviyo refuses by name, and asks for the others", async () => {
    const situation = aSituation({
      batches: { 1: people("a@x.io", "b@x.io", "c@x.io") },
      posts: [named([1])],
    });

    await situation.subscribe();

    expect(situation.asked()).toEqual([["a@x.io", "c@x.io"]]);
    expect(situation.progress().numbers).toMatchObject({ accepted: 2, failed: 1 });
    expect(situation.files.subscriptions.get(1)?.settled).toEqual(["a@x.io", "c@x.io"]);
  });

  it("does not ask for whom Klaviyo does not find, nor remember them", async () => {
    const situation = aSituation({
      batches: { 1: people("a@x.io", "b@x.io") },
      missing: ["b@x.io"],
    });
    await situation.subscribe();
    expect(situation.asked()).toEqual([["a@x.io"]]);
    expect(situation.progress().numbers).toMatchObject({ accepted: 1, failed: 1 });
    expect(situation.files.subscriptions.get(1)).toMatchObject({
      settled: ["a@x.io"],
      excluded: [],
    });
  });

  it("stops at once when the key lacks the scope, and says nothing of it on the connection", async () => {
    const detail = "Your API key is missing required scopes: subscriptions:write";
    const situation = aSituation({
      batches: { 1: people("a@x.io"), 2: people("b@x.io") },
      posts: [{ kind: "scopesMissing", detail }],
    });
    await situation.subscribe();
    expect(situation.asked()).toEqual([]);
    expect(situation.progress()).toMatchObject({
      done: 2,
      numbers: { failed: 2 },
      problem: { code: "scopesMissing", params: { scopes: "subscriptions:write" } },
    });
    const connection = await situation.dependencies.connections.get("connection-1");
    expect(connection?.keyFinding.problem).toBeUndefined();
  });

  it("asks for nobody further when the run is stopped", async () => {
    const situation = aSituation({ batches: { 1: people("a@x.io") } });
    await situation.runs.stop("run-1", problem("runCanceled"));
    await situation.subscribe();
    expect(situation.asked()).toEqual([]);
    expect(situation.progress()).toMatchObject({ done: 1, numbers: { failed: 1 } });
  });
});

describe("subscribing to a list with double opt-in", () => {
  const lost: KlaviyoFailure = { kind: "unavailable", reason: "ECONNRESET" };

  it("asks for nobody twice when no answer comes, says of whom that is so, and remembers them", async () => {
    const situation = aSituation({
      doubleOptIn: true,
      batches: { 1: people("a@x.io", "b@x.io"), 2: people("c@x.io") },
      consents: { "b@x.io": { consent: "SUBSCRIBED" } },
      posts: [lost],
    });
    await situation.subscribe();
    // Klaviyo may be in trouble, so the next batch waits.
    expect(situation.queues.sent).toMatchObject([{ step: "subscribe", done: 1, attempt: 1 }]);
    await situation.subscribe(1, 1);

    expect(situation.asked()).toEqual([["c@x.io"]]);
    expect(situation.progress()).toMatchObject({
      done: 2,
      numbers: { requested: 3, uncertain: 1, alreadySubscribed: 1, accepted: 1, failed: 0 },
      problem: { code: "klaviyoUnavailable" },
    });
    expect(situation.files.subscriptions.get(1)).toMatchObject({ settled: ["a@x.io", "b@x.io"] });
  });

  it("loses no more than a few batches to a Klaviyo that does not answer", async () => {
    const batches = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [index + 1, people(`p${String(index)}@x.io`)]),
    );
    const situation = aSituation({
      ...{ doubleOptIn: true, batches },
      posts: Array.from({ length: 30 }, () => lost),
    });
    let attempt = 0;
    while (situation.progress().done < 30) {
      await situation.subscribe(situation.progress().done, attempt);
      attempt += 1;
    }
    const { uncertain, failed } = situation.progress().numbers;
    expect([uncertain, failed]).toEqual([
      defaultTuning.attempts + 1,
      30 - defaultTuning.attempts - 1,
    ]);
  });

  it.each<[string, KlaviyoFailure]>([
    ["was not reached", { kind: "unavailable", reason: "ECONNREFUSED", unreached: true }],
    ["asked for patience", { kind: "throttled", retryAfterMilliseconds: 1_000 }],
  ])("asks again when Klaviyo %s, since it took nothing", async (_how, failure) => {
    const situation = aSituation({
      ...{ doubleOptIn: true, batches: { 1: people("a@x.io") }, posts: [failure] },
    });
    await situation.subscribe();
    expect(situation.progress()).toMatchObject({ done: 0 });
    await situation.subscribe(0, 1);
    expect(situation.asked()).toEqual([["a@x.io"]]);
    expect(situation.progress().numbers).toMatchObject({ accepted: 1, uncertain: 0 });
  });

  it("does not go on with a batch whose worker died while asking", async () => {
    const situation = aSituation({ doubleOptIn: true, batches: { 1: people("a@x.io", "b@x.io") } });
    const { files, klaviyo } = situation;
    const died = new Error("killed");
    const post = klaviyo.createSubscriptionJob;
    klaviyo.createSubscriptionJob = async (...call) => {
      await post(...call);
      throw died;
    };
    await expect(situation.subscribe()).rejects.toBe(died);
    expect(files.subscriptions.get(1)).toMatchObject({
      ...{ state: "asking", asking: ["a@x.io", "b@x.io"] },
    });
    klaviyo.createSubscriptionJob = post;

    // Also when the run is stopped meanwhile.
    await situation.runs.stop("run-1", problem("runCanceled"));
    await situation.subscribe();
    expect(situation.asked()).toHaveLength(1);
    expect(situation.progress().numbers).toMatchObject({ uncertain: 2, failed: 0 });
  });

  it("counts a batch once that was kept, but not in the run", async () => {
    const situation = aSituation({ doubleOptIn: true, batches: { 1: people("a@x.io") } });
    const { runs } = situation.dependencies;
    const keepSubscribing = runs.keepSubscribing;
    const died = new Error("killed");
    runs.keepSubscribing = () => Promise.reject(died);
    await expect(situation.subscribe()).rejects.toBe(died);
    runs.keepSubscribing = keepSubscribing;
    situation.clock.advance(200_000);

    await situation.subscribe();
    expect(situation.asked()).toEqual([["a@x.io"]]);
    expect(situation.progress()).toMatchObject({ done: 1, numbers: { accepted: 1 } });
  });
});

describe("messages to subscribe", () => {
  it("wait for the worker that holds the run, and take over from one that died", async () => {
    const situation = aSituation({
      batches: { 1: people("a@x.io") },
      progress: { leaseUntil: Date.parse(anInstant) + 60_000 },
    });

    await situation.subscribe();
    expect(situation.asked()).toEqual([]);
    expect(situation.queues.sent).toMatchObject([{ step: "subscribe", done: 0, delaySeconds: 60 }]);

    situation.clock.advance(60_000);
    await situation.subscribe();
    expect(situation.asked()).toEqual([["a@x.io"]]);
  });

  it("have no effect when they come again, but that the run is settled", async () => {
    const situation = aSituation({ batches: { 1: people("a@x.io") } });
    await situation.subscribe();
    await situation.subscribe();
    await situation.subscribe(1);
    expect(situation.asked()).toHaveLength(1);
    expect(situation.queues.sent.map(({ step }) => step)).toEqual(["settle", "settle"]);
  });

  it("give the run back when something breaks, so that they can come again", async () => {
    const situation = aSituation({ batches: { 1: people("a@x.io") } });
    const broken = new Error("S3 is away");
    const { files } = situation.dependencies;
    const write = files.writeSubscriptionOutcome;
    files.writeSubscriptionOutcome = () => Promise.reject(broken);
    await expect(situation.subscribe()).rejects.toBe(broken);
    expect(situation.progress()).toMatchObject({ done: 0, leaseUntil: 0 });

    files.writeSubscriptionOutcome = write;
    await situation.subscribe();
    expect(situation.progress()).toMatchObject({ done: 1, numbers: { accepted: 1 } });
  });

  it("that nobody could handle cost the run its subscriptions and nothing else", async () => {
    const situation = aSituation({ batches: { 1: people("a@x.io"), 2: people("b@x.io") } });
    await settleDeadLetter(situation.dependencies, {
      step: "subscribe",
      runId: "run-1",
      done: 0,
      attempt: 0,
    });
    expect(situation.progress()).toMatchObject({
      done: 2,
      numbers: { requested: 2, failed: 2 },
      problem: { code: "internalError" },
    });
    expect(situation.queues.sent).toEqual([{ step: "settle", runId: "run-1", delaySeconds: 0 }]);
  });
});

it("a worker's hold on subscribing outlasts its invocation also by a clock that is ahead", async () => {
  const situation = aSituation({ batches: { 1: people("a@x.io") } });
  const held: Date[] = [];
  const { claimSubscribing } = situation.runs;
  situation.runs.claimSubscribing = async (runId, now, leaseUntil) => {
    held.push(leaseUntil);
    return claimSubscribing(runId, now, leaseUntil);
  };
  const deadline = situation.clock.now().getTime() + 120_000;

  await situation.subscribe();

  expect(held).toHaveLength(1);
  expect(held[0]?.getTime()).toBeGreaterThan(deadline + CLOCKS_APART_SECONDS * 1_000);
});
