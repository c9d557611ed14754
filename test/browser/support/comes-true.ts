import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";

/**
 * Waits until an expression is true in the page; answers whether it came to be. Playwright's own way of waiting
 * evaluates within the page, which the console's policy forbids.
 */
export async function comesTrue(
  page: Page,
  expression: string,
  patienceMilliseconds = 20_000,
): Promise<boolean> {
  const giveUpAt = Date.now() + patienceMilliseconds;
  while (Date.now() < giveUpAt) {
    // A page that is being left answers nothing.
    if (await page.evaluate<unknown>(expression).catch(() => false)) return true;
    await delay(50);
  }
  return false;
}
