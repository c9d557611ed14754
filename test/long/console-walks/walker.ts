import { setTimeout as delay } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { comesTrue } from "../../browser/support/comes-true";
import { de } from "../../../infra/console/texts/de/index";
import { en } from "../../../infra/console/texts/en/index";
import type { Texts } from "../../../infra/console/texts/texts";
import type { ConsoleSystem } from "../../browser/support/console";
import { isFocused, PATIENCE, withKeyboard, withMouse, type Hands } from "./hands";

type Language = "en" | "de";
type Device = "mouse" | "keyboard";
type Role = "Administrator" | "Contributor" | "Viewer";

/** A person at the console: who they are, what language they read, and how they work a page. */
export interface Walker {
  readonly role: Role;
  readonly language: Language;
  readonly device: Device;
  readonly page: Page;
  readonly hands: Hands;
  /** What the console says, in their language. */
  readonly texts: Texts;
  /** Errors in the browser's console so far. */
  readonly problems: readonly string[];
  /** A button, link and so on within something. */
  readonly button: (name: string | RegExp, within?: Locator) => Locator;
  readonly link: (name: string | RegExp, within?: Locator) => Locator;
  /** Waits for a page with this heading, at which the focus has to be, however one came there. */
  arrives(heading: string): Promise<void>;
  /** Waits until something is said on the page. */
  reads(text: string | RegExp): Promise<void>;
  /** Goes somewhere by the navigation. */
  goes(to: string): Promise<void>;
  /** A number as their language writes it. */
  number(value: number): string;
  /** Signs out by the menu of one's account, and sees that it is so. */
  signsOut(): Promise<void>;
  close(): Promise<void>;
}

const locales: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

/** Opens the console for somebody whom nobody knows yet, and signs them in through the issuer's page. */
export async function walkerAt(
  system: ConsoleSystem,
  { role, language, device }: Pick<Walker, "role" | "language" | "device">,
): Promise<Walker> {
  const { page, problems, close } = await system.open({ locale: locales[language] });
  const hands = device === "mouse" ? withMouse(page) : withKeyboard(page);
  const texts = language === "de" ? de : en;
  const button: Walker["button"] = (name, within) =>
    (within ?? page).getByRole("button", { name, exact: true }).first();
  const link: Walker["link"] = (name, within) =>
    (within ?? page).getByRole("link", { name, exact: true }).first();
  const arrives: Walker["arrives"] = async (heading) => {
    const found = page.getByRole("heading", { level: 1, name: heading, exact: true });
    await found.waitFor(PATIENCE);
    const isThere = `document.activeElement?.matches("main h1, [role=dialog] *") === true`;
    if (!(await comesTrue(page, isThere))) throw new Error(`${heading} has not the focus.`);
  };
  const walker: Walker = {
    ...{ role, language, device, page, hands, texts, problems, button, link, arrives, close },
    reads: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(PATIENCE),
    goes: async (to) => {
      const navigation = page.getByRole("navigation", { name: texts.shell.navigation.label });
      await hands.press(link(to, navigation));
      await arrives(to);
    },
    number: (value) => value.toLocaleString(locales[language]),
    signsOut: async () => {
      // The menu is called by who is signed in.
      await hands.press(button(new RegExp(role, "i"), page.locator("#frame")));
      await hands.press(page.getByRole("menuitem", { name: texts.common.actions.signOut }));
      await walker.reads(texts.shell.signIn.signedOut);
      await button(texts.common.actions.signIn).waitFor(PATIENCE);
    },
  };
  await hands.press(button(texts.common.actions.signIn));
  await hands.press(button(role));
  await page.getByRole("heading", { level: 1, name: texts.home.title }).waitFor(PATIENCE);
  return walker;
}

/** Waits for a dialog, in which the focus has to be: in its first field, if it has one that is typed into. */
export async function dialogOf({ page }: Walker, name: string | RegExp): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name });
  await dialog.waitFor(PATIENCE);
  const field = dialog.getByRole("textbox").first();
  const isWithin = `document.activeElement?.matches("[role=dialog] *") === true`;
  if (await field.count()) await hasFocus(field);
  else if (!(await comesTrue(page, isWithin)))
    throw new Error(`The focus is beside ${String(name)}.`);
  return dialog;
}

/** Waits until something has the focus, such as what opened a dialog that is closed. */
export async function hasFocus(what: Locator): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!(await isFocused(what))) {
    if (Date.now() > giveUpAt) throw new Error(`${String(what)} has not the focus.`);
    await delay(100);
  }
}
