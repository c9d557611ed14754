import { emailBatches } from "../domain/email-filter";
import type { Problem } from "../domain/problem";
import { profilePosition } from "../domain/profile-pointer";
import {
  verdictOn,
  type EmailConsent,
  type Subscriber,
  type SubscriptionNumbers,
} from "../domain/subscription";
import type { Clock, Klaviyo, KlaviyoFailure, RateLimiter, RunFiles } from "../ports";
import { pacedCall, type PacedResult } from "./paced-call";
import type { PlannedRun } from "./planned-run";
import { problemOfFailure, type Destination } from "./run-destination";

export interface SubscribeBatchDependencies {
  readonly klaviyo: Pick<Klaviyo, "listEmailConsents" | "createSubscriptionJob">;
  readonly files: Pick<RunFiles, "readSubscribers" | "writeSubscriptionOutcome">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
}

type BatchNumbers = Omit<SubscriptionNumbers, "requested" | "excludedWithoutConsentTime">;

export type BatchResult =
  | { kind: "done"; numbers: BatchNumbers; problem?: Problem }
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

/**
 * Looks a batch up in Klaviyo and asks for those to be subscribed who may be. Nobody is asked for unless the
 * whole batch could be looked up just before: a subscription lifts what its profile has said before. What
 * remains is the moment between the two, for which Klaviyo offers no remedy. Safe to repeat: who was
 * subscribed is found to be.
 */
export async function subscribeBatch(
  dependencies: SubscribeBatchDependencies,
  { run, batch, deadline }: { run: PlannedRun; batch: number; deadline: Date },
  destination: Destination,
): Promise<BatchResult | RefusedKey> {
  const { files } = dependencies;
  const place = { runId: run.runId, attemptId: run.plan.attemptId, batch };
  const subscribers = await files.readSubscribers(place);
  const looked = await lookUp(dependencies, run, subscribers, destination, deadline);
  if (looked.kind !== "found") {
    return looked;
  }
  const verdicts = new Map<Verdict, Subscriber[]>();
  for (const subscriber of subscribers) {
    const found = looked.consents.get(subscriber.email);
    const verdict = verdictOn(subscriber, found, run.resubscribe === true);
    verdicts.set(verdict, [...(verdicts.get(verdict) ?? []), subscriber]);
  }
  const of = (verdict: Verdict): readonly Subscriber[] => verdicts.get(verdict) ?? [];
  const sent = await send(dependencies, run, of("subscribe"), destination, deadline);
  if (sent.kind !== "sent") {
    return sent;
  }
  const settled = [...sent.accepted, ...of("alreadySubscribed")];
  const excluded = [...of("excludedUnsubscribed"), ...of("excludedSuppressed")];
  await files.writeSubscriptionOutcome(place, {
    settled: settled.map(({ email }) => email),
    excluded: excluded.map(({ email }) => email),
  });
  return {
    kind: "done",
    numbers: {
      accepted: sent.accepted.length,
      alreadySubscribed: of("alreadySubscribed").length,
      excludedUnsubscribed: of("excludedUnsubscribed").length,
      excludedSuppressed: of("excludedSuppressed").length,
      failed: of("failed").length + of("subscribe").length - sent.accepted.length,
    },
    ...(sent.problem === undefined ? {} : { problem: sent.problem }),
  };
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
    let after: string | undefined;
    do {
      const from = after;
      const result = await pacedCall(dependencies, endpoint, deadline, () =>
        dependencies.klaviyo.listEmailConsents(apiKey, emails, from),
      );
      if (!result.ok) {
        return troubleOf(result.failure);
      }
      for (const consent of result.value.items) {
        consents.set(consent.email, consent);
      }
      after = result.value.next;
    } while (after !== undefined);
    return undefined;
  };
  const filters = emailBatches(subscribers.map(({ email }) => email));
  const troubles = await Promise.all(filters.map(lookUpSome));
  return troubles.find((trouble) => trouble !== undefined) ?? { kind: "found", consents };
}

type Sending =
  | { kind: "sent"; accepted: readonly Subscriber[]; problem?: Problem }
  | RefusedKey
  | Exclude<BatchResult, { kind: "done" }>;

/** Klaviyo refuses all for one: whom it names is left out, and the others are sent again. */
async function send(
  dependencies: SubscribeBatchDependencies,
  { runId, settings }: PlannedRun,
  willing: readonly Subscriber[],
  { connection, apiKey }: Destination,
  deadline: Date,
): Promise<Sending> {
  const { subscription, listId } = settings;
  let subscribers = willing;
  let problem: Problem | undefined;
  for (let refusals = 0; subscribers.length > 0; refusals += 1) {
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
    if (result.failure.kind !== "invalid") {
      return troubleOf(result.failure);
    }
    problem = problemOfFailure(result.failure);
    const named = result.failure.errors.map(({ pointer }) => profilePosition(pointer));
    const left =
      named.includes(null) || refusals === MAX_REFUSALS
        ? []
        : subscribers.filter((_, position) => !named.includes(position));
    subscribers = left.length < subscribers.length ? left : [];
  }
  return { kind: "sent", accepted: subscribers, ...(problem === undefined ? {} : { problem }) };
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
      return { kind: "hopeless", problem: problemOfFailure(failure) };
  }
}
