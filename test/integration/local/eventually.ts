import { setTimeout as delay } from "node:timers/promises";

/** Waits until the condition gives something other than undefined and false, and returns that; the limit is for what hangs. */
export async function eventually<Value>(
  condition: () => Value | undefined | false | Promise<Value | undefined | false>,
  limitMilliseconds = 120_000,
): Promise<Value> {
  const end = Date.now() + limitMilliseconds;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`The condition did not come true: ${String(condition)}`);
    await delay(20);
  }
}
