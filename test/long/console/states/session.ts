import type { Page } from "playwright-core";
import type { Texts } from "../../../../infra/console/texts/texts";
import { prepare, type ConsoleState, type Seeded } from "./state";

/** From now on the API is out of reach, and what is on screen is read again. */
async function loseConnection(page: Page, _texts: Texts, seeded: Seeded): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.waitForLoadState("networkidle");
  await prepare(page, seeded, [{ method: "GET", to: /./, answer: "unreachable" }]);
}

/** What stays on screen while the API is out of reach. */
export const offlineStates: readonly ConsoleState[] = [
  ["exports", () => "/exports"],
  ["an export", ({ exportId }: Seeded) => `/exports/${exportId}`],
  ["a run that is going", ({ goingRunId }: Seeded) => `/runs/${goingRunId}`],
].map(([name, at]) => ({
  name: `${String(name)}, as it was before the connection was lost`,
  at: at as (seeded: Seeded) => string,
  reach: loseConnection,
  shows: ({ common }) => new RegExp(common.states.lastData(".*")),
}));

/** What this tab keeps of the sign-in cannot be renewed, and is about to expire. */
async function endSession(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.evaluate(`for (const [name, kept] of Object.entries(sessionStorage)) {
    if (name.startsWith("oidc.user:")) {
      sessionStorage.setItem("kept-user", JSON.stringify([name, kept]));
      const { refresh_token, ...user } = JSON.parse(kept);
      sessionStorage.setItem(name, JSON.stringify({ ...user, expires_at: Math.floor(Date.now() / 1000) + 5 }));
    }
  }`);
  await page.reload();
}

/** A session that has ended, over what was on screen. It is the last state, since nothing can be shown after it. */
export const sessionStates: readonly ConsoleState[] = [
  {
    name: "a session that ended",
    at: () => "/runs",
    reach: endSession,
    shows: ({ shell }) => shell.ended.title,
  },
];
