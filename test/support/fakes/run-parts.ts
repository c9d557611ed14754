import type { Refusal } from "../../../shared/domain/runs/chunk";
import type { ChunkFindings, LeftOutValue } from "../../../shared/domain/runs/chunk-findings";
import type { Message } from "../../../shared/domain/runs/messages";
import type { Subscriber, SubscriptionOutcome } from "../../../shared/domain/exports/subscription";
import type {
  ImportError,
  ImportJob,
  Klaviyo,
  KlaviyoFailure,
  KlaviyoResult,
  ListedProfile,
  ListingProgress,
  RunFiles,
  RunQueues,
} from "../../../shared/ports";

/** Queues that keep what is sent. */
export function fakeQueues(): RunQueues & {
  readonly sent: (Message & { delaySeconds: number })[];
} {
  const sent: (Message & { delaySeconds: number })[] = [];
  return {
    sent,
    again: async (_group, message, delaySeconds) => {
      sent.push({ ...message, delaySeconds });
    },
    prepare: async (_group, runId, { attempt, delaySeconds } = { attempt: 0, delaySeconds: 0 }) => {
      sent.push({ step: "prepare", runId, attempt, delaySeconds });
    },
    preview: async (_group, message) => {
      sent.push({ step: "preview", ...message, delaySeconds: 0 });
    },
    push: async (_group, messages) => {
      sent.push(
        ...messages.map(({ delaySeconds = 0, ...message }) => ({
          step: "push" as const,
          ...message,
          delaySeconds,
        })),
      );
    },
    wake: async (_group, runId) => {
      sent.push({ step: "wake", runId, delaySeconds: 0 });
    },
    confirm: async (_group, message, delaySeconds) => {
      sent.push({ step: "confirm", ...message, delaySeconds });
    },
    subscribe: async (_group, message, delaySeconds) => {
      sent.push({ step: "subscribe", ...message, delaySeconds });
    },
    settle: async (_group, runId) => {
      sent.push({ step: "settle", runId, delaySeconds: 0 });
    },
    rehearse: async (_group, runId) => {
      sent.push({ step: "rehearse", runId, delaySeconds: 0 });
    },
  };
}

/** Staged chunks of these emails, and the refusals written. */
export function fakeRunFiles(
  chunks: Record<number, readonly string[]>,
  subscribers: Record<number, readonly Subscriber[]> = {},
): RunFiles & {
  readonly refusals: Map<string, readonly Refusal[]>;
  readonly findings: Map<number, ChunkFindings>;
  readonly leftOut: Map<number, readonly LeftOutValue[]>;
  readonly found: Map<number, readonly string[]>;
  readonly listed: Map<string, readonly string[]>;
  readonly subscriptions: Map<number, SubscriptionOutcome>;
} {
  const subscriptions = new Map<number, SubscriptionOutcome>();
  const refusals = new Map<string, readonly Refusal[]>();
  const findings = new Map<number, ChunkFindings>();
  const leftOut = new Map<number, readonly LeftOutValue[]>();
  const found = new Map<number, readonly string[]>();
  const listed = new Map<string, readonly string[]>();
  const listings = new Map<string, ListingProgress>();
  return {
    refusals,
    findings,
    leftOut,
    subscriptions,
    found,
    listed,
    readRemovalChunk: async (_runId, _attemptId, chunk) => chunks[chunk] ?? [],
    writeFound: async ({ chunk }, emails) => {
      found.set(chunk, emails);
    },
    readFound: async ({ chunk }) => found.get(chunk) ?? [],
    writeListed: async ({ attemptId, part }, emails) => {
      const key = `${attemptId}/${String(part)}`;
      listed.set(key, emails);
      return key;
    },
    writeListing: async (runId, listing) => {
      listings.set(runId, listing);
    },
    readListing: async (runId) => listings.get(runId),
    readChunk: async (_runId, _attemptId, chunk) => aBody(chunks[chunk] ?? []),
    writeRefusals: async ({ chunk, step, from = 0 }, written) => {
      refusals.set(`${String(chunk)}/${step}${from === 0 ? "" : `/${from}`}`, written);
    },
    readRefusals: async ({ chunk, step, from = 0 }) =>
      refusals.get(`${String(chunk)}/${step}${from === 0 ? "" : `/${from}`}`) ?? [],
    writeFindings: async ({ chunk }, written) => {
      findings.set(chunk, written);
    },
    readFindings: async ({ chunk }) => findings.get(chunk),
    writeLeftOut: async ({ chunk }, values) => {
      leftOut.set(chunk, values);
    },
    readSubscribers: async ({ batch }) => subscribers[batch] ?? [],
    writeSubscriptionOutcome: async ({ batch }, outcome) => {
      subscriptions.set(batch, outcome);
    },
    readSubscriptionOutcome: async ({ batch }) => subscriptions.get(batch),
    rejectionRows: async () => undefined,
    reportLink: async (key) => `https://example.org/${key}`,
  };
}

/** The body of an import job for these emails. */
function aBody(emails: readonly string[]): Buffer {
  return Buffer.from(
    JSON.stringify({
      data: {
        type: "profile-bulk-import-job",
        attributes: {
          profiles: { data: emails.map((email) => ({ type: "profile", attributes: { email } })) },
        },
        relationships: { lists: { data: [{ type: "list", id: "LiSt01" }] } },
      },
    }),
  );
}

export function emailsIn(body: Buffer): string[] {
  const parsed = JSON.parse(body.toString()) as {
    data: { attributes: { profiles: { data: { attributes: { email: string } }[] } } };
  };
  return parsed.data.attributes.profiles.data.map(({ attributes }) => attributes.email);
}

export function aJob(overrides: Partial<ImportJob> = {}): ImportJob {
  return { jobId: "job-1", status: "complete", total: 2, completed: 2, failed: 0, ...overrides };
}

/** Klaviyo as the steps of a run see it. */
export function fakeJobs(options: {
  /** What posts are answered with, in turn; after that each is taken. */
  readonly posts?: KlaviyoFailure[] | undefined;
  readonly jobs?: readonly ImportJob[];
  /** What reading jobs is answered with. */
  readonly failure?: KlaviyoFailure | undefined;
  readonly errors?: readonly ImportError[];
  readonly listExists?: boolean | undefined;
  /** Who is on the list; a removal takes them off. Their ids are `id-` and the email. */
  readonly members?: Set<string>;
  /** What removals are answered with, in turn; after that each succeeds. `lost`: done, but not answered. */
  readonly removals?: (KlaviyoFailure | "lost")[] | undefined;
}): Pick<
  Klaviyo,
  | "createImportJob"
  | "getList"
  | "getImportJob"
  | "listImportJobs"
  | "listImportErrors"
  | "getListSize"
  | "listProfiles"
  | "removeFromList"
> & { readonly posted: string[][]; readonly removed: string[][]; readonly calls: string[] } {
  const removed: string[][] = [];
  const members = options.members ?? new Set<string>();
  const removals = [...(options.removals ?? [])];
  const posted: string[][] = [];
  const calls: string[] = [];
  const failures = [...(options.posts ?? [])];
  const answer = <Value>(value: Value): KlaviyoResult<Value> =>
    options.failure === undefined ? { ok: true, value } : { ok: false, failure: options.failure };
  return {
    posted,
    removed,
    calls,
    getListSize: async () => {
      calls.push("getListSize");
      return answer(members.size);
    },
    listProfiles: async (_apiKey, _listId, { emails, after } = {}) => {
      calls.push("listProfiles");
      const found = [...members].filter((email) => emails?.includes(email) !== false);
      const start = Number(after ?? "0");
      // Pages smaller than Klaviyo's, so that every test reads several.
      const next = start + 2;
      const items = found
        .slice(start, next)
        .map((email): ListedProfile => ({ profileId: `id-${email}`, email }));
      return answer({ items, ...(next < found.length ? { next: String(next) } : {}) });
    },
    removeFromList: async (_apiKey, _listId, profileIds) => {
      calls.push("removeFromList");
      const failure = removals.shift();
      if (failure !== undefined && failure !== "lost") {
        return { ok: false, failure };
      }
      removed.push(profileIds.map((id) => id.replace("id-", "")));
      profileIds.forEach((id) => members.delete(id.replace("id-", "")));
      return failure === undefined
        ? { ok: true, value: undefined }
        : { ok: false, failure: { kind: "unavailable", reason: "ECONNRESET" } };
    },
    createImportJob: async (_apiKey, body) => {
      calls.push("createImportJob");
      posted.push(emailsIn(body));
      const failure = failures.shift();
      return failure === undefined
        ? { ok: true, value: aJob({ jobId: `job-${String(posted.length)}`, status: "queued" }) }
        : { ok: false, failure };
    },
    getList: async (_apiKey, listId) => {
      calls.push("getList");
      return options.listExists === false
        ? { ok: false, failure: { kind: "notFound" } }
        : { ok: true, value: { id: listId, name: "A list" } };
    },
    getImportJob: async (_apiKey, jobId) => {
      calls.push("getImportJob");
      const job = options.jobs?.find((known) => known.jobId === jobId);
      return job === undefined ? { ok: false, failure: { kind: "notFound" } } : answer(job);
    },
    listImportJobs: async () => {
      calls.push("listImportJobs");
      return answer({ items: options.jobs ?? [] });
    },
    listImportErrors: async (_apiKey, _jobId, after) => {
      calls.push("listImportErrors");
      const errors = options.errors ?? [];
      const start = Number(after ?? "0");
      const next = start + 100;
      return answer({
        items: errors.slice(start, next),
        ...(next < errors.length ? { next: String(next) } : {}),
      });
    },
  };
}
