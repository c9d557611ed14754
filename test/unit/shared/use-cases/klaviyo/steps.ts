import { problem, DomainError } from "../../../../../shared/domain/problems/problem";
import { defaultTuning } from "../../../../../shared/domain/runs/tuning";
import type { EndpointFamily } from "../../../../../shared/domain/klaviyo/rate-limit";
import { noSubscriptions } from "../../../../../shared/domain/exports/subscription";
import { noRemovals, type Run } from "../../../../../shared/domain/runs/run";
import type { Klaviyo, KlaviyoFailure, RateLimiter } from "../../../../../shared/ports";
import { getKlaviyoList } from "../../../../../shared/use-cases/connections/klaviyo-lists";
import { confirmRun } from "../../../../../shared/use-cases/runs/confirm/confirm-run";
import { prepareRun } from "../../../../../shared/use-cases/runs/prepare/prepare-run";
import { preparePreview } from "../../../../../shared/use-cases/runs/preview/prepare-preview";
import { pushChunk } from "../../../../../shared/use-cases/runs/push/push-chunk";
import { subscribeMembers } from "../../../../../shared/use-cases/runs/subscribe/subscribe-members";
import {
  aCaller,
  aConnection,
  anExport,
  anInstant,
  aPlan,
  aPreview,
  aRun,
} from "../../../../support/builders";
import { fakeClock, fakeIds, fakeLimiter } from "../../../../support/fakes/clock-and-ids";
import { accessTo } from "../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../support/fakes/log";
import { aJob, fakeJobs, fakeQueues, fakeRunFiles } from "../../../../support/fakes/run-parts";
import { fakeMetrics } from "../../../../support/fakes/scheduling";
import { fakeConnectionStore } from "../../../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../../../support/fakes/stores/export-store";
import { fakeListKeeperStore } from "../../../../support/fakes/stores/list-keeper-store";
import { fakePreviewStore } from "../../../../support/fakes/stores/preview-store";
import { fakeRunStore } from "../../../../support/fakes/stores/run-store";
import { fakeSecretStore } from "../../../../support/fakes/stores/secret-store";
import { fakeSegmentSource } from "../../../../support/fakes/stores/segment-source";

/** What goes wrong with a call: Klaviyo answers so, or there is no slot for it in the next minute and a half. */
export type Wrong = KlaviyoFailure | { kind: "noSlot" };

/** A call, the endpoint whose limit it counts for, and what goes wrong with it. */
export interface FailingCall {
  readonly name: keyof Klaviyo;
  readonly family: EndpointFamily;
  readonly wrong: Wrong;
}

const emails = ["a@example.org", "b@example.org"];

/** Everything that a step of the run needs, with a Klaviyo of which one call goes wrong. */
function partsOf({ name, family, wrong }: FailingCall, run: Run, doubleOptIn = false) {
  const clock = fakeClock();
  const connection = aConnection();
  const connections = fakeConnectionStore(connection);
  const runs = fakeRunStore(run);
  const working: Partial<Klaviyo> = {
    ...fakeJobs({ members: new Set(emails), jobs: [aJob({ failed: 1 })] }),
    getList: async (_key, id) => ({ ok: true, value: { id, name: "A list", doubleOptIn } }),
    createSubscriptionJob: async () => ({ ok: true, value: undefined }),
    listEmailConsents: async (_key, asked) => ({
      ok: true,
      value: {
        items: asked.map((email) => ({ email, consent: "NEVER_SUBSCRIBED", suppressions: [] })),
      },
    }),
  };
  const klaviyo: Partial<Klaviyo> =
    wrong.kind === "noSlot"
      ? working
      : { ...working, [name]: async () => ({ ok: false, failure: wrong }) };
  const free = fakeLimiter(clock);
  const taken = fakeLimiter(clock, 100_000);
  const limiter: RateLimiter = {
    ...free,
    reserve: (account, asked, claim) =>
      (wrong.kind === "noSlot" && asked === family ? taken : free).reserve(account, asked, claim),
  };
  const secrets = fakeSecretStore({ [connection.secretArn]: "pk_test" });
  return {
    ...{ clock, connections, runs },
    klaviyo: accessTo(klaviyo, { connections, secrets, clock, limiter }),
    exports: fakeExportStore(anExport()),
    previews: fakePreviewStore(aPreview()),
    listKeepers: fakeListKeeperStore(),
    segments: fakeSegmentSource(),
    preparation: {
      prepare: async () => {
        throw new DomainError("segmentMissing", { segment: "customers" });
      },
    },
    files: fakeRunFiles({ 1: emails }, { 1: emails.map((email) => ({ email })) }),
    queues: fakeQueues(),
    metrics: fakeMetrics(),
    ids: fakeIds(),
    tuning: defaultTuning,
    megabytesPerSecond: 45,
    log: fakeLog(),
    deadline: new Date(clock.now().getTime() + 60_000),
  };
}

type Parts = ReturnType<typeof partsOf>;

/** What was written about the key on the connection. */
function noted({ connections }: Parts): string {
  const found = connections.stored.get("connection-1")?.keyFinding.problem;
  return found === undefined ? "" : ", and the connection says so";
}

function stopOf({ runs }: Parts): string | undefined {
  return runs.stored.get("run-1")?.stop?.code;
}

/** What pushing the only chunk of a run came to. */
async function push(parts: Parts): Promise<string> {
  const message = { step: "push", runId: "run-1", chunk: 1, attempt: 0 } as const;
  await pushChunk(parts, message, parts.deadline);
  const chunk = parts.runs.chunks.get("run-1/1");
  if (chunk?.state === "settled") {
    const reason = chunk.outcome.problem?.code ?? "done";
    return stopOf(parts) === undefined
      ? `given up: ${reason}`
      : `run stopped: ${reason}${noted(parts)}`;
  }
  return nextTry(parts);
}

/** How the step's message was sent anew. */
function nextTry({ queues }: Parts): string {
  const [next] = queues.sent;
  if (next === undefined || !("attempt" in next)) {
    throw new Error("the step is not tried again");
  }
  // How long a fault is waited for is partly random.
  return next.attempt > 0 ? "tried again as a fault" : `later: in ${next.delaySeconds} s`;
}

const sentChunk = (chunk: number) => ({
  ...({ runId: "run-1", chunk, state: "sent", jobs: 1, jobId: `job-${chunk}` } as const),
  ...{ sentAt: anInstant, profiles: 2, refused: 0 },
});

/** What a round of confirmation came to for a run of so many chunks. */
async function confirm(call: FailingCall, chunks: number): Promise<string> {
  const plan = aPlan({ chunkSizes: Array.from({ length: chunks }, () => 2) });
  const parts = partsOf(call, aRun({ status: "running", plan }));
  for (let chunk = 1; chunk <= chunks; chunk += 1) {
    parts.runs.chunks.set(`run-1/${chunk}`, sentChunk(chunk));
  }
  const deadline = new Date(parts.clock.now().getTime() + 120_000);
  await confirmRun(parts, { step: "confirm", runId: "run-1", round: 0 }, deadline);
  const stop = stopOf(parts);
  if (stop !== undefined) {
    return `run stopped: ${stop}${noted(parts)}`;
  }
  const next = parts.queues.sent.find(({ step }) => step === "confirm");
  const pushed = parts.queues.sent.some(({ step }) => step === "push");
  return pushed ? "sent again" : `next round in ${next?.delaySeconds ?? "no"} s`;
}

const removing = aRun({
  ...{ status: "running", removals: { ...noRemovals, leaving: 2 } },
  plan: aPlan({ chunkSizes: [], removalSizes: [2], leaving: 2 }),
});

/** What subscribing a run's only batch came to. */
async function subscribe(call: FailingCall, doubleOptIn: boolean): Promise<string> {
  const acknowledgement = {
    ...{ agreedBy: "administrator-1", agreedAt: anInstant },
    ...{ wordingVersion: "1", wording: "I agree." },
  };
  const run = aRun({ status: "running", plan: aPlan(), settledChunks: 2 });
  const parts = partsOf(
    call,
    {
      ...run,
      settings: { ...run.settings, subscription: { historicalImport: false, acknowledgement } },
      subscribing: {
        ...{ batches: 1, done: 0, leaseUntil: 0 },
        numbers: { ...noSubscriptions, requested: emails.length },
      },
    },
    doubleOptIn,
  );
  const deadline = new Date(parts.clock.now().getTime() + 120_000);
  const message = { step: "subscribe", runId: "run-1", done: 0, attempt: 0 } as const;
  await subscribeMembers(parts, message, deadline);
  const progress = parts.runs.stored.get("run-1")?.subscribing;
  if (progress?.done !== 1) {
    return nextTry(parts);
  }
  const { failed, uncertain } = progress.numbers;
  const fate = uncertain > 0 ? `${uncertain} uncertain` : `${failed} failed`;
  return `${fate}: ${progress.problem?.code ?? "no problem"}${noted(parts)}`;
}

async function prepare(call: FailingCall): Promise<string> {
  const parts = partsOf(call, aRun());
  await prepareRun(parts, { runId: "run-1", attempt: 0 }, parts.deadline);
  const run = parts.runs.stored.get("run-1");
  if (run?.problem !== undefined) {
    return `run ended: ${run.problem.code}${noted(parts)}`;
  }
  const [next] = parts.queues.sent;
  // Every attempt counts; what is waited for is known only where there was no slot.
  return next?.delaySeconds === 100 ? "later: in 100 s" : "tried again as a fault";
}

async function preview(call: FailingCall): Promise<string> {
  const parts = partsOf(call, aRun());
  const message = { step: "preview", exportId: "export-1", previewId: "preview-1" } as const;
  await preparePreview(parts, message, parts.deadline);
  const ended = parts.previews.stored.get("export-1/preview-1");
  return `failed: ${ended?.problem?.code ?? "for no reason"}${noted(parts)}`;
}

async function ask(call: FailingCall): Promise<string> {
  const parts = partsOf(call, aRun());
  const request = { caller: aCaller(), connectionId: "connection-1", listId: "LiSt01" };
  try {
    await getKlaviyoList(parts, request);
    return "answered";
  } catch (error) {
    const { code } = error instanceof DomainError ? error.problem : problem("internalError");
    return `refused: ${code}${noted(parts)}`;
  }
}

/** The steps that call Klaviyo: each plays until a call goes wrong, and says what came of it. */
export const steps = {
  push: (call: FailingCall) =>
    push(partsOf(call, aRun({ status: "running", plan: aPlan({ chunkSizes: [2] }) }))),
  remove: (call: FailingCall) => push(partsOf(call, removing)),
  confirmOne: (call: FailingCall) => confirm(call, 1),
  confirmMany: (call: FailingCall) => confirm(call, 4),
  subscribe: (call: FailingCall) => subscribe(call, false),
  subscribeOnce: (call: FailingCall) => subscribe(call, true),
  ...{ prepare, preview, ask },
};
