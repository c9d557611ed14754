import { afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { sharedConsoleSystem, type ConsoleSystem } from "./support/console";

const PATIENCE = { timeout: 120_000 };

describe("runs in the console", () => {
  let console: ConsoleSystem;
  let exportId: string;

  beforeAll(async () => {
    console = await sharedConsoleSystem();
    const { system } = console;
    await system.putSegment("shoppers", { "shoppers.csv": manyRows() });
    const connectionId = await system.createConnection();
    exportId = await system.createExport(connectionId, {
      ...{ displayName: "Shop news", segments: ["shoppers"] },
    });
  });
  afterEach(() => console.system.laptop.klaviyo.releaseJobs());

  it("shows a run from its start to an account that adds up, and opens its rejections", async () => {
    const { runId } = await console.system.startRun(exportId);
    const { page, problems, close } = await console.open({
      person: "Administrator",
      at: `/runs/${runId}`,
    });

    await page.getByRole("button", { name: "Run again" }).waitFor(PATIENCE);

    await page.getByText("Adds up").nth(1).waitFor();
    expect(await numberOf(page, "blank")).toBe("20");
    expect(await numberOf(page, "invalid")).toBe("25");
    expect(await numberOf(page, "imported")).toBe("1,955");
    expect(await page.locator("[data-phase=settling]").count()).toBe(1);

    await page.getByRole("link", { name: /Blank 20/ }).click();
    await page.getByText("The row has no email address.").first().waitFor();
    expect(new URL(page.url()).search).toBe("?category=blank");
    expect(await page.getByText("The email address is malformed").count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  it("starts a run once, and leads to the run that is going from a second start", async () => {
    const { runId } = await console.system.run(exportId);
    const { page, close } = await console.open({ person: "Administrator", at: `/runs/${runId}` });
    await page.getByRole("button", { name: "Run again" }).click();
    // However long the page takes, the run is still going.
    console.system.laptop.klaviyo.holdJobs();
    const going = await console.system.startRun(exportId, "full");

    await page.getByRole("button", { name: "Start run" }).click();
    await page.getByRole("link", { name: "Show that run" }).click();

    await page.waitForURL(`**/runs/${going.runId}`);
    console.system.laptop.klaviyo.releaseJobs();
    await console.system.ended(going.runId);
    await close();
  });

  it("says to viewers why they see no rejections, in their language", async () => {
    const { runId } = await console.system.run(exportId);
    const { page, close } = await console.open({
      person: "Viewer",
      at: `/runs/${runId}/rejections`,
      locale: "de-DE",
    });
    await page.getByText("Zurückweisungen sind personenbezogene Daten").waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
    await close();
  });

  it("explains a person without their address in the page's address", async () => {
    const { page, close } = await console.open({
      person: "Administrator",
      at: `/exports/${exportId}/explain`,
    });
    await page.getByRole("textbox", { name: "Email address" }).fill("p1@example.org");
    await page.keyboard.press("Enter");
    await page.getByText("They are on the list", { exact: false }).waitFor(PATIENCE);
    expect(page.url()).not.toContain("p1");
    await close();
  });

  it("filters the audit log by what stands in the address", async () => {
    const { page, close } = await console.open({
      person: "Administrator",
      at: "/audit?action=createExport",
    });
    await page
      .getByRole("cell", { name: /createExport/ })
      .or(page.getByRole("rowheader", { name: /createExport/ }))
      .first()
      .waitFor();
    expect(await page.getByText("createConnection").count()).toBe(0);
    await close();
  });
});

/** A number of the account, as it is written. */
async function numberOf(page: Page, part: string): Promise<string> {
  return page.locator(`[data-part=${part}] .account-number`).innerText();
}

/** 2,000 rows, of which 20 have no address and 25 none that can be one. */
function manyRows(): string {
  const emails = Array.from({ length: 2_000 }, (_, row) => {
    if (row % 100 === 7) return "";
    return row % 80 === 9 ? "no-address" : `p${row}@example.org`;
  });
  return ["Email,Number", ...emails.map((email, row) => `${email},${row}`)].join("\n");
}
