import * as z from "zod";
import {
  endpointFamilies,
  endpointLimits,
  nextSlot,
  type EndpointFamily,
  type RateLimitState,
} from "./rate-limit";

const count = z.number().int().nonnegative();

/** How much of a limit is used. */
const usedOfLimitSchema = z.object({ used: count, limit: count });

/** How much of Klaviyo's limits on one kind of call is used now. */
export const callPaceSchema = z.object({
  call: z.enum(endpointFamilies),
  /** Calls of the last second. */
  burst: usedOfLimitSchema,
  /** Calls of the last minute. */
  steady: usedOfLimitSchema,
  /** Klaviyo has asked for patience: no such call is made before. */
  heldUntil: z.iso.datetime().optional(),
});
export type CallPace = z.infer<typeof callPaceSchema>;

const SECOND = 1_000;
const MINUTE_SECONDS = 60;

/** How much of an endpoint's limits is used at an instant, by all whose calls count for them. */
export function callPaceOf(call: EndpointFamily, state: RateLimitState, now: Date): CallPace {
  const instant = now.getTime();
  const { burst, steady } = endpointLimits[call];
  return {
    call,
    burst: {
      used: state.recent.filter((slot) => slot <= instant && slot > instant - SECOND).length,
      limit: burst,
    },
    steady: { used: sumOf(lastMinute(state, now)), limit: steady },
    ...(state.heldUntil > instant ? { heldUntil: new Date(state.heldUntil).toISOString() } : {}),
  };
}

/** Slots that each run has taken in the last minute. */
export function slotsByRun(state: RateLimitState, now: Date): ReadonlyMap<string, number> {
  const ofRuns = lastMinute(state, now).filter(({ party }) => party !== "");
  return new Map(
    [...Map.groupBy(ofRuns, ({ party }) => party)].map(([run, taken]) => [run, sumOf(taken)]),
  );
}

/** When a run that has chunks to send may send the next one, if that is not at once. */
export function nextTurnOf(state: RateLimitState, runId: string, now: Date): Date | undefined {
  const at = nextSlot(state, endpointLimits.createImportJob, now.getTime(), runId);
  return at - now.getTime() < SECOND ? undefined : new Date(at);
}

function lastMinute({ buckets }: RateLimitState, now: Date): RateLimitState["buckets"] {
  const second = Math.floor(now.getTime() / SECOND);
  return buckets.filter(
    (bucket) => bucket.second <= second && bucket.second > second - MINUTE_SECONDS,
  );
}

function sumOf(taken: readonly { readonly slots: number }[]): number {
  return taken.reduce((sum, { slots }) => sum + slots, 0);
}
