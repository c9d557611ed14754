/** A token bucket, as API Gateway throttles a route: so many requests at once, and so many a second after that. */
export interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** @returns a function that says whether a request may pass now, which then counts. */
export function createThrottle(
  { rateLimit, burstLimit }: Throttle,
  now: () => number,
): () => boolean {
  let tokens = burstLimit;
  let filledAt = now();
  return () => {
    const instant = now();
    tokens = Math.min(burstLimit, tokens + ((instant - filledAt) / 1000) * rateLimit);
    filledAt = instant;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
