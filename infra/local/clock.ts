/** Time as the environment sees it; a test puts its own in place. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once when the time is reached (at once if it has passed). Returns how to call it off. */
  at(time: number, action: () => void): () => void;
}

// setTimeout takes 2^31 - 1 ms at most and fires at once above that.
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  at: (time, action) => {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const remaining = Math.max(0, time - Date.now());
      timer = setTimeout(
        () => (Date.now() >= time ? action() : arm()),
        Math.min(remaining, longestTimer),
      );
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};
