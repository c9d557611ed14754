import type { Clock } from "../../../infra/local/clock";

/** A clock that stands still until it is moved; what becomes due on the way is called in order. */
export interface ManualClock extends Clock {
  moveTo(time: number): void;
}

export function manualClock(start: number): ManualClock {
  let now = start;
  let timers: { readonly time: number; readonly action: () => void }[] = [];
  return {
    now: () => now,
    at: (time, action) => {
      const timer = { time, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((candidate) => candidate !== timer);
      };
    },
    moveTo: (time) => {
      for (;;) {
        const due = timers
          .filter((timer) => timer.time <= time)
          .sort((left, right) => left.time - right.time)[0];
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        now = Math.max(now, due.time);
        due.action();
      }
      now = time;
    },
  };
}
