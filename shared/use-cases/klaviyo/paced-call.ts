import type { EndpointFamily } from "../../domain/klaviyo/rate-limit";
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

/**
 * A slot that is missed by more is given up and another one taken: who looks at the calls on their way must not take
 * this one for lost (`domain/klaviyo/rate-limit.ts`) that is not made yet.
 */
const MOST_LATENESS_MILLISECONDS = 2_000;

/** So long before a slot it is looked up whether the call may be made in it. */
const LOOK_AHEAD_MILLISECONDS = 30;

/** How often it is looked whether calls before have arrived. */
const LOOK_AGAIN_MILLISECONDS = 50;

/**
 * Makes a call to Klaviyo in a slot of the account's rate limit, and lets all workers know when Klaviyo
 * asks for patience. The call is not made when there is no slot before the deadline, or none for this run in the
 * near future.
 *
 * @param call makes the call, or says why it did not come to that
 */
export async function pacedCall<Value>(
  { limiter, clock, log }: { limiter: RateLimiter; clock: Clock; log: Pick<Log, "warn"> },
  { quota, family, party, continues }: PacedEndpoint,
  deadline: Date,
  call: () => Promise<KlaviyoResult<Value> | NotDone>,
): Promise<CallResult<Value>> {
  let missed: Date | undefined;
  let slot: Date;
  for (;;) {
    const reservation = await limiter.reserve(quota, family, {
      party,
      continues,
      patienceMilliseconds: deadline.getTime() - clock.now().getTime(),
      missed,
    });
    if (reservation.kind === "later") {
      return noSlotBefore(reservation.at);
    }
    slot = reservation.at;
    if (!reservation.isClear) {
      await untilCleared({ limiter, clock }, { quota, family }, slot);
    }
    await clock.sleep(slot.getTime() - clock.now().getTime());
    if (latenessAt(clock, slot) <= MOST_LATENESS_MILLISECONDS) {
      break;
    }
    missed = slot;
  }
  const made = clock.now();
  const answer = await call();
  const answered = clock.now();
  // What was answered counts, whether or not it can be said to others.
  await limiter.answered(quota, family, { slot, party, made, answered }).catch(() => undefined);
  if ("kind" in answer) {
    return answer;
  }
  const result = resultOf(answer, answered);
  if (result.kind === "later") {
    if (!answer.ok && answer.failure.kind === "throttled" && answer.failure.isShortened === true) {
      log.warn("patienceShortened", { quota, family, runId: party });
    }
    await limiter.holdBack(quota, family, result.at);
  }
  return result;
}

/** Waits until the call of a slot may be made, or the slot is missed. */
async function untilCleared(
  { limiter, clock }: { limiter: RateLimiter; clock: Clock },
  { quota, family }: Pick<PacedEndpoint, "quota" | "family">,
  slot: Date,
): Promise<void> {
  await clock.sleep(slot.getTime() - LOOK_AHEAD_MILLISECONDS - clock.now().getTime());
  while (latenessAt(clock, slot) <= MOST_LATENESS_MILLISECONDS) {
    const from = await limiter.clearedFrom(quota, family, slot);
    const wait = from === undefined ? Infinity : from.getTime() - clock.now().getTime();
    if (wait <= LOOK_AHEAD_MILLISECONDS) {
      await clock.sleep(wait);
      return;
    }
    await clock.sleep(Math.min(wait, LOOK_AGAIN_MILLISECONDS));
  }
}

/** Milliseconds since a slot; less than 0 before it. */
function latenessAt(clock: Pick<Clock, "now">, slot: Date): number {
  return clock.now().getTime() - slot.getTime();
}
