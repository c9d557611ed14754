import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { de } from "../../../infra/console/texts/de/index";
import { en } from "../../../infra/console/texts/en/index";
import {
  fitsInWidth,
  startConsoleSystem,
  type ConsolePage,
  type ConsoleSystem,
} from "../../browser/support/console";
import { dialogStates } from "./states/dialogs";
import { listStates } from "./states/lists";
import { sourceStates } from "./states/sources";
import { wizardStates } from "./states/wizard";
import { pageStates } from "./states/pages";
import { seed } from "./states/seeds";
import { offlineStates, sessionStates } from "./states/session";
import { people, prepare, type ConsoleState, type Seeded } from "./states/state";

/** Where pictures of every state go; nowhere, unless somebody wants them. */
const pictures = process.env["SCREENSHOTS"];
/** Of which states by name, where somebody looks at some of them. */
const wanted = new RegExp(process.env["STATES"] ?? "");

const states: readonly ConsoleState[] = [
  ...listStates,
  ...pageStates,
  ...sourceStates,
  ...dialogStates,
  ...wizardStates,
  ...offlineStates,
  // Nothing can be shown after a session has ended.
  ...sessionStates,
].filter(({ name }) => wanted.test(name));

/** Everybody, as they prefer to see the console. */
const viewers = people.flatMap((person, index) =>
  (["light", "dark"] as const).map((theme) => ({
    ...{ person, theme },
    language: (theme === "light") === (index % 2 === 0) ? ("en" as const) : ("de" as const),
  })),
);
type Viewer = (typeof viewers)[number];

/** So many pages are looked at side by side: each waits for its browser and for the system. */
const PAGES = 4;
/** Milliseconds, for what hangs: there are more than a hundred states. */
const HANGS = 3_600_000;
const PATIENCE = { timeout: 120_000 };

describe("every state of the console", () => {
  let console: ConsoleSystem;
  let seeded: Seeded;

  beforeAll(async () => {
    console = await startConsoleSystem();
    seeded = await seed(console);
  });
  afterAll(() => console.close());

  it.each(viewers)(
    "is fit for everybody and keeps to the page's policy: $person, $theme, $language",
    async (viewer) => {
      const { person } = viewer;
      const waiting = states.filter(({ by = people }) => by.some((each) => each === person));
      const found: string[] = [];
      const look = async (): Promise<void> => {
        const shown = await open(viewer);
        for (let state = waiting.shift(); state !== undefined; state = waiting.shift()) {
          for (const fault of await faultsOf(shown, state, viewer)) {
            found.push(`${state.name}: ${fault}`);
          }
        }
        await shown.close();
      };
      await Promise.all(Array.from({ length: PAGES }, look));

      expect(found).toEqual([]);
    },
    HANGS,
  );

  async function open({ person, theme, language }: Viewer): Promise<ConsolePage> {
    const shown = await console.open({ person, reducedMotion: "reduce" });
    const preferences = JSON.stringify({ theme, language, density: "comfortable" });
    await shown.page.evaluate(`window.localStorage.setItem("preferences", '${preferences}')`);
    return shown;
  }

  /** Goes to a state; answers what is wrong there, if it is only that it is not reached. */
  async function faultsOf(
    shown: ConsolePage,
    { name, at, answers = [], reach, shows }: ConsoleState,
    { person, theme, language }: Viewer,
  ): Promise<readonly string[]> {
    const { page, problems } = shown;
    const texts = language === "de" ? de : en;
    const before = problems.length;
    const picture = async (width: string): Promise<void> => {
      if (pictures === undefined) return;
      const file = `${name}-${person}-${theme}-${width}`.replaceAll(/[^\w-]+/g, "-");
      await page.screenshot({ path: path.join(pictures, `${file}.png`) });
    };
    const found: string[] = [];
    try {
      await prepare(page, seeded, answers);
      await page.goto(`${console.url}${at(seeded)}`);
      await reach?.(page, texts, seeded);
      const words = typeof shows === "function" ? shows(texts) : shows;
      await page.getByText(words).filter({ visible: true }).first().waitFor(PATIENCE);
      found.push(...(await shown.violations()));
      await picture("1440");
      if (!(await fitsInWidth(page, 320))) found.push("wider than 320 pixels");
      await picture("320");
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
