import { CHUNK_MAX_PROFILES } from "./chunk";

/** For how long the steps of a run wait for others, and how much they take at a time. */
export interface Tuning {
  /** A worker that has not finished with a chunk by then is taken for dead. */
  readonly leaseSeconds: number;
  /** Longest time for which something is put off that Klaviyo did not allow. */
  readonly longestRetrySeconds: number;
  /** Times that something is put off because Klaviyo is not available. */
  readonly attempts: number;
  /** A run that has not moved for so long is given a push. */
  readonly stillAfterSeconds: number;
  /** Most profiles of a chunk, up to what Klaviyo takes. */
  readonly chunkProfiles: number;
  /** From this many members on, a run's result is written while it is pushed. */
  readonly rehearsalMembers: number;
}

/**
 * As far as the clocks of two workers may be apart. What one worker holds for a time is over for another only
 * when it is over by both clocks, so a lease outlasts its holder's invocation by more than this.
 */
export const CLOCKS_APART_SECONDS = 20;

export const defaultTuning: Tuning = {
  // A worker's invocation takes 60 seconds at most.
  leaseSeconds: 60 + CLOCKS_APART_SECONDS + 10,
  // Twelve attempts with these delays span about an hour.
  longestRetrySeconds: 600,
  attempts: 12,
  // Longer than a confirmation's invocation and its message's way back after a crash.
  stillAfterSeconds: 360,
  chunkProfiles: CHUNK_MAX_PROFILES,
  // The result of so many takes a fifth of a second or more, which Klaviyo needs for its jobs anyway; that of fewer is
  // not worth another invocation.
  rehearsalMembers: 5_000,
};

/** Longest that all retries from an attempt on are waited for, seconds. */
export function longestRetrySpan(attempt: number, tuning: Tuning): number {
  return Array.from({ length: Math.max(tuning.attempts - attempt, 0) }, (_, later) =>
    longestRetryDelay(attempt + later, tuning),
  ).reduce((sum, seconds) => sum + seconds, 0);
}

function longestRetryDelay(attempt: number, { longestRetrySeconds }: Tuning): number {
  return Math.min(2 ** (attempt + 1), longestRetrySeconds);
}

/**
 * Seconds to wait before an attempt is repeated: doubled each time up to the longest. Half of it is
 * random, so that what was put off together does not come back together.
 */
export function retryDelaySeconds(attempt: number, tuning: Tuning): number {
  const ceiling = longestRetryDelay(attempt, tuning);
  return Math.ceil(ceiling / 2 + (Math.random() * ceiling) / 2);
}
