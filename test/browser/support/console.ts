import { AxeBuilder } from "@axe-core/playwright";
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { CONSOLE_BUNDLE } from "../../../infra/console-bundle";
import { localConsole, type LocalConsoleOptions } from "../../../infra/local/console/local-console";
import { startSystem, type System } from "../../support/system";
import { startBrowser } from "./browser";
import { comesTrue } from "./comes-true";

/** Whom to sign in as, by the name on the issuer's page. */
type PersonName = "Administrator" | "Contributor" | "Viewer" | "No role";

const NOTHING_CHANGES_COLOUR = `document.getAnimations().every((animation) =>
  animation.playState !== "running" || animation.effect.getComputedTiming().endTime === Infinity)`;

/** The widths that every screen is looked at. */
const widths = [1440, 1024, 768, 320] as const;

interface OpenOptions extends BrowserContextOptions {
  /** @default nobody: the page stays signed out */
  readonly person?: PersonName;
  /** Path and search of the screen. @default `/` */
  readonly at?: string;
}

/** A page of the console, and what went wrong in it so far. */
export interface ConsolePage {
  readonly page: Page;
  /** Errors in the browser's console, errors that nothing caught, and violations of the page's policy. */
  readonly problems: readonly string[];
  /** Violations that axe finds now, of all rules or of some, each as `rule: what is meant (where)`. */
  violations(rules?: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** The whole system with its console, and a browser to open it in. */
export interface ConsoleSystem {
  readonly system: System;
  readonly browser: Browser;
  /** Where the console is. */
  readonly url: string;
  /** Opens a page with a session of its own, signed in through the issuer's page. */
  open(options?: OpenOptions): Promise<ConsolePage>;
  close(): Promise<void>;
}

/** Start it in `beforeAll`, close it in `afterAll`. Tests of the console as it is use the one that is shared. */
export async function startConsoleSystem(
  options: LocalConsoleOptions = { directory: CONSOLE_BUNDLE },
): Promise<ConsoleSystem> {
  const system = await startSystem({ console: localConsole(options) });
  const browser = await startBrowser().catch(async (error: unknown) => {
    await system.close();
    throw error;
  });
  const url = system.laptop.environment.console!.url;
  return {
    system,
    browser,
    url,
    open: (options) => open(browser, url, options),
    close: async () => {
      await browser.close();
      await system.close();
    },
  };
}

let shared: Promise<ConsoleSystem> | undefined;

/** The console that all parts of one test file share: its start costs more than most tests. */
export function sharedConsoleSystem(): Promise<ConsoleSystem> {
  shared ??= startConsoleSystem();
  return shared;
}

export async function closeSharedConsoleSystem(): Promise<void> {
  await (await shared)?.close();
}

async function open(
  browser: Browser,
  url: string,
  { person, at = "/", ...contextOptions }: OpenOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...contextOptions,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.exposeFunction("reportViolation", (text: string) => problems.push(text));
  await page.addInitScript({
    content: `document.addEventListener("securitypolicyviolation", (event) =>
      reportViolation("policy: " + event.violatedDirective + " forbids " + event.blockedURI))`,
  });
  await page.goto(`${url}${at}`);
  if (person !== undefined) await signIn(page, url, person);
  return {
    page,
    problems,
    violations: async (rules) => {
      // The page has no frames of others: it is judged where it is, which takes no second page.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      const judge = async () => {
        // A colour on its way from one to another belongs to neither.
        await comesTrue(page, NOTHING_CHANGES_COLOUR);
        const { violations } = await (
          rules === undefined ? axe : axe.withRules([...rules])
        ).analyze();
        return violations;
      };
      const first = await judge();
      // A button that was enabled while it was judged is judged again: what is wrong stays.
      const found = first.length === 0 ? first : await judge();
      return found.map(
        ({ id, help, nodes }) =>
          `${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`,
      );
    },
    close: () => context.close(),
  };
}

/** Goes through the issuer's page, which the console leads to by itself or by its button. */
async function signIn(page: Page, url: string, person: PersonName): Promise<void> {
  const choice = page.getByRole("button", { name: person, exact: true });
  const button = page.getByRole("button", { name: /^(sign in|anmelden)$/i });
  await choice.or(button).first().waitFor();
  if (page.url().startsWith(url)) await button.first().click();
  await choice.click();
  await page.waitForURL(
    (address) => address.href.startsWith(url) && address.pathname !== "/signed-in",
  );
}

/**
 * Takes a picture at each width into a folder: `NAME-1440.png` and so on.
 *
 * @public
 */
export async function screenshots(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: path.join(folder, `${name}-${width}.png`), fullPage: true });
  }
}

/** Whether nothing scrolls sideways, once the frame has taken the page's new width. */
export async function fitsInWidth(page: Page, width: number): Promise<boolean> {
  await page.setViewportSize({ width, height: 800 });
  return comesTrue(
    page,
    "document.documentElement.scrollWidth <= document.documentElement.clientWidth",
  );
}
