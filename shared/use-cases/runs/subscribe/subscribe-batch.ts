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
import type { RunFiles } from "../../../ports";
import type { NotDone } from "../../klaviyo/call-result";
import type { Destination } from "../../klaviyo/klaviyo-access";
import type { PlannedRun } from "../planned-run";
import { readPages } from "../../klaviyo/read-pages";

export interface SubscribeBatchDependencies {
  readonly files: Pick<
    RunFiles,
    "readSubscribers" | "writeSubscriptionOutcome" | "readSubscriptionOutcome"
  >;
}

export type BatchResult =
  | {
      kind: "done";
      numbers: BatchNumbers;
      problem?: Problem | undefined;
      /** Klaviyo did not answer: the next batch had better wait. */
      unanswered?: Problem;
    }
  /** Klaviyo's rate limit has no room before. */
  | { kind: "later"; at: Date }
  /** Worth another try. */
  | { kind: "faulty"; problem: Problem }
  /** Nor can the other batches be subscribed. */
  | { kind: "hopeless"; problem: Problem };

type Trouble = Exclude<BatchResult, { kind: "done" }>;

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
  return { kind: "done", numbers: over.numbers, problem };
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
  { run, batch }: { run: PlannedRun; batch: number },
  { klaviyo }: Destination,
): Promise<BatchResult> {
  const { files } = dependencies;
  const place = placeOf(run, batch);
  const subscribers = await files.readSubscribers(place);
  const looked = await lookUp(klaviyo, subscribers);
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
  const mode = await askMode(klaviyo, run, willing.length);
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
      problem,
    };
    await files.writeSubscriptionOutcome(place, outcome);
    return outcome;
  };
  const mark: Mark = async (state, asking, problem) => {
    if (mode.once) {
      await keep(state, asking, { accepted: [], uncertain: [], ...(problem && { problem }) });
    }
  };
  const sent = await send(klaviyo, run, { willing, once: mode.once, mark });
  if (sent.kind !== "sent") {
    return sent;
  }
  const { numbers, problem } = await keep("over", [], sent);
  return {
    kind: "done",
    numbers,
    problem,
    ...(sent.uncertain.length > 0 && problem !== undefined ? { unanswered: problem } : {}),
  };
}

/** Whether the list sends those mails to be confirmed who are subscribed; a historical import never does. */
async function askMode(
  klaviyo: Destination["klaviyo"],
  { settings }: PlannedRun,
  willing: number,
): Promise<{ kind: "mode"; once: boolean } | Trouble> {
  if (willing === 0 || settings.subscription?.historicalImport === true) {
    return { kind: "mode", once: false };
  }
  const list = await klaviyo.getList(settings.listId);
  return list.kind === "done"
    ? { kind: "mode", once: list.value.doubleOptIn !== false }
    : troubleOf(list);
}

/** Reads every page of what Klaviyo knows of the subscribers, or says why that can't be done now. */
async function lookUp(
  klaviyo: Destination["klaviyo"],
  subscribers: readonly Subscriber[],
): Promise<{ kind: "found"; consents: ReadonlyMap<string, EmailConsent> } | Trouble> {
  const consents = new Map<string, EmailConsent>();
  const lookUpSome = async (emails: readonly string[]) => {
    const unread = await readPages(
      (after) => klaviyo.listEmailConsents(emails, after),
      (found) => {
        for (const consent of found) {
          consents.set(consent.email, consent);
        }
      },
    );
    return unread === undefined ? undefined : troubleOf(unread);
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
  readonly problem?: Problem | undefined;
}

/** Writes down who is about to be asked for, or that nobody was after all. */
type Mark = (
  state: "asking" | "notAsked",
  asking: readonly Subscriber[],
  problem?: Problem,
) => Promise<void>;

/** Klaviyo refuses all for one: whom it names is left out, and the others are sent again. */
async function send(
  klaviyo: Destination["klaviyo"],
  { settings: { subscription, listId } }: PlannedRun,
  { willing, once, mark }: { willing: readonly Subscriber[]; once: boolean; mark: Mark },
): Promise<Sent | Trouble> {
  let subscribers = willing;
  let problem: Problem | undefined;
  for (let refusals = 0; subscribers.length > 0; refusals += 1) {
    // Before its turn is waited for: between the turn and the call is no time for it.
    await mark("asking", subscribers, problem);
    const result = await klaviyo.createSubscriptionJob({
      listId,
      historicalImport: subscription?.historicalImport ?? false,
      customSource: subscription?.customSource,
      subscribers,
    });
    if (result.kind === "done") {
      break;
    }
    if (result.kind === "faulty" && !result.unreached && once) {
      return { kind: "sent", accepted: [], uncertain: subscribers, problem: result.problem };
    }
    if (result.kind !== "refused" || result.as !== "invalid") {
      await mark("notAsked", []);
      return troubleOf(result);
    }
    problem = result.problem;
    const named = result.errors.map(({ pointer }) => profilePosition(pointer));
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
    problem,
  };
}

/**
 * What a call that was not done means for the batch. Klaviyo that asks for patience counts as one that is not
 * available, so that it is not asked for ever; and what it refuses here it would refuse of every batch.
 */
function troubleOf(result: NotDone): Trouble {
  switch (result.kind) {
    case "later":
      return result.by === "limiter" ? result : { kind: "faulty", problem: result.problem };
    case "faulty":
    case "hopeless":
      return result;
    case "refused":
      return { kind: "hopeless", problem: result.problem };
  }
}
