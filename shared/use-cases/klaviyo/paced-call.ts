import type { EndpointFamily, Slot } from "../../domain/klaviyo/rate-limit";
import type { Clock, KlaviyoResult, Log, RateLimiter } from "../../ports";
import { noSlotBefore, resultOf, type CallResult, type NotDone } from "./call-result";

/** A call's endpoint, and the run that it is made for. */
interface PacedEndpoint {
  /** Whose limits it counts for (`quotaOf`). */
  readonly quota: string;
  readonly family: EndpointFamily;
  /** None for calls that a person waits for. */
  readonly party?: string | undefined;
  /** The call finishes what an earlier one began. */
  readonly continues?: true | undefined;
}

/** So long before its slot a call is begun, so that its connection is open in time. */
const CONNECTING_MILLISECONDS = 250;

/** How far off a slot must be for its reservation to be back in time; doubled after a miss. */
const NOTICE_MILLISECONDS = 30;

/** A worker that misses so many slots in a row makes no call for the time being: others use them. */
const MOST_MISSES = 6;

/** Who has missed a slot has a connection open, which is not kept for long. */
const PATIENCE_AFTER_MISS_MILLISECONDS = 4_000;

/** When a worker that could keep no slot asks again. */
const ASK_AGAIN_MILLISECONDS = 5_000;

interface PacedCallDependencies {
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
}

/**
 * Makes a call to Klaviyo in a slot of the account's rate limit, and lets all workers know when Klaviyo
 * asks for patience. The call is not made when there is no slot before the deadline, or none for this run in the
 * near future.
 *
 * A worker may stop at any time: so whether it is in time is seen last, when nothing is left to do but to send.
 *
 * @param call makes the call in its turn, or says why it did not come to that
 */
export async function pacedCall<Value>(
  dependencies: PacedCallDependencies,
  endpoint: PacedEndpoint,
  deadline: Date,
  call: (turn: () => Promise<boolean>) => Promise<KlaviyoResult<Value> | NotDone>,
): Promise<CallResult<Value>> {
  const { limiter, clock, log } = dependencies;
  const { quota, family, party } = endpoint;
  const first = await reserve(dependencies, endpoint, { until: deadline });
  if (first.kind === "later") {
    return noSlotBefore(first.at);
  }
  await sleepUntil(clock, first.at.getTime() - CONNECTING_MILLISECONDS);
  let turn: Promise<Turn> | undefined;
  const answer = await call(async () => {
    turn ??= takeTurn(dependencies, endpoint, deadline, first);
    return (await turn).kind === "taken";
  });
  const answeredAt = clock.now().getTime();
  const taken = await turn;
  if (taken?.kind === "lost") {
    return noSlotBefore(taken.at);
  }
  if (taken?.kind === "taken") {
    limiter.noteAnswerTime(family, answeredAt - taken.at);
  }
  if ("kind" in answer) {
    return answer;
  }
  const result = resultOf(answer, clock.now());
  if (result.kind === "later") {
    if (!answer.ok && answer.failure.kind === "throttled" && answer.failure.isShortened === true) {
      log.warn("patienceShortened", { quota, family, runId: party });
    }
    await limiter.holdBack(quota, family, result.at);
  }
  return result;
}

type Turn =
  | { readonly kind: "taken"; readonly at: number }
  | { readonly kind: "lost"; readonly at: Date };

/** Waits for the slot, and for another one if it is missed. */
async function takeTurn(
  dependencies: PacedCallDependencies,
  endpoint: PacedEndpoint,
  deadline: Date,
  first: Slot,
): Promise<Turn> {
  const { limiter, clock } = dependencies;
  let slot = first;
  for (let misses = 0; ;) {
    const late = await sleepUntil(clock, slot.at.getTime());
    if (late !== undefined) {
      limiter.noteLateness(late);
    }
    const now = clock.now().getTime();
    if (now <= slot.until.getTime()) {
      return { kind: "taken", at: now };
    }
    misses += 1;
    if (misses === MOST_MISSES) {
      return { kind: "lost", at: new Date(clock.now().getTime() + ASK_AGAIN_MILLISECONDS) };
    }
    const latest = clock.now().getTime() + PATIENCE_AFTER_MISS_MILLISECONDS;
    const until = new Date(Math.min(deadline.getTime(), latest));
    const next = await reserve(dependencies, endpoint, { until, misses, missed: slot });
    if (next.kind === "later") {
      return { kind: "lost", at: next.at };
    }
    slot = next;
  }
}

function reserve(
  { limiter, clock }: PacedCallDependencies,
  { quota, family, party, continues }: PacedEndpoint,
  { until, misses = 0, missed }: { until: Date; misses?: number; missed?: Slot },
): ReturnType<RateLimiter["reserve"]> {
  return limiter.reserve(quota, family, {
    party,
    continues,
    patienceMilliseconds: until.getTime() - clock.now().getTime(),
    noticeMilliseconds: NOTICE_MILLISECONDS * 2 ** misses,
    missed,
  });
}

/** By how many milliseconds it became later; undefined if there was nothing to wait for. */
async function sleepUntil(clock: Clock, instant: number): Promise<number | undefined> {
  const wait = instant - clock.now().getTime();
  if (wait <= 0) {
    return undefined;
  }
  await clock.sleep(wait);
  return clock.now().getTime() - instant;
}
