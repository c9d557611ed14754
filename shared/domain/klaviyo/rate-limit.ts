/**
 * Klaviyo's limits, and the rule that spaces calls so that they are kept.
 *
 * Klaviyo counts calls per account and endpoint in fixed windows whose phase is not known. Calls that keep
 * within the limit in *every* span of a window's length keep it in the fixed windows too, whatever their
 * phase. So no span of a burst window holds more slots than the burst limit, none of a steady window more
 * than the steady limit, and slots are some way apart, since calls that are made together arrive in a heap.
 */

/** Klaviyo's endpoints that the exporter calls, each with limits of its own. */
export const endpointFamilies = [
  "getAccounts",
  "getList",
  "getListSize",
  "listLists",
  "createList",
  "createImportJob",
  "getImportJob",
  "listImportJobs",
  "listImportErrors",
  "listProfiles",
  "removeFromList",
  "createSubscriptionJob",
] as const;
export type EndpointFamily = (typeof endpointFamilies)[number];

export interface EndpointLimits {
  /** Calls in any one second. */
  readonly burst: number;
  /** Calls in any one minute. */
  readonly steady: number;
}

/** Lists that Klaviyo lets an account make in a day, by its API reference. */
export const LISTS_A_DAY = 150;

/** Klaviyo API reference, `x-klaviyo-ratelimit` of each endpoint, revision 2026-07-15. */
export const endpointLimits: Record<EndpointFamily, EndpointLimits> = {
  getAccounts: { burst: 1, steady: 15 },
  getList: { burst: 75, steady: 750 },
  /** The same endpoint, asked for the list's number of profiles too. */
  getListSize: { burst: 1, steady: 15 },
  listLists: { burst: 75, steady: 750 },
  /** Also {@link LISTS_A_DAY}, which Klaviyo alone counts. */
  createList: { burst: 10, steady: 150 },
  createImportJob: { burst: 10, steady: 150 },
  getImportJob: { burst: 10, steady: 150 },
  listImportJobs: { burst: 10, steady: 150 },
  listImportErrors: { burst: 10, steady: 150 },
  listProfiles: { burst: 75, steady: 750 },
  removeFromList: { burst: 10, steady: 150 },
  createSubscriptionJob: { burst: 75, steady: 750 },
};

const BURST_WINDOW_MILLISECONDS = 1_000;

/**
 * A call is made in its slot, or later by as much as was claimed; whoever is later still does not make it. On its way
 * it may lose some more. When both have passed since its slot, it has arrived: that is its room. A window counts from
 * there to the slot of the call that takes its place.
 *
 * What a worker that keeps its slots is late by at most, and what its calls then lose on their way. 40 ms of a second
 * leave more than 95 % of what is allowed.
 */
export const LEAST_LATENESS_MILLISECONDS = 20;
export const LEAST_WAY_MILLISECONDS = 20;
const LEAST_ROOM_MILLISECONDS = LEAST_LATENESS_MILLISECONDS + LEAST_WAY_MILLISECONDS;

/** The window of calls that are in time: what comes between a call and the one that takes its place. */
const USUAL_BURST_WINDOW_MILLISECONDS = BURST_WINDOW_MILLISECONDS + LEAST_ROOM_MILLISECONDS;

/** Half a second more than Klaviyo's, for calls that are late; what they are later by counts besides. */
const STEADY_WINDOW_MILLISECONDS = 60_500;

/**
 * How close slots come, as a share of their even spacing. A window's calls come early in it, so that the last of
 * many is made as soon as Klaviyo allows; and not at the same instant, or workers would miss slots.
 */
const LEAST_SPACING_SHARE = 0.5;

/** Taken slots are remembered by the second, which makes the state small; it errs to the late side. */
const BUCKET_MILLISECONDS = 1_000;

/**
 * Of a minute's calls, the share that one party alone may not use: 3 of 150. So a small run that starts
 * while a huge one has used up its minute need not wait for the next.
 */
const SHARE_FOR_OTHERS = 0.02;

/** How far a party may take slots ahead, in bursts: two seconds. Nobody waits behind more than that. */
const BURSTS_AHEAD = 2;

/** How long a party waits for a slot that has none ahead of it, and that has. */
const FIRST_PATIENCE_MILLISECONDS = 20_000;
const PATIENCE_MILLISECONDS = 3_000;

/** When a party that has taken enough slots ahead may ask again. */
const ASK_AGAIN_MILLISECONDS = 1_000;

/** Who asks for a slot, and how. */
export interface SlotClaim {
  /** The run that calls. Calls on nobody's behalf share what is there with all. */
  readonly party?: string | undefined;
  /** The longest that the caller can wait. */
  readonly patienceMilliseconds: number;
  /** The slot must be at least so far off, for the caller to be there in time. @default 0 */
  readonly noticeMilliseconds?: number;
  /** The call finishes what an earlier slot began: it may wait as long as it can, whatever lies ahead. */
  readonly continues?: true | undefined;
  /** How much later than its slot the call may be made. @default as little as there is */
  readonly latenessMilliseconds?: number;
  /** How much later than usual it may then arrive. @default as little as there is */
  readonly wayMilliseconds?: number;
  /** A slot that was given and not used: others may have its place in the windows. */
  readonly missed?: Slot | undefined;
}

/** When a call is to be made, until when it may be, and when it has arrived then. */
export interface Slot {
  readonly at: Date;
  readonly until: Date;
  readonly arrivedBy: Date;
}

/** What is remembered of an endpoint's calls. Instants are milliseconds since 1970. */
export interface RateLimitState {
  /** The slots whose calls may have arrived within the last burst window, oldest first. */
  readonly recent: readonly number[];
  /** How much later than its slot the call of each of these may arrive; what is missing is as little as there is. */
  readonly rooms: readonly number[];
  /** No call before this instant, since Klaviyo said so. */
  readonly heldUntil: number;
  /** Slots taken of the last minute, by the second in which they lie and by party. */
  readonly buckets: readonly SlotBucket[];
}

interface SlotBucket {
  readonly second: number;
  /** Empty for nobody in particular. */
  readonly party: string;
  readonly slots: number;
}

export const emptyRateLimitState: RateLimitState = {
  recent: [],
  rooms: [],
  heldUntil: 0,
  buckets: [],
};

/** The most calls a minute that one party may make. */
export function steadyLimitOfParty({ steady }: EndpointLimits): number {
  return steady - Math.floor(steady * SHARE_FOR_OTHERS);
}

/** Milliseconds between two calls when as many are made as the burst limit allows. */
function slotSpacing({ burst }: EndpointLimits): number {
  return Math.ceil(USUAL_BURST_WINDOW_MILLISECONDS / burst);
}

/** When the calls of the recent slots have arrived at the latest, in the slots' order. */
function arrivals({ recent, rooms }: RateLimitState): number[] {
  return recent.map((slot, index) => slot + (rooms[index] ?? LEAST_ROOM_MILLISECONDS));
}

/** The next instant that the burst limit allows, after the slots taken. */
function burstFrom(state: RateLimitState, limits: EndpointLimits): number {
  const newest = state.recent.at(-1) ?? 0;
  // Who is late may arrive after who was given a later slot.
  const full =
    arrivals(state)
      .toSorted((one, other) => one - other)
      .at(-limits.burst) ?? 0;
  return Math.max(
    newest + Math.ceil(slotSpacing(limits) * LEAST_SPACING_SHARE),
    full + BURST_WINDOW_MILLISECONDS,
  );
}

/** The next instant at which a party may call, not before `now`. */
export function nextSlot(
  state: RateLimitState,
  limits: EndpointLimits,
  now: number,
  party = "",
): number {
  const free = Math.max(now, state.heldUntil, burstFrom(state, limits));
  const ofAll = steadyFrom(state.buckets, limits.steady);
  if (party === "") {
    return Math.max(free, ofAll);
  }
  const own = state.buckets.filter((bucket) => bucket.party === party);
  return Math.max(free, ofAll, steadyFrom(own, steadyLimitOfParty(limits)));
}

/** When a window that these slots have filled has room again; 0 when it has. */
function steadyFrom(buckets: readonly SlotBucket[], steady: number): number {
  let taken = 0;
  // From the newest bucket back: the bucket that fills the steady limit must have left the window.
  for (const { second, slots } of buckets.toSorted((one, other) => other.second - one.second)) {
    taken += slots;
    if (taken >= steady) {
      return (second + 1) * BUCKET_MILLISECONDS + STEADY_WINDOW_MILLISECONDS;
    }
  }
  return 0;
}

/**
 * Gives a slot, or says when to ask again. The rule that keeps runs fair to each other: a party takes slots
 * at most two seconds ahead, waits long only for its first, and leaves a share of the minute to others. So
 * whoever comes waits behind a few slots of each run that is going, never behind a run's whole backlog.
 */
export function claimSlot(
  before: RateLimitState,
  limits: EndpointLimits,
  now: number,
  claim: SlotClaim,
): { kind: "later"; at: number; state: RateLimitState } | (GivenSlot & { kind: "slot" }) {
  const { party = "", patienceMilliseconds, noticeMilliseconds = 0, missed } = claim;
  const { latenessMilliseconds = LEAST_LATENESS_MILLISECONDS } = claim;
  const { wayMilliseconds = LEAST_WAY_MILLISECONDS } = claim;
  const room = latenessMilliseconds + wayMilliseconds;
  const state = missed === undefined ? before : giveBack(before, missed, party);
  const ahead = party === "" ? 0 : slotsAhead(state, party, now);
  if (ahead >= limits.burst * BURSTS_AHEAD && claim.continues === undefined) {
    return { kind: "later", at: now + ASK_AGAIN_MILLISECONDS, state };
  }
  const patience =
    claim.continues === true || ahead === 0 ? FIRST_PATIENCE_MILLISECONDS : PATIENCE_MILLISECONDS;
  const at = nextSlot(state, limits, now + noticeMilliseconds, party);
  return at - now > Math.min(patience, patienceMilliseconds)
    ? { kind: "later", at, state }
    : {
        kind: "slot",
        at,
        slot: {
          at: new Date(at),
          until: new Date(at + latenessMilliseconds),
          arrivedBy: new Date(at + room),
        },
        state: takeSlot(state, at, party, room),
      };
}

interface GivenSlot {
  readonly at: number;
  readonly slot: Slot;
  readonly state: RateLimitState;
}

function slotsAhead({ buckets }: RateLimitState, party: string, now: number): number {
  const second = Math.floor(now / BUCKET_MILLISECONDS);
  return buckets
    .filter((bucket) => bucket.party === party && bucket.second > second)
    .reduce((sum, { slots }) => sum + slots, 0);
}

/** The state after a slot was taken. */
export function takeSlot(
  state: RateLimitState,
  slot: number,
  party = "",
  room = LEAST_ROOM_MILLISECONDS,
): RateLimitState {
  const second = secondOf(slot, room);
  const oldest =
    Math.floor(slot / BUCKET_MILLISECONDS) -
    Math.ceil(STEADY_WINDOW_MILLISECONDS / BUCKET_MILLISECONDS) -
    1;
  const kept = state.buckets.filter((bucket) => bucket.second >= oldest);
  const isSame = (bucket: SlotBucket): boolean =>
    bucket.second === second && bucket.party === party;
  const buckets = kept.some(isSame)
    ? kept.map((bucket) => (isSame(bucket) ? { ...bucket, slots: bucket.slots + 1 } : bucket))
    : [...kept, { second, party, slots: 1 }];
  const isMinded = arrivals(state).map((arrival) => arrival > slot - BURST_WINDOW_MILLISECONDS);
  return { ...withRecent(state, isMinded, [[slot, room]]), buckets };
}

/** The state without a slot that was taken and not used. */
function giveBack(state: RateLimitState, { at, arrivedBy }: Slot, party: string): RateLimitState {
  const slot = at.getTime();
  const second = secondOf(slot, arrivedBy.getTime() - slot);
  return {
    ...withRecent(
      state,
      state.recent.map((taken) => taken !== slot),
    ),
    buckets: state.buckets
      .map((bucket) =>
        bucket.second === second && bucket.party === party
          ? { ...bucket, slots: bucket.slots - 1 }
          : bucket,
      )
      .filter(({ slots }) => slots > 0),
  };
}

/** The second of the steady window that a call counts for: its slot's, unless it may be unusually late. */
function secondOf(slot: number, room: number): number {
  return Math.floor((slot + room - LEAST_ROOM_MILLISECONDS) / BUCKET_MILLISECONDS);
}

/** The state with those of its recent slots that are kept, and others after them. */
function withRecent(
  state: RateLimitState,
  isKept: readonly boolean[],
  added: readonly (readonly [slot: number, room: number])[] = [],
): RateLimitState {
  const kept = state.recent.flatMap((slot, index) => {
    const room = state.rooms[index] ?? LEAST_ROOM_MILLISECONDS;
    return isKept[index] === true ? [[slot, room] as const] : [];
  });
  const all = [...kept, ...added];
  return {
    ...state,
    recent: all.map(([slot]) => slot),
    rooms: all.map(([, room]) => room),
  };
}

/** The state after Klaviyo asked for patience. */
export function holdBack(state: RateLimitState, until: number): RateLimitState {
  return { ...state, heldUntil: Math.max(state.heldUntil, until) };
}

/** When the n-th call of many (from 0) can be made at the earliest, in milliseconds from the first. */
export function turnOf(index: number, limits: EndpointLimits): number {
  const steady = steadyLimitOfParty(limits);
  return (
    Math.floor(index / steady) * STEADY_WINDOW_MILLISECONDS + (index % steady) * slotSpacing(limits)
  );
}
