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

/** A slot that is missed by more is given up: the calls after it would come too close. */
const MOST_LATENESS_MILLISECONDS = 20;

/** How far off a slot must be for its reservation to be back in time; doubled after a miss. */
const NOTICE_MILLISECONDS = 30;

/** A machine that misses so many slots in a row is too slow to keep any: the last one is used late. */
const MOST_MISSES = 5;

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
  for (let misses = 0; ; misses += 1) {
    const reservation = await limiter.reserve(quota, family, {
      party,
      continues,
      patienceMilliseconds: deadline.getTime() - clock.now().getTime(),
      noticeMilliseconds: NOTICE_MILLISECONDS * 2 ** misses,
      missed,
    });
    if (reservation.kind === "later") {
      return noSlotBefore(reservation.at);
    }
    await clock.sleep(reservation.at.getTime() - clock.now().getTime());
    const late = clock.now().getTime() - reservation.at.getTime();
    if (late <= MOST_LATENESS_MILLISECONDS || misses === MOST_MISSES) {
      break;
    }
    missed = reservation.at;
  }
  const answer = await call();
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
