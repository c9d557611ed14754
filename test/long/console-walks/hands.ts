import { setTimeout as delay } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { comesTrue } from "../../browser/support/comes-true";

/** How a person works a page. Each way waits until what is meant is there and can be used. */
export interface Hands {
  /** Points at something, such as what may not be pressed and says why. */
  pointAt(what: Locator): Promise<void>;
  /** A link, button, tab, or an entry of an open menu. */
  press(what: Locator): Promise<void>;
  /** A checkbox that is to be on, or a radio button that is to be chosen. */
  tick(what: Locator): Promise<void>;
  /** Writes into a field in place of what it holds. */
  write(into: Locator, text: string): Promise<void>;
  /** Opens a list of choices and takes one of them. */
  choose(from: Locator, option: string): Promise<void>;
}

/** Milliseconds: for what hangs. Machines may be slow and busy. */
export const PATIENCE = { timeout: 240_000 };

/** More stops of the Tab key than any screen has. */
const MOST_STOPS = 250;

export function withMouse(page: Page): Hands {
  return {
    pointAt: (what) => what.hover(PATIENCE),
    press: (what) => what.click(PATIENCE),
    tick: (what) => what.check(PATIENCE),
    write: (into, text) => into.fill(text, PATIENCE),
    async choose(from, option) {
      await from.click(PATIENCE);
      await page.getByRole("option", { name: option }).first().click(PATIENCE);
    },
  };
}

/** By keyboard alone: what the Tab key and arrows don't lead to can't be used, nor what is focused out of sight. */
export function withKeyboard(page: Page): Hands {
  const key = (name: string) => page.keyboard.press(name);

  /** Walks on until the focus is at something; says which way it went when it never gets there. */
  async function reach(what: Locator): Promise<void> {
    await what.waitFor({ ...PATIENCE, state: "attached" });
    const role = await roleOf(what);
    const step = role === "menuitem" ? "ArrowDown" : "Tab";
    const visited: string[] = [];
    while (!(await isFocused(what))) {
      if (visited.length === MOST_STOPS) {
        throw new Error(
          `No key leads to ${String(what)}. On the way: ${[...new Set(visited)].join(" → ")}`,
        );
      }
      await key(role === "radio" && (await isAmongItsRadios(what)) ? "ArrowDown" : step);
      visited.push(await focusNow(page));
    }
    const cover = await coverOf(what);
    if (cover !== null) throw new Error(`${String(what)} has the focus below ${cover}.`);
  }

  return {
    pointAt: reach,
    async press(what) {
      await usable(what);
      await reach(what);
      await key("Enter");
      await keepsFocus(page, String(what));
    },
    async tick(what) {
      await usable(what);
      await reach(what);
      if (!(await what.isChecked())) await key("Space");
    },
    async write(into, text) {
      await usable(into);
      await reach(into);
      await key("ControlOrMeta+A");
      await page.keyboard.type(text);
    },
    async choose(from, option) {
      await usable(from);
      await reach(from);
      await key("Enter");
      const wanted = page.getByRole("option", { name: option }).first();
      await wanted.waitFor(PATIENCE);
      for (let step = 0; !(await highlighted(page)).includes(option); step += 1) {
        if (step === MOST_STOPS) throw new Error(`No key leads to the option ${option}.`);
        await key("ArrowDown");
      }
      await key("Enter");
    },
  };
}

/** An element as functions see it that run in the page. */
interface ElementInPage {
  readonly tagName: string;
  readonly className: string;
  readonly type?: string;
  readonly name?: string;
  readonly ownerDocument: {
    readonly activeElement: ElementInPage | null;
    elementFromPoint(x: number, y: number): ElementInPage | null;
  };
  matches(selector: string): boolean;
  closest(selector: string): ElementInPage | null;
  contains(other: ElementInPage): boolean;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): Readonly<Record<"left" | "top" | "width" | "height", number>>;
}

/** Waits until something is enabled: a click waits by itself, a key does not. */
async function usable(what: Locator): Promise<void> {
  await what.waitFor({ ...PATIENCE, state: "attached" });
  const giveUpAt = Date.now() + PATIENCE.timeout;
  while (
    await what.evaluate(
      (element: ElementInPage) =>
        element.matches(":disabled") || element.getAttribute("aria-disabled") === "true",
    )
  ) {
    if (Date.now() > giveUpAt) throw new Error(`${String(what)} stays disabled.`);
    await delay(100);
  }
}

/** Whoever uses the keyboard goes on from somewhere: what was pressed may go, the focus may not. */
async function keepsFocus(page: Page, pressed: string): Promise<void> {
  // Pages of others may begin at their body.
  const isKept = await comesTrue(
    page,
    `document.querySelector("#frame") === null || document.activeElement !== document.body`,
  );
  if (!isKept) throw new Error(`The focus is lost once ${pressed} was pressed.`);
}

/** Whether something has the focus. */
export const isFocused = (what: Locator): Promise<boolean> =>
  what.evaluate((element: ElementInPage) => element === element.ownerDocument.activeElement);

const roleOf = (what: Locator): Promise<string> =>
  what.evaluate((element: ElementInPage) => element.getAttribute("role") ?? element.type ?? "");

/** Tab stops at one radio button of a group; arrows lead to the others. */
const isAmongItsRadios = (what: Locator): Promise<boolean> =>
  what.evaluate((element: ElementInPage) => {
    const at = element.ownerDocument.activeElement;
    return at?.type === "radio" && at.name === element.name;
  });

/** What lies over the middle of something: sticky parts of the frame may not hide what has the focus. */
const coverOf = (what: Locator): Promise<string | null> =>
  what.evaluate((element: ElementInPage) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const over = element.ownerDocument.elementFromPoint(
      left + width / 2,
      top + Math.min(height / 2, 20),
    );
    if (over === null) return "the edge of the window";
    const sticky = over.closest("#frame, header, [class*=notifications]");
    return sticky === null || sticky.contains(element)
      ? null
      : `${sticky.tagName} ${sticky.className}`;
  });

/** The option that Enter would take, in a list whose focus is moved or told. */
const highlighted = (page: Page): Promise<string> =>
  page.evaluate<string>(
    `(() => {
      const id = document.activeElement?.getAttribute("aria-activedescendant");
      const option = id ? document.getElementById(id) : document.activeElement;
      return option?.getAttribute("role") === "option" ? option.textContent : "";
    })()`,
  );

const focusNow = (page: Page): Promise<string> =>
  page.evaluate<string>(
    `(() => {
      const at = document.activeElement;
      const name = at?.getAttribute("aria-label") || at?.textContent || at?.name || "";
      return at?.tagName.toLowerCase() + " " + name.trim().slice(0, 30);
    })()`,
  );
