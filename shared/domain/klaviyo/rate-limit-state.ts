/**
 * What is remembered of an endpoint's calls, and how it changes as slots are taken and used. Instants are
 * milliseconds since 1970.
 */

/**
 * How much longer than Klaviyo's windows ours are. Calls do not arrive exactly when they are made: calls that
 * are late by as much or less make none wait that come after. 4 % of a second and half a second of a minute
 * leave more than 95 % of what is allowed.
 */
export const BURST_WINDOW_MILLISECONDS = 1_040;
export const STEADY_WINDOW_MILLISECONDS = 60_500;

/** From a call's arrival to the call that takes its place in the second: clocks of workers differ by a little. */
export const AFTER_ARRIVAL_MILLISECONDS = 1_020;

/** Of what the steady window is longer than Klaviyo's, as much is left for calls that arrive after their slot. */
const STEADY_LATENESS_MILLISECONDS = 480;

/**
 * A call that nobody has told of for so long after its slot counts as arrived by then: its worker has died. A slot
 * is used at most two seconds late, so that a call has three to arrive.
 */
const LOST_MILLISECONDS = 5_000;

/** Taken slots are remembered by the second, which makes the state small; it errs to the late side. */
export const BUCKET_MILLISECONDS = 1_000;

/** What is remembered of an endpoint's calls. Instants are milliseconds since 1970. */
export interface RateLimitState {
  /** Slots that calls to come must mind, oldest first. */
  readonly recent: readonly number[];
  /**
   * Of each of these, how long after it its call had surely arrived; null while that is not known. What is
   * missing was written by who does not note it, and counts as no time.
   */
  readonly lateness: readonly (number | null)[];
  /** No call before this instant, since Klaviyo said so. */
  readonly heldUntil: number;
  /** Slots taken of the last minute, by the second in which they lie and by party. */
  readonly buckets: readonly SlotBucket[];
}

/** The slots of a party in one second. */
export interface SlotBucket {
  readonly second: number;
  /** Empty for nobody in particular. */
  readonly party: string;
  readonly slots: number;
}

export const emptyRateLimitState: RateLimitState = {
  recent: [],
  lateness: [],
  heldUntil: 0,
  buckets: [],
};

/** A slot that was taken, and the instant by which its call had arrived, as far as that is known. */
interface TakenSlot {
  readonly slot: number;
  readonly arrived: number | undefined;
}

/** The slots that calls to come must mind, oldest first. */
export function takenSlots({ recent, lateness }: RateLimitState, now: number): TakenSlot[] {
  return recent.map((slot, index) => {
    const late = lateness[index] === undefined ? 0 : lateness[index];
    const lost = now - slot >= LOST_MILLISECONDS ? LOST_MILLISECONDS : undefined;
    const known = late ?? lost;
    return { slot, arrived: known === undefined ? undefined : slot + known };
  });
}

/**
 * The state after a slot was taken, without what no call to come must mind.
 *
 * @param now when it is taken. @default the slot's instant
 */
export function takeSlot(
  state: RateLimitState,
  slot: number,
  party = "",
  now = slot,
): RateLimitState {
  const taken = takenSlots(state, now);
  // Calls whose slots are taken still look back from when they are made.
  const waiting = taken.filter(({ arrived }) => arrived === undefined);
  const from = Math.min(now, slot, ...waiting.map((one) => one.slot));
  const isMinded = taken.map(
    ({ arrived = Infinity }) => arrived > from - BURST_WINDOW_MILLISECONDS,
  );
  const oldest = Math.floor((from - STEADY_WINDOW_MILLISECONDS) / BUCKET_MILLISECONDS) - 2;
  const kept = state.buckets.filter((bucket) => bucket.second >= oldest);
  return {
    ...state,
    recent: [...state.recent.filter((_, index) => isMinded[index]), slot],
    lateness: [...latenessOf(state).filter((_, index) => isMinded[index]), null],
    buckets: addSlot(kept, Math.floor(slot / BUCKET_MILLISECONDS), party),
  };
}

/** The state after a call is known to have arrived by an instant. */
export function noteArrival(
  state: RateLimitState,
  { slot, party = "", by }: { slot: number; party?: string | undefined; by: number },
): RateLimitState {
  const index = state.recent.indexOf(slot);
  if (index === -1) {
    return state;
  }
  const planned = Math.floor(slot / BUCKET_MILLISECONDS);
  const second = Math.floor((by - STEADY_LATENESS_MILLISECONDS) / BUCKET_MILLISECONDS);
  return {
    ...state,
    lateness: latenessOf(state).with(index, Math.max(0, by - slot)),
    buckets:
      second > planned
        ? addSlot(removeSlot(state.buckets, planned, party), second, party)
        : state.buckets,
  };
}

/** The state without a slot that was taken and not used. */
export function giveBack(state: RateLimitState, slot: number, party: string): RateLimitState {
  const isOther = state.recent.map((taken) => taken !== slot);
  return {
    ...state,
    recent: state.recent.filter((_, index) => isOther[index]),
    lateness: latenessOf(state).filter((_, index) => isOther[index]),
    buckets: removeSlot(state.buckets, Math.floor(slot / BUCKET_MILLISECONDS), party),
  };
}

/** One for each slot. */
function latenessOf({ recent, lateness }: RateLimitState): (number | null)[] {
  return recent.map((_, index) => (lateness[index] === undefined ? 0 : lateness[index]));
}

function addSlot(buckets: readonly SlotBucket[], second: number, party: string): SlotBucket[] {
  const isSame = (bucket: SlotBucket): boolean =>
    bucket.second === second && bucket.party === party;
  return buckets.some(isSame)
    ? buckets.map((bucket) => (isSame(bucket) ? { ...bucket, slots: bucket.slots + 1 } : bucket))
    : [...buckets, { second, party, slots: 1 }];
}

function removeSlot(buckets: readonly SlotBucket[], second: number, party: string): SlotBucket[] {
  return buckets
    .map((bucket) =>
      bucket.second === second && bucket.party === party
        ? { ...bucket, slots: bucket.slots - 1 }
        : bucket,
    )
    .filter(({ slots }) => slots > 0);
}

/** The state after Klaviyo asked for patience. */
export function holdBack(state: RateLimitState, until: number): RateLimitState {
  return { ...state, heldUntil: Math.max(state.heldUntil, until) };
}
