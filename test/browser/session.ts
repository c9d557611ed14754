import { beforeAll, expect, test } from "@jest/globals";
import { sharedConsoleSystem, type ConsoleSystem } from "./support/console";

let system: ConsoleSystem;

beforeAll(async () => {
  system = await sharedConsoleSystem();
});

test("a person whose session ends signs in again in a window of its own, and goes on where they are", async () => {
  const { page, problems, close } = await system.open({ person: "Viewer", at: "/runs" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  // What the tab keeps cannot be renewed and is about to expire.
  await page.evaluate(`for (const [name, kept] of Object.entries(sessionStorage)) {
    if (name.startsWith("oidc.user:")) {
      const { refresh_token, ...user } = JSON.parse(kept);
      sessionStorage.setItem(name, JSON.stringify({ ...user, expires_at: Math.floor(Date.now() / 1000) + 5 }));
    }
  }`);
  await page.reload();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();

  const [popup] = await Promise.all([
    page.waitForEvent("popup"),
    dialog.getByRole("button", { name: "Sign in" }).click(),
  ]);
  const gone = popup.waitForEvent("close", { timeout: 30_000 });
  const choice = popup.getByRole("button", { name: "Viewer", exact: true });
  await Promise.race([choice.click().catch(() => undefined), gone]);
  await gone;
  await dialog.waitFor({ state: "detached" });

  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/runs");
  expect(problems).toEqual([]);
  await close();
});
