import type { EndpointFamily } from "../domain/rate-limit";
import type { Clock, KlaviyoResult, RateLimiter } from "../ports";

/**
 * Makes a call to Klaviyo in a slot of the account's rate limit, and lets all workers know when Klaviyo
 * asks for patience. `tooLate` when there is no slot before the deadline; the call is not made then.
 */
export async function pacedCall<Value>(
  { limiter, clock }: { limiter: RateLimiter; clock: Clock },
  endpoint: { accountId: string; family: EndpointFamily },
  deadline: Date,
  call: () => Promise<KlaviyoResult<Value>>,
): Promise<KlaviyoResult<Value> | { ok: false; failure: { kind: "tooLate"; at: Date } }> {
  const { accountId, family } = endpoint;
  const patience = deadline.getTime() - clock.now().getTime();
  const reservation = await limiter.reserve(accountId, family, patience);
  if (reservation.kind === "later") {
    return { ok: false, failure: { kind: "tooLate", at: reservation.at } };
  }
  await clock.sleep(reservation.at.getTime() - clock.now().getTime());
  const result = await call();
  if (!result.ok && result.failure.kind === "throttled") {
    const until = new Date(clock.now().getTime() + result.failure.retryAfterMilliseconds);
    await limiter.holdBack(accountId, family, until);
  }
  return result;
}
