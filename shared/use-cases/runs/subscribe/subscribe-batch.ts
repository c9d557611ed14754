import { emailBatches } from "../../../domain/klaviyo/email-filter";
import type { Problem } from "../../../domain/problems/problem";
import { profilePosition } from "../../../domain/klaviyo/profile-pointer";
import {
  verdictOn,
  type BatchNumbers,
  type EmailConsent,
  type Subscriber,
  type SubscriptionOutcome,
} from "../../../domain/exports/subscription";
import type { Clock, Klaviyo, KlaviyoFailure, RateLimiter, RunFiles } from "../../../ports";
import { pacedCall, type PacedResult } from "../../klaviyo/paced-call";
import type { PlannedRun } from "../planned-run";
import { readPages } from "../../klaviyo/read-pages";
import { problemOfFailure, type Destination } from "../../klaviyo/run-destination";

export interface SubscribeBatchDependencies {
  readonly klaviyo: Pick<Klaviyo, "listEmailConsents" | "createSubscriptionJob" | "getList">;
  readonly files: Pick<
    RunFiles,
    "readSubscribers" | "writeSubscriptionOutcome" | "readSubscriptionOutcome"
  >;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
}

export type BatchResult =
  | {
      kind: "done";
      numbers: BatchNumbers;
      problem?: Problem;
      /** Klaviyo did not answer: the next batch had better wait. */
      unanswered?: Problem;
    }
  /** Klaviyo's rate limit has no room before. */
  | { kind: "later"; at: Date }
  /** Worth another try. */
  | { kind: "faulty"; problem: Problem }
  /** Nor can the other batches be subscribed. */
  | { kind: "hopeless"; problem: Problem };

/** Klaviyo refuses the key, or the key for this. */
export interface RefusedKey {
  readonly kind: "refused";
  readonly failure: Extract<KlaviyoFailure, { kind: "keyRefused" | "scopesMissing" }>;
}

/** Times that a batch is sent again without the profiles that Klaviyo refused by name. */
const MAX_REFUSALS = 5;

type Verdict = ReturnType<typeof verdictOn>;

/** A batch's staged files. */
interface BatchPlace {
  readonly runId: string;
  readonly attemptId: string;
  readonly batch: number;
}

const placeOf = ({ runId, plan }: PlannedRun, batch: number): BatchPlace => ({
  runId,
  attemptId: plan.attemptId,
  batch,
});

/**
 * What an earlier worker has come to with a batch that must not be sent again: it finished it, or it died
 * while Klaviyo was being asked, and the list sends mails to be confirmed. Undefined if the batch is to be
 * subscribed; whoever is subscribed by now is found to be.
 */
export async function finishedBatch(
  { files }: Pick<SubscribeBatchDependencies, "files">,
  run: PlannedRun,
  batch: number,
): Promise<Extract<BatchResult, { kind: "done" }> | undefined> {
  const place = placeOf(run, batch);
  const kept = await files.readSubscriptionOutcome(place);
  if (kept === undefined || kept.state === "notAsked" || (kept.state === "asking" && !kept.once)) {
    return undefined;
  }
  const { asking, settled, numbers, problem } = kept;
  const over: SubscriptionOutcome = {
    ...kept,
    state: "over",
    settled: [...settled, ...asking],
    asking: [],
    numbers: { ...numbers, uncertain: numbers.uncertain + asking.length },
  };
  if (kept.state === "asking") {
    await files.writeSubscriptionOutcome(place, over);
  }
  return { kind: "done", numbers: over.numbers, ...(problem === undefined ? {} : { problem }) };
}

/**
 * Looks a batch up in Klaviyo and asks for those to be subscribed who may be. Nobody is asked for unless the
 * whole batch could be looked up just before: a subscription lifts what its profile has said before. What
 * remains is the moment between the two, for which Klaviyo offers no remedy.
 *
 * May be repeated if {@link finishedBatch} finds nothing. With double opt-in a profile does not show that it
 * was asked for, so there each is asked for at most once: it is written down before, and if no answer comes
 * they are `uncertain`. Elsewhere asking again does no harm, and they are asked for until an answer comes.
 */
export async function subscribeBatch(
  dependencies: SubscribeBatchDependencies,
  { run, batch, deadline }: { run: PlannedRun; batch: number; deadline: Date },
  destination: Destination,
): Promise<BatchResult | RefusedKey> {
  const { files } = dependencies;
  const place = placeOf(run, batch);
  const subscribers = await files.readSubscribers(place);
  const looked = await lookUp(dependencies, run, subscribers, destination, deadline);
  if (looked.kind !== "found") {
    return looked;
  }
  const verdicts = new Map<Verdict, Subscriber[]>();
  for (const subscriber of subscribers) {
    const found = looked.consents.get(subscriber.email);
    const verdict = verdictOn(subscriber, found, run.resubscribe);
    verdicts.set(verdict, [...(verdicts.get(verdict) ?? []), subscriber]);
  }
  const of = (verdict: Verdict): readonly Subscriber[] => verdicts.get(verdict) ?? [];
  const willing = of("subscribe");
  const mode = await askMode(dependencies, run, willing.length, destination, deadline);
  if (mode.kind !== "mode") {
    return mode;
  }
  const emails = (some: readonly Subscriber[]): string[] => some.map(({ email }) => email);
  const keep = async (
    state: SubscriptionOutcome["state"],
    asking: readonly Subscriber[],
    { accepted, uncertain, problem }: Omit<Sent, "kind">,
  ): Promise<SubscriptionOutcome> => {
    const outcome: SubscriptionOutcome = {
      state,
      settled: emails([...accepted, ...uncertain, ...of("alreadySubscribed")]),
      excluded: emails([...of("excludedUnsubscribed"), ...of("excludedSuppressed")]),
      asking: emails(asking),
      once: mode.once,
      numbers: {
        accepted: accepted.length,
        uncertain: uncertain.length,
        alreadySubscribed: of("alreadySubscribed").length,
        excludedUnsubscribed: of("excludedUnsubscribed").length,
        excludedSuppressed: of("excludedSuppressed").length,
        failed:
          of("failed").length +
          willing.length -
          (accepted.length + uncertain.length + asking.length),
      },
      ...(problem === undefined ? {} : { problem }),
    };
    await files.writeSubscriptionOutcome(place, outcome);
    return outcome;
  };
  const mark: Mark = async (state, asking, problem) => {
    if (mode.once) {
      await keep(state, asking, { accepted: [], uncertain: [], ...(problem && { problem }) });
    }
  };
  const sent = await send(
    dependencies,
    run,
    { willing, once: mode.once, mark },
    destination,
    deadline,
  );
  if (sent.kind !== "sent") {
    return sent;
  }
  const { numbers, problem } = await keep("over", [], sent);
  return {
    kind: "done",
    numbers,
    ...(problem === undefined ? {} : { problem }),
    ...(sent.uncertain.length > 0 && problem !== undefined ? { unanswered: problem } : {}),
  };
}

/** Whether the list sends those mails to be confirmed who are subscribed; a historical import never does. */
async function askMode(
  dependencies: SubscribeBatchDependencies,
  { runId, settings }: PlannedRun,
  willing: number,
  { connection, apiKey }: Destination,
  deadline: Date,
): Promise<{ kind: "mode"; once: boolean } | RefusedKey | Exclude<BatchResult, { kind: "done" }>> {
  if (willing === 0 || settings.subscription?.historicalImport === true) {
    return { kind: "mode", once: false };
  }
  const result = await pacedCall(
    dependencies,
    { accountId: connection.account.id, family: "getList", party: runId },
    deadline,
    () => dependencies.klaviyo.getList(apiKey, settings.listId),
  );
  return result.ok
    ? { kind: "mode", once: result.value.doubleOptIn !== false }
    : troubleOf(result.failure);
}

type LookUp =
  | { kind: "found"; consents: ReadonlyMap<string, EmailConsent> }
  | RefusedKey
  | Exclude<BatchResult, { kind: "done" }>;

/** Reads every page of what Klaviyo knows of the subscribers, or says why that can't be done now. */
async function lookUp(
  dependencies: SubscribeBatchDependencies,
  { runId }: PlannedRun,
  subscribers: readonly Subscriber[],
  { connection, apiKey }: Destination,
  deadline: Date,
): Promise<LookUp> {
  const consents = new Map<string, EmailConsent>();
  const endpoint = {
    accountId: connection.account.id,
    family: "listProfiles",
    party: runId,
  } as const;
  const lookUpSome = async (emails: readonly string[]) => {
    const unread = await readPages(
      (after) =>
        pacedCall(dependencies, endpoint, deadline, () =>
          dependencies.klaviyo.listEmailConsents(apiKey, emails, after),
        ),
      (found) => {
        for (const consent of found) {
          consents.set(consent.email, consent);
        }
      },
    );
    return unread === undefined ? undefined : troubleOf(unread.failure);
  };
  const filters = emailBatches(subscribers.map(({ email }) => email));
  const troubles = await Promise.all(filters.map(lookUpSome));
  return troubles.find((trouble) => trouble !== undefined) ?? { kind: "found", consents };
}

interface Sent {
  readonly kind: "sent";
  readonly accepted: readonly Subscriber[];
  /** Klaviyo was asked, and nobody knows what it said. */
  readonly uncertain: readonly Subscriber[];
  readonly problem?: Problem;
}

type Sending = Sent | RefusedKey | Exclude<BatchResult, { kind: "done" }>;

/** Writes down who is about to be asked for, or that nobody was after all. */
type Mark = (
  state: "asking" | "notAsked",
  asking: readonly Subscriber[],
  problem?: Problem,
) => Promise<void>;

/** Klaviyo refuses all for one: whom it names is left out, and the others are sent again. */
async function send(
  dependencies: SubscribeBatchDependencies,
  { runId, settings }: PlannedRun,
  { willing, once, mark }: { willing: readonly Subscriber[]; once: boolean; mark: Mark },
  { connection, apiKey }: Destination,
  deadline: Date,
): Promise<Sending> {
  const { subscription, listId } = settings;
  let subscribers = willing;
  let problem: Problem | undefined;
  for (let refusals = 0; subscribers.length > 0; refusals += 1) {
    // Before its turn is waited for: between the turn and the call is no time for it.
    await mark("asking", subscribers, problem);
    const result = await pacedCall(
      dependencies,
      { accountId: connection.account.id, family: "createSubscriptionJob", party: runId },
      deadline,
      () =>
        dependencies.klaviyo.createSubscriptionJob(apiKey, {
          listId,
          historicalImport: subscription?.historicalImport ?? false,
          customSource: subscription?.customSource,
          subscribers,
        }),
    );
    if (result.ok) {
      break;
    }
    const { failure } = result;
    if (failure.kind === "unavailable" && failure.unreached !== true && once) {
      const unanswered = problemOfFailure(failure);
      return { kind: "sent", accepted: [], uncertain: subscribers, problem: unanswered };
    }
    if (failure.kind !== "invalid") {
      await mark("notAsked", []);
      return troubleOf(failure);
    }
    problem = problemOfFailure(failure);
    const named = failure.errors.map(({ pointer }) => profilePosition(pointer));
    const left =
      named.includes(null) || refusals === MAX_REFUSALS
        ? []
        : subscribers.filter((_, position) => !named.includes(position));
    subscribers = left.length < subscribers.length ? left : [];
  }
  return {
    kind: "sent",
    accepted: subscribers,
    uncertain: [],
    ...(problem === undefined ? {} : { problem }),
  };
}

function troubleOf(
  failure: Extract<PacedResult<unknown>, { ok: false }>["failure"],
): RefusedKey | Exclude<BatchResult, { kind: "done" }> {
  switch (failure.kind) {
    case "tooLate":
      return { kind: "later", at: failure.at };
    case "keyRefused":
    case "scopesMissing":
      return { kind: "refused", failure };
    case "throttled":
    case "unavailable":
      return { kind: "faulty", problem: problemOfFailure(failure) };
    case "notFound":
    case "invalid":
    case "forbidden":
      return { kind: "hopeless", problem: problemOfFailure(failure) };
  }
}
