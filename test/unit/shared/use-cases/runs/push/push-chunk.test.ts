import { describe, expect, it } from "@jest/globals";
import { keyOf } from "../../../../../support/fakes/credentials";
import type { Chunk } from "../../../../../../shared/domain/runs/chunk";
import { defaultTuning } from "../../../../../../shared/domain/runs/tuning";
import { problem } from "../../../../../../shared/domain/problems/problem";
import type { KlaviyoFailure } from "../../../../../../shared/ports";
import { pushChunk } from "../../../../../../shared/use-cases/runs/push/push-chunk";
import { aConnection, aPlan, aRun } from "../../../../../support/builders";
import { fakeClock, fakeLimiter } from "../../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { accessTo } from "../../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeJobs, fakeQueues, fakeRunFiles } from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";
import { fakeMetrics } from "../../../../../support/fakes/scheduling";
import { fakeSecretStore } from "../../../../../support/fakes/stores/secret-store";

const emails = ["a@example.org", "b@example.org", "c@example.org"];
const pointerTo = (position: number): string =>
  `/data/attributes/profiles/data/${String(position)}/attributes/email`;
const refusing = (...pointers: (string | null)[]): KlaviyoFailure => ({
  kind: "invalid",
  errors: pointers.map((pointer) => ({ code: "invalid", detail: "Invalid email", pointer })),
});

/** A run of one chunk of three profiles, ready to be pushed. */
function aSituation(
  overrides: {
    run?: Parameters<typeof aRun>[0];
    posts?: KlaviyoFailure[];
    listExists?: boolean;
    chunk?: Chunk;
    slotIn?: number;
    secrets?: Record<string, string>;
  } = {},
) {
  const clock = fakeClock();
  const connection = aConnection();
  const runs = fakeRunStore(
    aRun({ status: "running", plan: aPlan({ chunkSizes: [3] }), ...overrides.run }),
  );
  if (overrides.chunk !== undefined) {
    runs.chunks.set("run-1/1", overrides.chunk);
  }
  const connections = fakeConnectionStore(connection);
  const secrets = fakeSecretStore(overrides.secrets ?? { [connection.secretArn]: "pk_test" });
  const limiter = fakeLimiter(clock, overrides.slotIn ?? 0);
  const log = fakeLog();
  const klaviyo = fakeJobs({
    posts: overrides.posts,
    listExists: overrides.listExists,
  });
  const dependencies = {
    connections,
    runs,
    files: fakeRunFiles({ 1: emails }),
    klaviyo: accessTo(klaviyo, { connections, secrets, clock, limiter, log }),
    queues: fakeQueues(),
    metrics: fakeMetrics(),
    clock,
    log,
    tuning: defaultTuning,
  };
  const push = (attempt = 0) =>
    pushChunk(
      dependencies,
      { step: "push", runId: "run-1", chunk: 1, attempt },
      new Date(clock.now().getTime() + 60_000),
    );
  return {
    ...dependencies,
    ...{ dependencies, klaviyo, secrets, push },
    chunk: () => runs.chunks.get("run-1/1"),
  };
}

describe("pushing a chunk", () => {
  it("gives it to Klaviyo as one job and keeps the job", async () => {
    const { push, klaviyo, chunk, metrics } = aSituation();
    await push();
    expect(klaviyo.posted).toEqual([emails]);
    expect(metrics.lines).toEqual([
      { values: { ImportJobs: 1 }, dimensions: { account: "AbC123" } },
    ]);
    expect(chunk()).toMatchObject({ state: "sent", jobId: "job-1", profiles: 3, refused: 0 });
  });

  it("counts the chunk's profiles as sent, once", async () => {
    const { push, runs } = aSituation({
      run: { movedAt: "2025-12-31T23:00:00.000Z" },
      posts: [refusing(pointerTo(1))],
    });
    await push();
    expect(runs.stored.get("run-1")).toMatchObject({
      sentProfiles: 3,
      marks: [{ at: "2025-12-31T23:00:00.000Z", sent: 0, confirmed: 0 }],
    });

    const again = aSituation({
      run: { sentProfiles: 3 },
      chunk: { state: "sending", runId: "run-1", chunk: 1, jobs: 1, leaseUntil: 0 },
    });
    await again.push();
    expect(again.klaviyo.posted).toHaveLength(1);
    expect(again.runs.stored.get("run-1")).toMatchObject({ sentProfiles: 3 });
  });

  it("says for whom the run waits, until a chunk gets on", async () => {
    const { push, runs, clock } = aSituation({
      posts: [{ kind: "unavailable", reason: "HTTP 503" }],
    });
    await push(2);
    expect(runs.stored.get("run-1")?.waiting).toMatchObject({
      for: "klaviyo",
      problem: { code: "klaviyoUnavailable" },
      since: clock.now().toISOString(),
    });

    await push(3);
    expect(runs.stored.get("run-1")?.waiting).toBeUndefined();
  });

  it("does not take the wait for its turn for one that is worth telling", async () => {
    const { push, runs } = aSituation({ slotIn: 600_000 });
    await push();
    expect(runs.stored.get("run-1")?.waiting).toBeUndefined();
  });

  it("waits for no turn when its run has gone on for a day", async () => {
    const { push, klaviyo, queues, chunk } = aSituation({
      run: { requestedAt: "2025-12-31T23:59:59.000Z" },
      slotIn: 60_000,
    });
    await push();
    expect(klaviyo.posted).toEqual([]);
    expect(queues.sent.map(({ step }) => step)).not.toContain("push");
    expect(chunk()).toMatchObject({
      state: "settled",
      outcome: { unsent: 3, problem: problem("runStalled") },
    });
  });

  it("does not send again what was sent or has settled", async () => {
    const { push, klaviyo } = aSituation();
    await push();
    await push();
    expect(klaviyo.posted).toHaveLength(1);
  });

  it("drops the profiles that Klaviyo names and sends the rest until it is taken", async () => {
    // The second answer counts in the body that it was sent: position 1 of it is the third profile.
    const { push, klaviyo, chunk, files } = aSituation({
      posts: [refusing(pointerTo(0)), refusing(pointerTo(1))],
    });
    await push();
    expect(klaviyo.posted).toEqual([emails, ["b@example.org", "c@example.org"], ["b@example.org"]]);
    expect(chunk()).toMatchObject({ state: "sent", profiles: 1, refused: 2 });
    expect(files.refusals.get("1/push")).toEqual([
      { position: 0, code: "invalid", detail: "Invalid email" },
      { position: 2, code: "invalid", detail: "Invalid email" },
    ]);
  });

  it("settles a chunk of which Klaviyo refuses every profile", async () => {
    const { push, chunk, queues } = aSituation({
      posts: [refusing(pointerTo(0), pointerTo(1), pointerTo(2))],
    });
    await push();
    expect(chunk()).toMatchObject({
      state: "settled",
      outcome: { imported: 0, refused: 3, unsent: 0 },
    });
    expect(queues.sent).toMatchObject([{ step: "settle" }]);
  });

  it("gives up a chunk whose request is refused for what all profiles share, with the pointer as the reason", async () => {
    const { push, chunk, runs, klaviyo } = aSituation({
      posts: [refusing("/data/relationships/lists")],
    });
    await push();
    expect(chunk()).toMatchObject({
      state: "settled",
      outcome: {
        unsent: 3,
        problem: {
          code: "klaviyoRefused",
          params: { reason: "invalid at /data/relationships/lists" },
        },
      },
    });
    expect(klaviyo.posted).toHaveLength(1);
    expect(runs.stored.get("run-1")?.stop).toBeUndefined();
  });

  it("sends the beginning of a chunk that is refused without a word for whose sake", async () => {
    const { push, chunk, klaviyo } = aSituation({ posts: [refusing("/data", null)] });
    await push();
    expect(klaviyo.posted).toEqual([emails, emails.slice(0, 2)]);
    expect(chunk()).toMatchObject({ state: "sent", profiles: 2, refused: 0, upTo: 2 });
  });

  it("keeps what it has learnt for the worker that goes on", async () => {
    const throttled = { kind: "throttled", retryAfterMilliseconds: 1_000 } as const;
    const { push, klaviyo } = aSituation({ posts: [refusing(pointerTo(0)), throttled] });
    await push();
    await push();
    const others = emails.slice(1);
    expect(klaviyo.posted).toEqual([emails, others, others]);
  });

  it("stops the run when the list is gone", async () => {
    const { push, runs } = aSituation({ posts: [refusing("/data")], listExists: false });
    await push();
    expect(runs.stored.get("run-1")?.stop).toMatchObject({ code: "listNotFound" });
  });

  it.each([
    [{ kind: "keyRefused" } as const, "keyRefused"],
    [{ kind: "scopesMissing", detail: "missing profiles:write" } as const, "scopesMissing"],
  ])("stops the run when a person must act: %j", async (failure, code) => {
    const { push, runs, chunk } = aSituation({ posts: [failure] });
    await push();
    expect(runs.stored.get("run-1")?.stop).toMatchObject({ code });
    expect(chunk()).toMatchObject({ state: "settled", outcome: { unsent: 3 } });
  });

  it("sends nothing of a run that was stopped", async () => {
    const { push, klaviyo, chunk } = aSituation({ run: { stop: problem("keyRefused") } });
    await push();
    expect(klaviyo.posted).toEqual([]);
    expect(chunk()).toMatchObject({ state: "settled", outcome: { unsent: 3 } });
  });

  it("stops the run when the key can't be read", async () => {
    const { push, klaviyo, runs } = aSituation({ secrets: {} });
    await push();
    expect(klaviyo.posted).toEqual([]);
    expect(runs.stored.get("run-1")?.stop).toMatchObject({ code: "secretUnreadable" });
  });

  it("writes on the connection that its key was refused", async () => {
    const { push, connections } = aSituation({ posts: [{ kind: "keyRefused" }] });
    await push();
    expect(connections.stored.get("connection-1")?.keyFinding).toMatchObject({
      foundBy: "run",
      problem: { code: "keyRefused" },
    });
  });

  it.each([{ kind: "keyRefused" }, { kind: "scopesMissing", detail: "lists:write" }] as const)(
    "goes on with the new key when the one that was refused has been replaced: $kind",
    async (failure) => {
      const situation = aSituation({ posts: [failure] });
      const { push, secrets, klaviyo, queues, runs, connections, chunk } = situation;
      const read = secrets.read;
      // This worker remembers the old key until it reads afresh.
      secrets.read = async (arn, options) =>
        options?.fresh === true ? keyOf("pk_new") : read(arn);

      await push();

      expect(queues.sent).toEqual([]);
      expect(runs.stored.get("run-1")?.stop).toBeUndefined();
      expect(connections.stored.get("connection-1")?.keyFinding.problem).toBeUndefined();
      expect(klaviyo.posted).toHaveLength(2);
      expect(chunk()).toMatchObject({ state: "sent" });
    },
  );

  it("hands the message back, as a new one, when its turn is far off", async () => {
    const { push, klaviyo, queues, chunk } = aSituation({ slotIn: 30_000 });
    await push();
    expect(klaviyo.posted).toEqual([]);
    expect(queues.sent).toEqual([
      { step: "push", runId: "run-1", chunk: 1, attempt: 0, delaySeconds: 30 },
    ]);
    expect(chunk()?.state).not.toBe("sent");
  });

  it("hands the message back when Klaviyo asks for patience, without counting an attempt", async () => {
    const { push, queues } = aSituation({
      posts: [{ kind: "throttled", retryAfterMilliseconds: 7_000 }],
    });
    await push();
    expect(queues.sent).toMatchObject([{ step: "push", attempt: 0, delaySeconds: 7 }]);
  });

  it("tries again later, and later still, while Klaviyo is not available", async () => {
    const delays: number[] = [];
    for (const attempt of [0, 3, 11]) {
      const { push, queues } = aSituation({
        posts: [{ kind: "unavailable", reason: "status 503" }],
      });
      await push(attempt);
      expect(queues.sent).toMatchObject([{ step: "push", attempt: attempt + 1 }]);
      delays.push(queues.sent[0]!.delaySeconds);
    }
    expect(delays).toEqual([...delays].sort((one, other) => one - other));
    expect(delays[2]).toBeLessThanOrEqual(600);
  });

  it("gives a chunk up after so many attempts, with the reason", async () => {
    const { push, chunk } = aSituation({ posts: [{ kind: "unavailable", reason: "status 503" }] });
    await push(12);
    expect(chunk()).toMatchObject({
      state: "settled",
      outcome: { unsent: 3, problem: { code: "klaviyoUnavailable" } },
    });
  });

  it("leaves a chunk to the worker that holds it, and comes back when the lease is over", async () => {
    const leaseUntil = fakeClock().now().getTime() + 30_000;
    const { push, klaviyo, queues } = aSituation({
      chunk: { runId: "run-1", chunk: 1, jobs: 0, state: "sending", leaseUntil },
    });
    await push();
    expect(klaviyo.posted).toEqual([]);
    expect(queues.sent).toMatchObject([{ step: "push", delaySeconds: 30 }]);
  });

  it("does not send a chunk for ever whose holders die again and again", async () => {
    const { push, klaviyo, chunk } = aSituation();
    await push(13);
    expect(klaviyo.posted).toEqual([]);
    expect(chunk()).toMatchObject({
      state: "settled",
      outcome: { unsent: 3, problem: { code: "chunkUnsent" } },
    });
  });

  it("puts a message off that comes long before its turn", async () => {
    const { dependencies, queues, klaviyo, clock } = aSituation();
    const dueAt = clock.now().getTime() + 2_000_000;
    await pushChunk(
      dependencies,
      { step: "push", runId: "run-1", chunk: 1, attempt: 0, dueAt },
      new Date(clock.now().getTime() + 60_000),
    );
    expect(klaviyo.posted).toEqual([]);
    expect(queues.sent).toMatchObject([{ step: "push", attempt: 0, dueAt, delaySeconds: 900 }]);
  });

  it("leaves a chunk that Klaviyo has to the confirmation when the run is stopped", async () => {
    const { push, runs, chunk } = aSituation();
    await push();
    await runs.stop("run-1", problem("runCanceled"));
    await push();
    expect(chunk()).toMatchObject({ state: "sent" });
  });

  it("takes over a chunk whose holder died", async () => {
    const leaseUntil = fakeClock().now().getTime() - 1;
    const { push, klaviyo } = aSituation({
      chunk: { runId: "run-1", chunk: 1, jobs: 0, state: "sending", leaseUntil },
    });
    await push();
    expect(klaviyo.posted).toEqual([emails]);
  });

  it("logs no email and no key", async () => {
    const { push, log } = aSituation({ posts: [refusing(pointerTo(1))] });
    await push();
    expect(log.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(log.lines)).not.toMatch(/@example|pk_/);
  });
});
