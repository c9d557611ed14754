import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { startConsoleSystem, type ConsoleSystem } from "../../browser/support/console";
import { csv } from "../../support/system-steps";

let console: ConsoleSystem;
beforeAll(async () => {
  console = await startConsoleSystem();
  await console.system.putSegment("customers", { "customers.csv": csv(20, "signed-in") });
});
afterAll(() => console.close());

const keySourceOf = async (connectionId: string): Promise<string> =>
  (await console.system.call<{ readonly keySource: string }>("GET", `/connections/${connectionId}`))
    .body.keySource;

/** Fills in who the new connection is, and goes to Klaviyo's page. */
async function goToKlaviyo(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Create connection" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create connection" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("radio", { name: "Sign in to Klaviyo" }).check();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Go to Klaviyo" }).click();
  await page.getByRole("heading", { name: "Let this app into your account?" }).waitFor();
}

/** What the address says of the connection on screen. */
async function shownConnection(page: Page): Promise<string> {
  await page.waitForURL(/\/connections\/[^/?]+$/);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

async function showsWayIn(page: Page, wayIn: string): Promise<void> {
  await page.getByText(wayIn, { exact: true }).first().waitFor();
}

describe("signing in to Klaviyo from the console", () => {
  it("makes a connection on the way back from Klaviyo's page, with which runs are sent", async () => {
    const { page, problems, close } = await console.open({
      person: "Administrator",
      at: "/connections",
    });
    await goToKlaviyo(page, "Shop");

    await page.getByRole("button", { name: "Allow" }).click();

    await page.getByText("Shop is signed in to Klaviyo.").waitFor();
    const connectionId = await shownConnection(page);
    await page.getByRole("heading", { level: 1, name: "Shop" }).waitFor();
    await showsWayIn(page, "Sign-in to Klaviyo");
    expect(await keySourceOf(connectionId)).toBe("signIn");
    const exportId = await console.system.createExport(connectionId);
    const run = await console.system.run(exportId);
    expect([run.status, run.numbers.imported]).toEqual(["successful", 20]);
    // Nothing of the sign-in stays in the browser.
    expect(await page.evaluate("JSON.stringify(window.sessionStorage)")).not.toContain(
      "klaviyo-sign-in",
    );
    expect(problems).toEqual([]);
    await close();
  });

  it("makes nothing when the person declines there, and says how to go on", async () => {
    const { page, close } = await console.open({ person: "Administrator", at: "/connections" });
    await goToKlaviyo(page, "Declined");

    await page.getByRole("button", { name: "Deny" }).click();

    await page.getByText("The sign-in was not finished").waitFor();
    await page.getByText("Klaviyo says that it was refused there.").waitFor();
    await page.getByRole("link", { name: "Connections" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Connections" }).waitFor();
    expect(await page.getByRole("link", { name: "Declined" }).count()).toBe(0);
    await close();
  });

  it("moves a connection from its key to a sign-in and back", async () => {
    const connectionId = await console.system.createConnection({ displayName: "Moving" });
    const { page, close } = await console.open({
      person: "Administrator",
      at: `/connections/${connectionId}`,
    });
    await showsWayIn(page, "API key");

    await page.getByRole("button", { name: "Replace the key" }).click();
    await page.getByRole("radio", { name: "Sign in to Klaviyo" }).check();
    await page.getByRole("button", { name: "Go to Klaviyo" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByText("Moving is signed in to Klaviyo.").waitFor();
    await showsWayIn(page, "Sign-in to Klaviyo");
    expect(await keySourceOf(connectionId)).toBe("signIn");

    await page.getByRole("button", { name: "Replace the key" }).click();
    await page.getByLabel("Private API key").fill(console.system.laptop.klaviyo.first.apiKey);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Moving has its new key.").waitFor();
    await showsWayIn(page, "API key");
    expect(await keySourceOf(connectionId)).toBe("typed");
    await close();
  });

  it("says at the connection what to do once the sign-in has ended, and begins it again from there", async () => {
    const { page, close } = await console.open({ person: "Administrator", at: "/connections" });
    await goToKlaviyo(page, "Ended");
    await page.getByRole("button", { name: "Allow" }).click();
    const connectionId = await shownConnection(page);
    console.system.laptop.klaviyo.endSignIns();

    await page.getByRole("button", { name: "Check now" }).click();

    await page.getByText("Sign-in ended").first().waitFor();
    await page.getByRole("button", { name: "Replace the key" }).click();
    await page.getByRole("radio", { name: "Sign in to Klaviyo" }).check();
    await page.getByRole("button", { name: "Go to Klaviyo" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByText("Ended is signed in to Klaviyo.").waitFor();
    await page.getByText("Works").first().waitFor();
    expect(await shownConnection(page)).toBe(connectionId);
    await close();
  });

  it("leads back to the wizard, which goes to the new connection and has kept its draft", async () => {
    await console.system.createConnection({ displayName: "Other" });
    const { page, close } = await console.open({ person: "Administrator", at: "/exports/new" });
    await page.getByRole("radio", { name: /Other$/ }).check();

    await page.getByRole("button", { name: "Connect an account" }).click();
    const dialog = page.getByRole("dialog", { name: "Create connection" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("Needed here");
    await dialog.getByRole("radio", { name: "Sign in to Klaviyo" }).check();
    await dialog.getByRole("checkbox").check();
    await dialog.getByRole("button", { name: "Go to Klaviyo" }).click();
    await page.getByRole("button", { name: "Allow" }).click();

    await page.getByRole("heading", { level: 1, name: "New export" }).waitFor();
    await page.getByText("Your draft is back").waitFor();
    await page.getByText("Needed here is signed in to Klaviyo.").waitFor();
    await page.getByRole("radio", { name: /Needed here$/, checked: true }).waitFor();
    await page.waitForURL(`${console.url}/exports/new`);
    await close();
  });
});
