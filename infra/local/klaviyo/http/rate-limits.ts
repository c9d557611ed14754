/** Requests allowed per window: `burst` a second, `steady` a minute, `daily` a day. */
export interface RateLimits {
  readonly burst: number;
  readonly steady: number;
  readonly daily?: number;
}

/** Klaviyo API reference, `x-klaviyo-ratelimit` of each operation. */
export const SMALL: RateLimits = { burst: 1, steady: 15 };
export const MEDIUM: RateLimits = { burst: 10, steady: 150 };
export const LARGE: RateLimits = { burst: 75, steady: 750 };
export const LIST_CREATION: RateLimits = { burst: 10, steady: 150, daily: 150 };

export interface RateLimiterOptions {
  /** 1 is Klaviyo's real limits; 10 allows ten times as much; `Infinity` switches limits off. */
  readonly scale: number;
  /** Milliseconds by which the account's windows are moved against the full minute. */
  readonly phase: number;
  /** Requests a second that somebody else makes on the same endpoint of this account. */
  readonly otherUsers: (bucket: string) => number;
}

type RateDecision =
  | { readonly kind: "allowed"; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: "throttled"; readonly retryAfterSeconds: number };

interface Window {
  readonly seconds: number;
  readonly limit: number;
  index: number;
  used: number;
}

interface Bucket {
  readonly windows: readonly Window[];
  othersSeenAt: number;
}

export interface RateLimiter {
  /** Counts a request on a bucket, unless one of its windows is full. */
  take(bucket: string, limits: RateLimits, now: number): RateDecision;
}

/**
 * The fixed windows of one account. All keys of the account share them (Klaviyo's guide on rate
 * limits). A request that is throttled takes nothing from any window.
 */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const windowStart = (window: Window, index: number): number =>
    index * window.seconds * 1000 + options.phase;

  const turnTo = (window: Window, now: number): void => {
    const index = Math.floor((now - options.phase) / (window.seconds * 1000));
    if (index === window.index) return;
    window.index = index;
    window.used = 0;
  };

  const tryToTake = (windows: readonly Window[], now: number): Window | undefined => {
    for (const window of windows) turnTo(window, now);
    // The longest full window is the one that has to be waited for.
    const full = windows.findLast((window) => window.used >= window.limit);
    if (full === undefined) for (const window of windows) window.used += 1;
    return full;
  };

  const letOthersTake = (name: string, bucket: Bucket, now: number): void => {
    const perSecond = options.otherUsers(name);
    if (perSecond > 0) {
      const gap = 1000 / perSecond;
      // What happened more than a minute ago can't be in a window that still counts requests.
      let arrival = Math.max(bucket.othersSeenAt, now - 60_000) + gap;
      for (; arrival <= now; arrival += gap) {
        tryToTake(bucket.windows, arrival);
        bucket.othersSeenAt = arrival;
      }
    } else {
      bucket.othersSeenAt = now;
    }
  };

  const bucketFor = (name: string, limits: RateLimits, now: number): Bucket => {
    const known = buckets.get(name);
    if (known !== undefined) return known;
    const window = (seconds: number, limit: number): Window => ({
      seconds,
      limit: Math.max(1, Math.floor(limit * options.scale)),
      index: -1,
      used: 0,
    });
    const windows = [window(1, limits.burst), window(60, limits.steady)];
    if (limits.daily !== undefined) windows.push(window(86_400, limits.daily));
    const made: Bucket = { windows, othersSeenAt: now };
    buckets.set(name, made);
    return made;
  };

  return {
    take(name, limits, now) {
      if (options.scale === Infinity) return { kind: "allowed", headers: {} };
      const bucket = bucketFor(name, limits, now);
      letOthersTake(name, bucket, now);
      const full = tryToTake(bucket.windows, now);
      if (full !== undefined) {
        const waitMilliseconds = windowStart(full, full.index + 1) - now;
        return {
          kind: "throttled",
          retryAfterSeconds: Math.max(1, Math.ceil(waitMilliseconds / 1000)),
        };
      }
      // Recorded answers describe the burst window, until another one has less left.
      const left = (window: Window): number => window.limit - window.used;
      const binding = bucket.windows.reduce((a, b) => (left(b) < left(a) ? b : a));
      const all = bucket.windows.map((window) => `${window.limit};w=${window.seconds}`);
      const reset = Math.floor((windowStart(binding, binding.index + 1) - now) / 1000);
      return {
        kind: "allowed",
        headers: {
          "RateLimit-Limit": `${binding.limit}, ${all.join(", ")}`,
          "RateLimit-Remaining": String(left(binding)),
          "RateLimit-Reset": String(reset),
        },
      };
    },
  };
}
