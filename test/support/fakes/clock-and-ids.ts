import { emptyRateLimitState } from "../../../shared/domain/klaviyo/rate-limit";
import type { Clock, IdGenerator, RateLimiter } from "../../../shared/ports";
import { anInstant } from "../builders";

/** A clock that moves only when somebody sleeps, or is told to. */
export function fakeClock(
  start: string = anInstant,
): Clock & { advance(milliseconds: number): void } {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    async sleep(milliseconds) {
      now += Math.max(0, milliseconds);
    },
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

/** id-0001, id-0002 and so on. */
export function fakeIds(): IdGenerator {
  let count = 0;
  return {
    next() {
      count += 1;
      return `id-${String(count).padStart(4, "0")}`;
    },
  };
}

/** A limiter whose next slot is so many milliseconds away. */
export function fakeLimiter(clock: Clock, waitMilliseconds = 0): RateLimiter {
  return {
    async reserve(_accountId, _family, { patienceMilliseconds }) {
      const at = new Date(clock.now().getTime() + waitMilliseconds);
      return waitMilliseconds > patienceMilliseconds
        ? { kind: "later", at }
        : { kind: "slot", at, until: at, arrivedBy: at };
    },
    noteLateness() {},
    noteAnswerTime() {},
    async holdBack() {},
    look: async () => emptyRateLimitState,
    async forget() {},
  };
}
