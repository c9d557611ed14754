import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  fitsInWidth,
  startConsoleSystem,
  type ConsolePage,
  type ConsoleSystem,
} from "../../browser/support/console";
import { dialogStates } from "./states/dialogs";
import { listStates } from "./states/lists";
import { pageStates } from "./states/pages";
import { seed } from "./states/seeds";
import { offlineStates, sessionStates } from "./states/session";
import { people, prepare, type ConsoleState, type Person, type Seeded } from "./states/state";

/** Where pictures of every state go; nowhere, unless somebody wants them. */
const pictures = process.env["SCREENSHOTS"];
/** Of which states by name, where somebody looks at some of them. */
const wanted = new RegExp(process.env["STATES"] ?? "");

const states: readonly ConsoleState[] = [
  ...listStates,
  ...pageStates,
  ...dialogStates,
  ...offlineStates,
].filter(({ name }) => wanted.test(name));

/** So many pages are looked at side by side: each waits for its browser and for the system. */
const PAGES = 4;
const PATIENCE = { timeout: 120_000 };

describe("every state of the console", () => {
  let console: ConsoleSystem;
  let seeded: Seeded;

  beforeAll(async () => {
    console = await startConsoleSystem();
    seeded = await seed(console);
  });
  afterAll(() => console.close());

  it.each(people)("is fit for everybody and keeps to the page's policy: %s", async (person) => {
    const waiting = [...states.filter(({ by = people }) => by.some((each) => each === person))];
    const found: string[] = [];
    const look = async (): Promise<void> => {
      const shown = await open(person);
      for (let state = waiting.shift(); state !== undefined; state = waiting.shift()) {
        for (const fault of await faultsOf(shown, state, person)) {
          found.push(`${state.name}: ${fault}`);
        }
      }
      // Nothing can be shown after a session has ended: it comes last.
      for (const state of sessionStates) {
        for (const fault of await faultsOf(shown, state, person)) {
          found.push(`${state.name}: ${fault}`);
        }
      }
      await shown.close();
    };
    await Promise.all(Array.from({ length: PAGES }, look));

    expect(found).toEqual([]);
  });

  async function open(person: Person): Promise<ConsolePage> {
    const shown = await console.open({ person, reducedMotion: "reduce" });
    const preferences = JSON.stringify({ theme: "system", language: "en", density: "comfortable" });
    await shown.page.evaluate(`window.localStorage.setItem("preferences", '${preferences}')`);
    return shown;
  }

  /** Goes to a state; answers what is wrong there, if it is only that it is not reached. */
  async function faultsOf(
    shown: ConsolePage,
    { name, at, answers = [], reach, shows }: ConsoleState,
    person: Person,
  ): Promise<readonly string[]> {
    const { page, problems } = shown;
    const before = problems.length;
    const picture = async (looks: string): Promise<void> => {
      if (pictures === undefined) return;
      const file = `${name}-${person}-${looks}`.replaceAll(/[^\w-]+/g, "-");
      await page.screenshot({ path: path.join(pictures, `${file}.png`) });
    };
    const found: string[] = [];
    try {
      await prepare(page, seeded, answers);
      await page.goto(`${console.url}${at(seeded)}`);
      await reach?.(page, seeded);
      await page.getByText(shows).filter({ visible: true }).first().waitFor(PATIENCE);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`:root[data-theme=${colorScheme}]`).waitFor();
        // Of the two themes nothing differs but colours.
        const rules = colorScheme === "light" ? undefined : ["color-contrast"];
        for (const violation of await shown.violations(rules)) {
          found.push(`${colorScheme}: ${violation}`);
        }
        await picture(`${colorScheme}-1440`);
      }
      if (!(await fitsInWidth(page, 320))) found.push("wider than 320 pixels");
      await picture("dark-320");
    } catch (error) {
      await picture("not-reached");
      found.push(`not reached: ${String(error).slice(0, 500)}`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    // That a request had no good answer is what many of these are about, and the browser tells of each.
    return [
      ...found,
      ...problems.slice(before).filter((text) => !text.startsWith("Failed to load resource")),
    ];
  }
});
