import { steadyFrom, type EndpointLimits } from "./rate-limit";
import { AFTER_ARRIVAL_MILLISECONDS, takenSlots, type RateLimitState } from "./rate-limit-state";

/**
 * When the call of a slot may be made, as far as it is known what became of those before it; undefined while too many
 * of them may still be on their way. Whoever makes it then, or later, keeps Klaviyo's limits: at no time do more calls
 * lie between their making and a window after their arrival than a window may hold.
 *
 * @param slot an instant, milliseconds since 1970, that {@link RateLimitState.recent} holds
 */
export function clearedFrom(
  state: RateLimitState,
  limits: EndpointLimits,
  slot: number,
  now: number,
): number | undefined {
  const taken = takenSlots(state, now);
  const before = taken.filter((one) => one.slot < slot);
  const arrivals = before
    .flatMap(({ arrived }) => arrived ?? [])
    .toSorted((one, other) => other - one);
  const underWay = before.length - arrivals.length;
  const room = limits.burst - underWay - 1;
  if (room < 0) {
    return undefined;
  }
  // As many of the last arrivals may lie within the second.
  const passed = arrivals[room];
  return Math.max(
    state.heldUntil,
    passed === undefined ? 0 : passed + AFTER_ARRIVAL_MILLISECONDS,
    steadyFrom(state.buckets, limits.steady, taken.length - before.length),
  );
}

/** How long calls to an endpoint take from their making to their answer, as one worker has seen it: milliseconds. */
export interface Travel {
  readonly calls: number;
  readonly quickest: number;
  readonly slowest: number;
}

/** So many calls tell how quick the quickest are, if all took about the same time. */
const ENOUGH_CALLS = 10;
const MOST_SPREAD_MILLISECONDS = 100;

/** What a worker knows after one more call. */
export function learnTravel(
  { calls, quickest, slowest }: Travel = { calls: 0, quickest: Infinity, slowest: 0 },
  milliseconds: number,
): Travel {
  return {
    calls: calls + 1,
    quickest: Math.min(quickest, milliseconds),
    slowest: Math.max(slowest, milliseconds),
  };
}

/**
 * The instant by which a call had arrived that is answered now, as calls are made that arrive at once: what the
 * quickest take, all take. Where calls were held up, or few have been made, nobody knows what that is: then it is
 * the answer's.
 */
export function arrivedBy(
  { made, answered }: { readonly made: number; readonly answered: number },
  travel: Travel | undefined,
): number {
  return travel === undefined ||
    travel.calls < ENOUGH_CALLS ||
    travel.slowest - travel.quickest > MOST_SPREAD_MILLISECONDS
    ? answered
    : Math.max(made, answered - travel.quickest);
}
