import { expect } from "@jest/globals";
import { PATIENCE } from "./hands";
import { readsAccount, type Ground } from "./main-way";
import type { Walker } from "./walker";

/** Sees an export, and why it is not to be run; sees its run and the account, and why no rejections. */
export async function looksOn(walker: Walker, ground: Ground, name: string): Promise<void> {
  const { texts, hands, page, button, link, role } = walker;
  const { exports, exportPage, rejections, run, shell, common } = texts;
  await walker.goes(exports.title);
  expect(await button(exports.create).count()).toBe(0);
  await hands.press(link(name, page.getByRole("table")));
  await walker.arrives(name);

  await hands.pointAt(button(exportPage.actions.run));
  await walker.reads(exportPage.actions.notPermitted);

  await hands.press(page.getByRole("table", { name: exportPage.runs.title }).getByRole("link"));
  await walker.arrives(run.title(name));
  await readsAccount(walker, ground);
  expect(await button(run.actions.again).count()).toBe(0);

  await hands.press(button(run.actions.rejections));
  await walker.arrives(rejections.title(name));
  await walker.reads(rejections.mayNotTitle);
  await walker.reads(rejections.mayNot(common.roles[role]));
  expect(await page.getByRole("table").count()).toBe(0);
  await hands.press(button(rejections.back));
  await walker.arrives(run.title(name));

  const places = page.getByRole("navigation", { name: shell.navigation.label });
  for (const place of [texts.connections.title, texts.sources.title, texts.audit.title]) {
    expect(await link(place, places).count()).toBe(0);
  }
  await places.first().waitFor(PATIENCE);
}
