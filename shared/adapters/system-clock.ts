import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../ports";

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await sleep(Math.max(0, milliseconds));
  },
};
