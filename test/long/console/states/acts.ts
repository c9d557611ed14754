import type { Page } from "playwright-core";
import type { Texts } from "../../../../infra/console/texts/texts";
import type { Reach } from "./state";

/** The first button of this name. */
export const button = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first();

/** Presses the button of this name. */
export const press =
  (name: (texts: Texts) => string): Reach =>
  async (page, texts) => {
    await button(page, name(texts)).click();
  };

/** Opens the menu of this name, and takes one of its items. */
export const choose =
  (menu: (texts: Texts) => string, item: (texts: Texts) => string): Reach =>
  async (page, texts) => {
    await button(page, menu(texts)).click();
    await page
      .getByRole("menuitem", { name: item(texts), exact: true })
      .first()
      .click();
  };

/** Chooses these exports of the list, and takes an item of the menu of actions. */
export const chooseForExports =
  (names: readonly string[], item: (texts: Texts) => string): Reach =>
  async (page, texts, seeded) => {
    for (const name of names) {
      await page
        .getByRole("checkbox", { name: texts.exports.selectOne(name), exact: true })
        .check();
    }
    await choose(({ exports }) => exports.actions.label, item)(page, texts, seeded);
  };

/** Presses a key, once there is a page. */
export const key =
  (name: string): Reach =>
  async (page) => {
    await page.locator("h1").first().waitFor();
    await page.keyboard.press(name);
  };
