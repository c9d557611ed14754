import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../../shared/ports";
import { anInstant } from "../builders";

/** A clock on which many sleep at a time: it moves on to the next who wakes when nobody has anything else to do. */
export interface VirtualClock extends Clock {
  /** Moves on until the work is done. */
  runUntil<Result>(work: Promise<Result>): Promise<Result>;
}

export function virtualClock(): VirtualClock {
  let now = Date.parse(anInstant);
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(now),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        // Timers are whole milliseconds, and never come before their time.
        sleepers.push({ at: now + Math.max(0, Math.ceil(milliseconds)), wake: resolve });
      }),
    async runUntil(work) {
      const progress = { isDone: false };
      const settled = work.finally(() => {
        progress.isDone = true;
      });
      settled.catch(() => undefined);
      for (;;) {
        await setImmediate();
        const next = sleepers.toSorted((one, other) => one.at - other.at)[0];
        if (progress.isDone || next === undefined) {
          return settled;
        }
        sleepers.splice(sleepers.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}
