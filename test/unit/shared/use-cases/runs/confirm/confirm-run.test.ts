import { describe, expect, it } from "@jest/globals";
import { keyOf, textOf } from "../../../../../support/fakes/credentials";
import type { Chunk } from "../../../../../../shared/domain/runs/chunk";
import type { ImportError, ImportJob, KlaviyoFailure } from "../../../../../../shared/ports";
import { problem } from "../../../../../../shared/domain/problems/problem";
import { defaultTuning } from "../../../../../../shared/domain/runs/tuning";
import { confirmRun } from "../../../../../../shared/use-cases/runs/confirm/confirm-run";
import { aConnection, aPlan, aRun, anInstant } from "../../../../../support/builders";
import { fakeClock } from "../../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { accessTo } from "../../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../../support/fakes/log";
import { aJob, fakeJobs, fakeQueues, fakeRunFiles } from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";
import { fakeSecretStore } from "../../../../../support/fakes/stores/secret-store";

function aSentChunk(chunk: number, overrides: Partial<Extract<Chunk, { state: "sent" }>> = {}) {
  return {
    state: "sent" as const,
    runId: "run-1",
    chunk,
    jobs: 1,
    jobId: `job-${String(chunk)}`,
    sentAt: anInstant,
    profiles: 2,
    refused: 0,
    ...overrides,
  };
}

/** A run of chunks of two profiles each, all sent. */
function aSituation(options: {
  chunks: readonly ReturnType<typeof aSentChunk>[];
  jobs: readonly ImportJob[];
  errors?: readonly ImportError[];
  failure?: KlaviyoFailure;
  round?: number;
  movedAt?: string;
  requestedAt?: string;
}) {
  const clock = fakeClock();
  const connection = aConnection();
  const runs = fakeRunStore(
    aRun({
      status: "running",
      plan: aPlan({ chunkSizes: options.chunks.map(() => 2) }),
      confirmRound: options.round ?? 0,
      ...(options.movedAt === undefined ? {} : { movedAt: options.movedAt }),
      ...(options.requestedAt === undefined ? {} : { requestedAt: options.requestedAt }),
    }),
  );
  for (const chunk of options.chunks) {
    runs.chunks.set(`run-1/${String(chunk.chunk)}`, chunk);
  }
  const jobs = [...options.jobs];
  const klaviyo = fakeJobs({ ...options, jobs });
  const connections = fakeConnectionStore(connection);
  const secrets = fakeSecretStore({ [connection.secretArn]: "pk_test" });
  const queues = fakeQueues();
  const files = fakeRunFiles({ 1: ["a@example.org", "b@example.org"] });
  const confirm = (round = 0) =>
    confirmRun(
      {
        connections,
        runs,
        klaviyo: accessTo(klaviyo, { connections, secrets, clock }),
        files,
        clock,
        queues,
        tuning: defaultTuning,
        log: fakeLog(),
      },
      { step: "confirm", runId: "run-1", round },
      new Date(clock.now().getTime() + 120_000),
    );
  /** Calls back when so many milliseconds have been slept away, which must be so exactly. */
  const after = (milliseconds: number, call: () => unknown): void => {
    const at = clock.now().getTime() + milliseconds;
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (asked) => {
      await sleep(asked);
      if (clock.now().getTime() === at) await call();
    };
  };
  return {
    confirm,
    after,
    passed: () => clock.now().getTime() - Date.parse(anInstant),
    completeJobs: () => {
      jobs.splice(0, jobs.length, ...jobs.map((job) => aJob({ jobId: job.jobId })));
    },
    runs,
    klaviyo,
    queues,
    files,
    connections,
    secrets,
    run: () => runs.stored.get("run-1")!,
  };
}

describe("a round of confirmation", () => {
  it("settles the chunks whose jobs are complete, and the run after the last", async () => {
    const { confirm, run, queues } = aSituation({ chunks: [aSentChunk(1)], jobs: [aJob()] });
    await confirm();
    expect(run().numbers.imported).toBe(2);
    expect(queues.sent.map(({ step }) => step)).toContain("settle");
    expect(queues.sent.map(({ step }) => step)).not.toContain("confirm");
  });

  it.each(["queued", "processing"] as const)(
    "calls for another while a job is %s",
    async (status) => {
      const { confirm, run, queues } = aSituation({
        chunks: [aSentChunk(1)],
        jobs: [aJob({ status })],
      });
      await confirm();
      expect(run().settledChunks).toBe(0);
      expect(queues.sent).toMatchObject([{ step: "confirm", round: 1 }]);
      expect(run().confirmRound).toBe(1);
    },
  );

  it("looks at the last jobs of a run until they are complete, which they are within seconds", async () => {
    const { confirm, run, queues, after, passed, completeJobs } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob({ status: "processing" })],
    });
    after(2_000, completeJobs);
    await confirm();
    expect(queues.sent.map(({ step }) => step)).toEqual(["settle"]);
    expect(run().settledChunks).toBe(1);
    expect(passed()).toBe(2_000);
  });

  it("looks less and less often at what does not move, and leaves it to the next round after 5 s", async () => {
    const { confirm, klaviyo, queues, passed } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob({ status: "processing" })],
    });
    await confirm();
    // Eleven looks in the first 2.5 s, and eight in what is left.
    expect(klaviyo.calls).toHaveLength(19);
    expect(passed()).toBeGreaterThanOrEqual(5_000);
    expect(queues.sent).toMatchObject([{ step: "confirm", round: 1 }]);
    const still = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob({ status: "processing" })],
      movedAt: "2026-01-01T00:00:00.000Z",
    });
    await still.confirm();
    expect(still.klaviyo.calls).toHaveLength(1);
  });

  it("waits for the last chunks that are on their way to Klaviyo, and asks Klaviyo nothing meanwhile", async () => {
    const { confirm, klaviyo, run, runs, after, passed } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob()],
    });
    runs.chunks.clear();
    after(1_000, () => runs.chunks.set("run-1/1", aSentChunk(1)));
    await confirm();
    expect(run().settledChunks).toBe(1);
    expect(klaviyo.calls).toHaveLength(1);
    expect(passed()).toBe(1_000);
  });

  it("looks once while many jobs are left", async () => {
    const chunks = Array.from({ length: 21 }, (_, index) => aSentChunk(index + 1));
    const { confirm, klaviyo } = aSituation({
      chunks,
      jobs: chunks.map(({ jobId }) => aJob({ jobId, status: "processing" })),
    });
    await confirm();
    expect(klaviyo.calls).toHaveLength(1);
  });

  it("looks no more when the run is stopped meanwhile", async () => {
    const { confirm, runs, after, passed } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob({ status: "processing" })],
    });
    after(500, () => runs.stop("run-1", problem("runCanceled")));
    await confirm();
    expect(passed()).toBe(500);
  });

  it("calls for none when the run has gone on for a day: what is not confirmed counts as unsent", async () => {
    const { confirm, run, queues } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob({ status: "processing" })],
      requestedAt: "2025-12-31T11:59:59.000Z",
    });
    await confirm();
    expect(queues.sent.map(({ step }) => step)).toEqual(["settle"]);
    expect(run().settledChunks).toBe(1);
  });

  it("is dropped when it comes twice, so that one loop goes on", async () => {
    const { confirm, klaviyo, queues } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob({ status: "processing" })],
    });
    await confirm();
    const calls = klaviyo.calls.length;
    await confirm();
    expect(klaviyo.calls).toHaveLength(calls);
    expect(queues.sent).toHaveLength(1);
  });

  it("asks for many jobs with one call", async () => {
    const chunks = Array.from({ length: 50 }, (_, index) => aSentChunk(index + 1));
    const { confirm, klaviyo, run } = aSituation({
      chunks,
      jobs: chunks.map(({ jobId }) => aJob({ jobId })),
    });
    await confirm();
    expect(klaviyo.calls).toEqual(["listImportJobs"]);
    expect(run().settledChunks).toBe(50);
  });

  it("reads every page of a job's errors", async () => {
    const error: ImportError = { code: "invalid", detail: "No", email: null, position: null };
    const { confirm, klaviyo } = aSituation({
      chunks: [aSentChunk(1, { profiles: 500 })],
      jobs: [aJob({ failed: 250 })],
      errors: Array.from({ length: 250 }, () => error),
    });
    await confirm();
    expect(klaviyo.calls.filter((call) => call === "listImportErrors")).toHaveLength(3);
  });

  it("counts what failed as refused, once each, and the rest as imported", async () => {
    const { confirm, run, files } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob({ failed: 1 })],
      errors: [{ code: "invalid", detail: "No", email: "b@example.org", position: null }],
    });
    await confirm();
    expect(run().numbers).toMatchObject({ imported: 1, refused: 1, unsent: 0 });
    expect(files.refusals.get("1/confirm")).toMatchObject([{ position: 1 }]);
  });

  it("sends the rest of a chunk when the part is done that Klaviyo took", async () => {
    const { confirm, run, runs, queues } = aSituation({
      chunks: [aSentChunk(1, { profiles: 1, upTo: 1 })],
      jobs: [aJob({ total: 1, completed: 1 })],
    });
    await confirm();
    expect(run().settledChunks).toBe(0);
    expect(runs.chunks.get("run-1/1")).toMatchObject({
      state: "sending",
      leaseUntil: 0,
      parts: { upTo: 1, imported: 1, refused: 0, jobs: 1 },
    });
    expect(queues.sent).toContainEqual(
      expect.objectContaining({ step: "push", chunk: 1, attempt: 0 }),
    );
  });

  it("believes of a job's failures as many as it has profiles", async () => {
    const { confirm, run } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob({ failed: Number.MAX_SAFE_INTEGER })],
    });
    await confirm();
    expect(run().numbers).toMatchObject({ imported: 0, refused: 2 });
  });

  it("sends a chunk again whose job was cancelled, or that Klaviyo knows no more", async () => {
    const { confirm, queues, runs } = aSituation({
      chunks: [aSentChunk(1), aSentChunk(2)],
      jobs: [aJob({ status: "cancelled" })],
    });
    await confirm();
    const pushed = queues.sent.flatMap((message) => (message.step === "push" ? message.chunk : []));
    expect(pushed.sort()).toEqual([1, 2]);
    expect(runs.chunks.get("run-1/1")).toMatchObject({ state: "sending", jobs: 1 });
  });

  it("gives a chunk up when its third job is cancelled", async () => {
    const { confirm, run, runs } = aSituation({
      chunks: [aSentChunk(1, { jobs: 3 })],
      jobs: [aJob({ status: "cancelled" })],
    });
    await confirm();
    expect(run().numbers.unsent).toBe(2);
    expect(runs.chunks.get("run-1/1")).toMatchObject({
      state: "settled",
      outcome: { problem: { code: "jobCancelled", params: { attempts: 3 } } },
    });
  });

  it("asks again in a later round when Klaviyo is not available, and not before", async () => {
    const { confirm, klaviyo, run, queues } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob()],
      failure: { kind: "unavailable", reason: "status 502" },
    });
    await confirm();
    expect(klaviyo.calls).toHaveLength(1);
    expect(run().settledChunks).toBe(0);
    expect(queues.sent).toMatchObject([{ step: "confirm", round: 1 }]);
  });

  it("settles what waits to be sent of a stopped run, and waits for what Klaviyo has", async () => {
    const { confirm, runs, run } = aSituation({
      chunks: [aSentChunk(1), aSentChunk(2), aSentChunk(3)],
      jobs: [aJob({ status: "processing" })],
    });
    const held = { runId: "run-1", jobs: 0, state: "sending" as const };
    runs.chunks.delete("run-1/2");
    const leaseUntil = Date.parse(anInstant) + 10_000;
    runs.chunks.set("run-1/3", { ...held, chunk: 3, leaseUntil });
    await runs.stop("run-1", problem("runCanceled"));

    await confirm();

    expect(run()).toMatchObject({ settledChunks: 1, numbers: { unsent: 2 } });
    expect(runs.chunks.get("run-1/1")).toMatchObject({ state: "sent" });
    expect(runs.chunks.get("run-1/3")).toMatchObject({ state: "sending" });
  });

  it("asks again with the new key when the one that was refused has been replaced", async () => {
    const situation = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob()],
    });
    const { confirm, run, secrets, klaviyo, connections } = situation;
    const read = secrets.read;
    secrets.read = async (arn, options) => (options?.fresh === true ? keyOf("pk_new") : read(arn));
    const getImportJob = klaviyo.getImportJob;
    klaviyo.getImportJob = async (credential, jobId) =>
      textOf(credential) === "pk_new"
        ? getImportJob(credential, jobId)
        : { ok: false, failure: { kind: "keyRefused" } };

    await confirm();

    expect(run().stop).toBeUndefined();
    expect(run().numbers.imported).toBe(2);
    expect(connections.stored.get("connection-1")?.keyFinding.problem).toBeUndefined();
  });

  it("counts as unsent what it can't ask about any more, since the key is refused", async () => {
    const { confirm, run } = aSituation({
      chunks: [aSentChunk(1)],
      jobs: [aJob()],
      failure: { kind: "keyRefused" },
    });
    await confirm();
    expect(run().numbers).toMatchObject({ imported: 0, unsent: 2 });
    expect(run().stop).toMatchObject({ code: "keyRefused" });
  });
});
