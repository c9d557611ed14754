import {
  AFTER_ARRIVAL_MILLISECONDS,
  BUCKET_MILLISECONDS,
  BURST_WINDOW_MILLISECONDS,
  STEADY_WINDOW_MILLISECONDS,
  giveBack,
  takeSlot,
  takenSlots,
  type RateLimitState,
  type SlotBucket,
} from "./rate-limit-state";

/**
 * Klaviyo's limits, and the rule that spaces calls so that they are kept.
 *
 * Klaviyo counts calls per account and endpoint in fixed windows whose phase is not known. Calls that keep
 * within the limit in *every* span of a window's length keep it in the fixed windows too, whatever their
 * phase. So no span of a burst window holds more slots than the burst limit, none of a steady window more
 * than the steady limit, and slots are some way apart, since calls that are made together arrive in a heap.
 *
 * Slots are a plan: a call may arrive long after its slot. What keeps the limits is that a call is made when
 * so many of those before it are known to have arrived a window ago that there is room for it
 * (`clearance.ts`), whatever the others are doing.
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

/**
 * How close slots come, as a share of their even spacing. A window's calls come early in it, so that the last of
 * many is made as soon as Klaviyo allows; and not at the same instant, or workers would miss slots.
 */
const LEAST_SPACING_SHARE = 0.5;

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
  /** The call finishes what an earlier slot began: it may wait as long as it can, whatever lies ahead. */
  readonly continues?: true | undefined;
  /** A slot that was given and not used: others may have its place in the windows. */
  readonly missed?: Date | undefined;
}

/** The most calls a minute that one party may make. */
export function steadyLimitOfParty({ steady }: EndpointLimits): number {
  return steady - Math.floor(steady * SHARE_FOR_OTHERS);
}

/** Milliseconds between two calls when as many are made as the burst limit allows. */
function slotSpacing({ burst }: EndpointLimits): number {
  return Math.ceil(BURST_WINDOW_MILLISECONDS / burst);
}

/** Whether a call should have been made and answered by now. */
function isOverdue(slot: number, now: number): boolean {
  return slot < now - BUCKET_MILLISECONDS;
}

/** The next instant that the burst limit allows, after the slots taken. */
function burstFrom(state: RateLimitState, limits: EndpointLimits, now: number): number {
  const taken = takenSlots(state, now);
  const newest = taken.at(-1)?.slot ?? 0;
  const { slot: full, arrived } = taken.at(-limits.burst) ?? { slot: 0, arrived: 0 };
  // One that is overdue arrives now at the earliest.
  const arrives = arrived ?? (isOverdue(full, now) ? now : 0);
  return Math.max(
    newest + Math.ceil(slotSpacing(limits) * LEAST_SPACING_SHARE),
    full + BURST_WINDOW_MILLISECONDS,
    arrives + AFTER_ARRIVAL_MILLISECONDS,
  );
}

/** The next instant at which a party may call, not before `now`. */
export function nextSlot(
  state: RateLimitState,
  limits: EndpointLimits,
  now: number,
  party = "",
): number {
  const free = Math.max(now, state.heldUntil, burstFrom(state, limits, now));
  const ofAll = steadyFrom(state.buckets, limits.steady);
  if (party === "") {
    return Math.max(free, ofAll);
  }
  const own = state.buckets.filter((bucket) => bucket.party === party);
  return Math.max(free, ofAll, steadyFrom(own, steadyLimitOfParty(limits)));
}

/**
 * When a window that these slots have filled has room again; 0 when it has.
 *
 * @param unused as many of the newest do not count
 */
export function steadyFrom(buckets: readonly SlotBucket[], steady: number, unused = 0): number {
  let taken = -unused;
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
): { kind: "slot" | "later"; at: number; state: RateLimitState } {
  const { party = "", patienceMilliseconds, missed } = claim;
  const state = missed === undefined ? before : giveBack(before, missed.getTime(), party);
  const ahead = party === "" ? 0 : slotsAhead(state, party, now);
  if (ahead >= limits.burst * BURSTS_AHEAD && claim.continues === undefined) {
    return { kind: "later", at: now + ASK_AGAIN_MILLISECONDS, state };
  }
  const patience =
    claim.continues === true || ahead === 0 ? FIRST_PATIENCE_MILLISECONDS : PATIENCE_MILLISECONDS;
  const at = nextSlot(state, limits, now, party);
  return at - now > Math.min(patience, patienceMilliseconds)
    ? { kind: "later", at, state }
    : { kind: "slot", at, state: takeSlot(state, at, party, now) };
}

/** Slots of the party that are to come, and all that should have been used and are waited for. */
function slotsAhead(state: RateLimitState, party: string, now: number): number {
  const second = Math.floor(now / BUCKET_MILLISECONDS);
  const overdue = takenSlots(state, now).filter(
    ({ slot, arrived }) => arrived === undefined && isOverdue(slot, now),
  );
  return state.buckets
    .filter((bucket) => bucket.party === party && bucket.second > second)
    .reduce((sum, { slots }) => sum + slots, overdue.length);
}

/** When the n-th call of many (from 0) can be made at the earliest, in milliseconds from the first. */
export function turnOf(index: number, limits: EndpointLimits): number {
  const steady = steadyLimitOfParty(limits);
  return (
    Math.floor(index / steady) * STEADY_WINDOW_MILLISECONDS + (index % steady) * slotSpacing(limits)
  );
}
