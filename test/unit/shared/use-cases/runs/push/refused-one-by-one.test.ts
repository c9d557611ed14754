import { emptyRateLimitState } from "../../../../../../shared/domain/klaviyo/rate-limit";
import type { Credential } from "../../../../../../shared/domain/klaviyo/credential";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { defaultTuning } from "../../../../../../shared/domain/runs/tuning";
import type { RateLimiter, KlaviyoResult, ImportJob } from "../../../../../../shared/ports";
import { confirmRun } from "../../../../../../shared/use-cases/runs/confirm/confirm-run";
import { pushChunk } from "../../../../../../shared/use-cases/runs/push/push-chunk";
import { aConnection, aPlan, aRun } from "../../../../../support/builders";
import { fakeClock } from "../../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { accessTo } from "../../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../../support/fakes/log";
import {
  aJob,
  emailsIn,
  fakeJobs,
  fakeQueues,
  fakeRunFiles,
} from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";
import { fakeMetrics } from "../../../../../support/fakes/scheduling";
import { fakeSecretStore } from "../../../../../support/fakes/stores/secret-store";

/** How many of the bad profiles an answer names: all, the first, or none at all. */
type Naming = "all" | "one" | "none";

const emailOf = (index: number): string => `person-${index}@example.org`;

/** A Klaviyo that refuses a job while one bad profile is in it, and imports what it takes. */
function aKlaviyo(bad: ReadonlySet<number>, naming: Naming) {
  const isBad = (email: string) => bad.has(Number(/\d+/.exec(email)?.[0]));
  const onList: string[] = [];
  const jobs: ImportJob[] = [];
  let posts = 0;
  return {
    onList,
    posts: () => posts,
    jobs,
    createImportJob: async (_key: Credential, body: Buffer): Promise<KlaviyoResult<ImportJob>> => {
      posts += 1;
      const emails = emailsIn(body);
      const at = emails.flatMap((email, position) => (isBad(email) ? [position] : []));
      if (at.length === 0) {
        onList.push(...emails);
        const total = emails.length;
        const job = aJob({ jobId: `job-${jobs.length + 1}`, total, completed: total });
        jobs.push(job);
        return { ok: true, value: job };
      }
      const named = naming === "all" ? at : naming === "one" ? at.slice(0, 1) : [null];
      return {
        ok: false,
        failure: {
          kind: "invalid",
          errors: named.map((position) => ({
            code: "invalid",
            detail: "Invalid email address",
            pointer:
              position === null
                ? "/data"
                : `/data/attributes/profiles/data/${position}/attributes/email`,
          })),
        },
      };
    },
  };
}

/** Plays a run of one chunk to its settlement, with invocations that have time for `calls` calls each. */
async function play(profiles: number, bad: ReadonlySet<number>, naming: Naming, calls: number) {
  const clock = fakeClock();
  const connection = aConnection();
  const runs = fakeRunStore(
    aRun({
      status: "running",
      plan: aPlan({ chunkSizes: [profiles] }),
      stagedChunks: 1,
    }),
  );
  const faulty = aKlaviyo(bad, naming);
  const klaviyo = { ...fakeJobs({ jobs: faulty.jobs }), createImportJob: faulty.createImportJob };
  const queues = fakeQueues();
  const files = fakeRunFiles({ 1: Array.from({ length: profiles }, (_, index) => emailOf(index)) });
  const connections = fakeConnectionStore(connection);
  const secrets = fakeSecretStore({ [connection.secretArn]: "pk_test" });
  // Every call waits for a second, so that an invocation of `calls` seconds has room for as many.
  const limiter: RateLimiter = {
    reserve: async (_account, _family, claim) => {
      const at = new Date(clock.now().getTime() + 1_000);
      return claim.patienceMilliseconds < 1_000
        ? { kind: "later", at }
        : { kind: "slot", at, until: at, arrivedBy: at };
    },
    noteLateness: () => undefined,
    noteAnswerTime: () => undefined,
    look: async () => emptyRateLimitState,
    holdBack: async () => undefined,
    forget: async () => undefined,
  };
  const dependencies = {
    connections,
    runs,
    files,
    klaviyo: accessTo(klaviyo, { connections, secrets, clock, limiter }),
    queues,
    metrics: fakeMetrics(),
    clock,
    log: fakeLog(),
    tuning: defaultTuning,
  };
  await queues.push("group", [{ runId: "run-1", chunk: 1, attempt: 0 }]);
  for (let steps = 0; ; steps += 1) {
    const chunk = runs.chunks.get("run-1/1");
    if (chunk?.state === "settled") {
      const outcome = chunk.outcome;
      return {
        outcome,
        onList: faulty.onList,
        posts: faulty.posts(),
        jobs: faulty.jobs.length,
        files,
      };
    }
    if (steps > 10_000) throw new Error("it does not come to an end");
    const message = queues.sent.shift();
    const deadline = new Date(clock.now().getTime() + 40_000 + calls * 1_000 + 500);
    clock.advance(1_000 * (message?.delaySeconds ?? 1));
    if (message?.step === "push") {
      await pushChunk(dependencies, message, new Date(deadline.getTime() + 1_000));
    } else {
      const round = runs.stored.get("run-1")?.confirmRound ?? 0;
      await confirmRun(
        dependencies,
        { step: "confirm", runId: "run-1", round },
        new Date(clock.now().getTime() + 120_000),
      );
      clock.advance(30_000);
    }
  }
}

const aCase = fc.record({
  profiles: fc.integer({ min: 1, max: 200 }),
  badShare: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  naming: fc.constantFrom<Naming>("all", "one", "none"),
  calls: fc.integer({ min: 1, max: 60 }),
});

function drawBad(profiles: number, share: number, seed: number): ReadonlySet<number> {
  const isBad = (index: number) =>
    ((index + 1) * 2_654_435_761 + seed * 97) % 1_000 < share * 1_000;
  return new Set(Array.from({ length: profiles }, (_, index) => index).filter(isBad));
}

describe("a chunk some of whose profiles Klaviyo refuses", () => {
  it("of 1,000 profiles, 300 of them refused and one named an answer, 700 arrive within 1.2 calls a refusal", async () => {
    const bad = new Set(Array.from({ length: 300 }, (_, index) => 3 * index + 1));
    const { outcome, onList, posts } = await play(1_000, bad, "one", 20);
    expect(outcome).toEqual({ imported: 700, refused: 300, unsent: 0 });
    expect(new Set(onList).size).toBe(700);
    expect(posts).toBeLessThanOrEqual(360);
  });

  it("finds whom no answer names by halving, at 2 × log2(n) calls each", async () => {
    const bad = new Set([17, 500, 501, 999]);
    const { outcome, onList, posts, files } = await play(1_000, bad, "none", 20);
    expect(outcome).toEqual({ imported: 996, refused: 4, unsent: 0 });
    expect(new Set(onList).size).toBe(996);
    expect(posts).toBeLessThanOrEqual(4 * 2 * Math.ceil(Math.log2(1_000)));
    expect(files.refusals.get("1/push")?.map(({ position }) => position)).toEqual([
      17, 500, 501, 999,
    ]);
  });

  it("is given up with the request's fault where nobody at all is taken or named", async () => {
    const everybody = new Set(Array.from({ length: 3 }, (_, index) => index));
    const { outcome } = await play(3, everybody, "none", 20);
    expect(outcome).toMatchObject({
      unsent: 3,
      problem: { code: "klaviyoRefused", params: { reason: "invalid" } },
    });
  });

  it("is given up after some twenty profiles that are refused alone, in a chunk of thousands", async () => {
    const everybody = new Set(Array.from({ length: 2_000 }, (_, index) => index));
    const { outcome, posts } = await play(2_000, everybody, "none", 20);
    expect(outcome).toMatchObject({ unsent: 2_000, problem: { code: "klaviyoRefused" } });
    expect(posts).toBeLessThan(300);
  });

  it("brings exactly the others onto the list, however Klaviyo names them and whenever a worker must stop", async () => {
    await fc.assert(
      fc.asyncProperty(aCase, async ({ profiles, badShare, seed, naming, calls }) => {
        const bad = drawBad(profiles, badShare, seed);
        const unnamedAll = naming === "none" && bad.size === profiles;
        const { outcome, onList, posts } = await play(profiles, bad, naming, calls);
        if (unnamedAll || outcome.unsent > 0) {
          // Where nobody is named, so many profiles one after another make the request itself suspect.
          expect(naming).toBe("none");
          expect(outcome.unsent).toBe(profiles);
          return;
        }
        expect(outcome).toEqual({
          imported: profiles - bad.size,
          refused: bad.size,
          unsent: 0,
        });
        expect([...new Set(onList)].sort()).toEqual(
          Array.from({ length: profiles }, (_, index) => index)
            .filter((index) => !bad.has(index))
            .map(emailOf)
            .sort(),
        );
        const logarithm = Math.ceil(Math.log2(profiles + 1)) + 1;
        expect(posts).toBeLessThanOrEqual(2 + 2 * logarithm * Math.max(1, bad.size));
      }),
      { numRuns: 150 },
    );
  });
});
