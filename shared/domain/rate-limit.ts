/**
 * Klaviyo's limits, and the rule that spaces calls so that they are kept.
 *
 * Klaviyo counts calls per account and endpoint in fixed windows whose phase is not known. Calls that keep
 * within the limit in *every* span of a window's length keep it in the fixed windows too, whatever their
 * phase. So calls are spaced evenly under the burst limit, and no span of a steady window holds more than
 * the steady limit.
 */

/** Klaviyo's endpoints that the exporter calls, each with limits of its own. */
export type EndpointFamily =
  | "getAccounts"
  | "getList"
  | "listLists"
  | "createList"
  | "createImportJob"
  | "getImportJob"
  | "listImportJobs"
  | "listImportErrors";

export interface EndpointLimits {
  /** Calls in any one second. */
  readonly burst: number;
  /** Calls in any one minute. */
  readonly steady: number;
}

/** Klaviyo API reference, `x-klaviyo-ratelimit` of each endpoint, revision 2026-07-15. */
export const endpointLimits: Record<EndpointFamily, EndpointLimits> = {
  getAccounts: { burst: 1, steady: 15 },
  getList: { burst: 75, steady: 750 },
  listLists: { burst: 75, steady: 750 },
  /** Also 150 a day, which Klaviyo alone counts. */
  createList: { burst: 10, steady: 150 },
  createImportJob: { burst: 10, steady: 150 },
  getImportJob: { burst: 10, steady: 150 },
  listImportJobs: { burst: 10, steady: 150 },
  listImportErrors: { burst: 10, steady: 150 },
};

/**
 * How much longer than Klaviyo's windows ours are. Calls do not arrive exactly when they are made: without
 * this, one late call before and one early call after can fall into the same window. 4 % of a second and
 * half a second of a minute leave more than 95 % of what is allowed.
 */
const BURST_WINDOW_MILLISECONDS = 1_040;
const STEADY_WINDOW_MILLISECONDS = 60_500;

/** Taken slots are remembered by the second, which makes the state small; it errs to the late side. */
const BUCKET_MILLISECONDS = 1_000;

/** What is remembered of an endpoint's calls. Instants are milliseconds since 1970. */
export interface RateLimitState {
  /** The newest slot taken. */
  readonly lastSlot: number;
  /** No call before this instant, since Klaviyo said so. */
  readonly heldUntil: number;
  /** Slots taken of the last minute, by the second in which they lie. */
  readonly buckets: readonly { readonly second: number; readonly slots: number }[];
}

export const emptyRateLimitState: RateLimitState = { lastSlot: 0, heldUntil: 0, buckets: [] };

/** The next instant at which a call may be made, not before `now`. */
export function nextSlot(state: RateLimitState, limits: EndpointLimits, now: number): number {
  const spacing = Math.ceil(BURST_WINDOW_MILLISECONDS / limits.burst);
  let slot = Math.max(now, state.heldUntil, state.lastSlot + spacing);
  let taken = 0;
  // From the newest bucket back: the bucket that fills the steady limit must have left the window.
  for (const bucket of state.buckets.toReversed()) {
    taken += bucket.slots;
    if (taken >= limits.steady) {
      const bucketEnd = (bucket.second + 1) * BUCKET_MILLISECONDS;
      slot = Math.max(slot, bucketEnd + STEADY_WINDOW_MILLISECONDS);
      break;
    }
  }
  return slot;
}

/** The state after a slot was taken. */
export function takeSlot(state: RateLimitState, slot: number): RateLimitState {
  const second = Math.floor(slot / BUCKET_MILLISECONDS);
  const oldest = second - Math.ceil(STEADY_WINDOW_MILLISECONDS / BUCKET_MILLISECONDS) - 1;
  const kept = state.buckets.filter((bucket) => bucket.second >= oldest);
  const newest = kept.at(-1);
  const buckets =
    newest?.second === second
      ? [...kept.slice(0, -1), { second, slots: newest.slots + 1 }]
      : [...kept, { second, slots: 1 }];
  return { ...state, lastSlot: slot, buckets };
}

/** The state after Klaviyo asked for patience. */
export function holdBack(state: RateLimitState, until: number): RateLimitState {
  return { ...state, heldUntil: Math.max(state.heldUntil, until) };
}
