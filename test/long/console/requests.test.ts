import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startConsoleSystem, type ConsoleSystem } from "../../browser/support/console";
import { seed } from "./states/seeds";
import type { Seeded } from "./states/state";

const MINUTE = 60_000;

let console: ConsoleSystem;
let seeded: Seeded;

beforeAll(async () => {
  console = await startConsoleSystem();
  seeded = await seed(console);
});
afterAll(() => console.close());

/**
 * Screens that stay open, and what the API may be asked in a minute: each of a screen's questions, as often as it is
 * asked again, and one time more at the beginning.
 */
const open: readonly {
  readonly name: string;
  readonly at: (seeded: Seeded) => string;
  readonly isHidden?: true;
  readonly most: number;
}[] = [
  { name: "home", at: () => "/", most: 6 + 6 + 6 + 1 + 1 + 4 },
  { name: "exports", at: () => "/exports", most: 6 + 1 },
  { name: "runs", at: () => "/runs", most: 6 + 1 },
  { name: "segments", at: () => "/segments", most: 1 + 1 },
  { name: "an export", at: ({ exportId }) => `/exports/${exportId}`, most: 6 + 6 + 1 + 3 },
  { name: "a new export", at: () => "/exports/new", most: 1 + 1 },
  { name: "a run that has ended", at: ({ runId }) => `/runs/${runId}`, most: 6 + 1 },
  {
    ...{ name: "a run that is going", at: ({ goingRunId }) => `/runs/${goingRunId}` },
    most: 60 + 12 + 6 + 3,
  },
  {
    ...{ name: "a run that is going, in a hidden tab", isHidden: true, most: 0 },
    at: ({ goingRunId }) => `/runs/${goingRunId}`,
  },
];

test("an open console asks the API as seldom as what it shows changes, and a hidden tab not at all", async () => {
  const counted = await Promise.all(
    open.map(async ({ name, at, isHidden, most }) => {
      const { page, close } = await console.open({ person: "Administrator" });
      await page.goto(`${console.url}${at(seeded)}`);
      await page.locator("main h1").first().waitFor({ timeout: 120_000 });
      await page.waitForLoadState("networkidle");
      if (isHidden === true) {
        await page.evaluate(`Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));`);
        // What was asked while it was seen is answered.
        await page.waitForLoadState("networkidle");
      }
      let requests = 0;
      page.on("request", (request) => {
        // What asks whether it may ask is the browser's own, and is kept by it.
        if (request.url().startsWith(seeded.apiUrl) && request.method() !== "OPTIONS")
          requests += 1;
      });
      await page.waitForTimeout(MINUTE);
      await close();
      return { name, requests, most };
    }),
  );

  process.stdout.write(
    `Requests a minute: ${counted.map(({ name, requests }) => `${name} ${requests}`).join(", ")}\n`,
  );
  expect(counted.filter(({ requests, most }) => requests > most)).toEqual([]);
  // The screen that is watched is read again, or nothing would be counted here.
  expect(counted.find(({ name }) => name === "a run that is going")?.requests).toBeGreaterThan(5);
});
