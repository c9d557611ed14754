import { beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { fitsInWidth, screenshots, sharedConsoleSystem, type ConsoleSystem } from "./console";

/** Where pictures of every screen go; nowhere, unless somebody wants them. */
const pictures = process.env["SCREENSHOTS"];

/** Who looks at the screens, and how they prefer to see them. */
interface Viewer {
  readonly person: "Administrator" | "Contributor" | "Viewer";
  readonly theme: "light" | "dark";
  readonly language: "en" | "de";
}

/** Screens that stand for the others: a start, a list, a form, and the two in which people compare most. */
export const mainScreens = /^(home|exports|wizard|run|rejections)$/;

/**
 * Opens every screen as each of these people do: in a browser, on the whole system.
 *
 * @param judged names of the screens that axe looks at, and that have to fit into 320 pixels: it takes seconds for each
 */
export function describeScreens(viewers: readonly Viewer[], judged = /./): void {
  describe("every screen of the console", () => {
    let console: ConsoleSystem;
    let screens: Record<string, string>;

    beforeAll(async () => {
      console = await sharedConsoleSystem();
      const { system } = console;
      await system.putSegment("customers", { "customers.csv": rows() });
      const connectionId = await system.createConnection({
        sharing: "administratorsAndContributors",
      });
      const exportId = await system.createExport(connectionId, { displayName: "Newsletter" });
      const { runId } = await system.run(exportId);
      screens = {
        home: "/",
        exports: "/exports",
        "exports-none": "/exports?search=nothing-is-called-so",
        wizard: "/exports/new",
        export: `/exports/${exportId}`,
        explain: `/exports/${exportId}/explain`,
        runs: "/runs",
        run: `/runs/${runId}`,
        rejections: `/runs/${runId}/rejections`,
        segments: "/segments",
        segment: "/segments/customers",
        connections: "/connections",
        connection: `/connections/${connectionId}`,
        sources: "/sources",
        "source-added": "/sources?create=true",
        source: "/sources/bucket",
        "system-refresh": "/system-refresh",
        audit: "/audit",
        nowhere: "/nothing/is/here",
      };
    });

    it.each(viewers)(
      "is fit for everybody and keeps to the page's policy: $person, $theme, $language",
      async ({ person, theme, language }) => {
        const shown = await console.open({ person });
        const { page } = shown;
        const preferences = JSON.stringify({ theme, language, density: "comfortable" });
        await page.evaluate(`window.localStorage.setItem("preferences", '${preferences}')`);
        const found: string[] = [];

        for (const [name, address] of Object.entries(screens)) {
          await goOn(page, console.url, address);
          await settled(page);
          if (!judged.test(name)) continue;
          for (const violation of await shown.violations()) found.push(`${name}: ${violation}`);
          if (pictures !== undefined)
            await screenshots(page, pictures, `${name}-${person}-${theme}`);
          if (!(await fitsInWidth(page, 320))) found.push(`${name}: wider than 320 pixels`);
          await page.setViewportSize({ width: 1440, height: 900 });
        }

        // What one may not see is refused by the API, which the browser reports.
        expect(shown.problems.filter((text) => !text.includes("status of 40"))).toEqual([]);
        expect(found).toEqual([]);
        await shown.close();
      },
    );

    it("says to whom nobody gave a role what to do", async () => {
      const { page, violations, close } = await console.open({ person: "No role" });

      await page.getByRole("heading", { name: "You have no role here" }).waitFor();

      expect(await violations()).toEqual([]);
      await close();
    });
  });
}

/**
 * Goes on as a link within the console does, so that its scripts are loaded once for all screens, and waits for another
 * heading; a list that is only filtered otherwise keeps its own, and is loaded anew.
 */
async function goOn(page: Page, url: string, address: string): Promise<void> {
  const { pathname } = new URL(page.url());
  if (pathname === new URL(address, url).pathname) {
    await page.goto(`${url}${address}`);
    return;
  }
  await page.evaluate(`{
    document.querySelector("main h1")?.setAttribute("data-left", "");
    history.pushState(null, "", ${JSON.stringify(address)});
    dispatchEvent(new PopStateEvent("popstate"));
  }`);
  await page.locator("main h1:not([data-left])").first().waitFor({ timeout: 120_000 });
}

/** A heading is there, and nothing is being loaded any more. */
async function settled(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor({ timeout: 120_000 });
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached", timeout: 120_000 });
  await page.waitForLoadState("networkidle");
}

function rows(): string {
  const people = Array.from(
    { length: 40 },
    (_, index) => `person-${index}@example.com,Name ${index}`,
  );
  return ["email,first_name", ...people, "not an address,Nobody", ",Blank"].join("\n");
}
