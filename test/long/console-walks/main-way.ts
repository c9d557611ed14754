import { readFileSync } from "node:fs";
import { expect } from "@jest/globals";
import { PATIENCE } from "./hands";
import { dialogOf, hasFocus, type Walker } from "./walker";

/** What a walk finds there. */
export interface Ground {
  /** The key of the account in Klaviyo. */
  readonly apiKey: string;
  /** The segment whose members are exported, and what a run makes of it. */
  readonly segment: string;
  readonly imported: number;
  readonly invalid: number;
}

/** Makes a connection with a key, and shares it with contributors. */
export async function makesConnection(walker: Walker, name: string, apiKey: string): Promise<void> {
  const { texts, hands, page, button } = walker;
  const { connections: words, common } = texts;
  await walker.goes(words.title);
  await hands.press(button(words.create));
  const dialog = await dialogOf(walker, words.create);

  // Nothing is asked twice: what is missing is said at its field.
  await hands.press(button(common.actions.save, dialog));
  await dialog.getByText(words.nameMissing).waitFor(PATIENCE);
  await dialog.getByText(words.agreeMissing).waitFor(PATIENCE);

  await hands.write(dialog.getByRole("textbox", { name: words.columns.name }), name);
  await hands.write(dialog.getByLabel(words.wayIn.key), apiKey);
  await hands.tick(
    dialog.getByRole("radio", { name: words.sharing.administratorsAndContributors }),
  );
  await hands.tick(dialog.getByRole("checkbox"));
  await hands.press(button(common.actions.save, dialog));
  await walker.reads(words.created(name));
  await dialog.waitFor({ ...PATIENCE, state: "detached" });
  if (walker.device === "keyboard") await hasFocus(button(words.create));

  await hands.press(walker.link(name, page.getByRole("table")));
  await walker.arrives(name);
  await walker.reads(words.states.neverUsed);
}

/** Sets up an export by the wizard, with a list of its own, and has what it would do previewed. */
export async function setsUpExport(
  walker: Walker,
  { segment }: Ground,
  { connection, name }: { readonly connection: string; readonly name: string },
): Promise<void> {
  const { texts, hands, page, button } = walker;
  const { wizard } = texts;
  const next = () => hands.press(button(wizard.navigation.next));
  await walker.goes(texts.exports.title);
  await hands.press(button(texts.exports.create));
  await walker.arrives(wizard.titles.new);

  await next();
  await walker.reads(wizard.missing.connectionId);
  await hands.tick(page.getByRole("radio", { name: new RegExp(`${connection}$`) }));
  await next();

  await hands.press(button(wizard.list.create));
  const dialog = await dialogOf(walker, wizard.list.createTitle);
  await hands.write(dialog.getByRole("textbox", { name: wizard.list.name }), `List of ${name}`);
  await hands.press(button(wizard.list.create, dialog));
  await walker.reads(wizard.list.created(`List of ${name}`));
  if (walker.device === "keyboard") await hasFocus(button(wizard.list.create));
  await next();

  await hands.write(page.getByRole("searchbox", { name: wizard.segments.filter }), segment);
  await hands.tick(page.getByRole("checkbox", { name: wizard.segments.select(segment) }));
  await next();

  await walker.reads(wizard.mapping.emailHint);
  await mapsFirstName(walker);
  await next();

  await hands.tick(page.getByRole("radio", { name: wizard.delivery.syncModes.mirror }));
  await next();

  await hands.tick(page.getByRole("radio", { name: wizard.schedule.modes.own }));
  await hands.write(page.getByRole("textbox", { name: texts.recurrence.time(1) }), "06:30");
  await page.getByRole("table", { name: wizard.schedule.next }).waitFor(PATIENCE);
  await next();

  await walker.reads(wizard.nothingStarts);
  await hands.write(page.getByRole("textbox", { name: wizard.review.name }), name);
  await hands.press(button(wizard.navigation.save));
  await walker.arrives(texts.preview.title(name));
  await walker.reads(wizard.saved(name));
  await walker.reads(texts.preview.goes);
}

/** Maps one more field, and sees it in the profile as Klaviyo gets it. */
async function mapsFirstName({ texts, hands, page, button }: Walker): Promise<void> {
  const { mapping } = texts.wizard;
  await hands.press(button(mapping.addField));
  // Groups open by themselves or when they are pressed.
  const entry = page.getByRole("menuitem", { name: "first_name", exact: true });
  await hands.press(entry);
  await hands.choose(button(new RegExp(mapping.segmentField)), "FirstName");
  await page.getByRole("region").getByText('"first_name": "Name 0"').first().waitFor(PATIENCE);
}

/** Starts the run that was previewed, and watches it to its end. */
export async function runs(walker: Walker, ground: Ground, name: string): Promise<void> {
  const { texts, hands, button } = walker;
  const { run } = texts;
  await hands.press(button(texts.preview.actions.start));
  const dialog = await dialogOf(walker, run.start.title(name));
  await hands.press(button(run.start.start, dialog));
  await walker.arrives(run.title(name));
  await readsAccount(walker, ground);
  await button(run.actions.again).waitFor(PATIENCE);
}

/** Reads the account of the run on screen, once it has ended. */
export async function readsAccount(
  { texts, page, number }: Walker,
  { imported, invalid }: Ground,
): Promise<void> {
  const part = (name: string, count: number) =>
    page
      .locator(`[data-part=${name}] .account-number`, { hasText: number(count) })
      .waitFor(PATIENCE);
  await part("imported", imported);
  await page.getByText(texts.run.account.adds).nth(1).waitFor(PATIENCE);
  await part("invalid", invalid);
}

/** Looks at the rows that did not reach the list, at those of one code, at all again, and takes them along. */
export async function readsRejections(
  walker: Walker,
  { invalid }: Ground,
  name: string,
): Promise<void> {
  const { texts, hands, page, button, link } = walker;
  const { rejections, run, common } = texts;
  await hands.press(button(run.actions.rejections));
  await walker.arrives(rejections.title(name));
  await walker.reads(common.personalDataHint);
  const rows = page.locator("tbody tr", { hasText: "nobody" });
  await rows.nth(invalid - 1).waitFor(PATIENCE);
  await walker.reads(rejections.last);

  await hands.press(link(new RegExp(`: ${rejections.counts.rows(invalid)}$`)));
  await hands.press(button(common.actions.clearFilters));
  await button(common.actions.clearFilters).waitFor({ ...PATIENCE, state: "detached" });
  // What was pressed is gone: what it belonged to has the focus.
  if (walker.device === "keyboard") {
    await hasFocus(page.getByRole("heading", { name: rejections.rows, exact: true }));
  }
  await rows.nth(invalid - 1).waitFor(PATIENCE);

  const [report] = await Promise.all([
    page.waitForEvent("download", PATIENCE),
    hands.press(button(rejections.download)),
  ]);
  const lines = readFileSync(await report.path(), "utf8")
    .trimEnd()
    .split("\n");
  expect(lines).toHaveLength(1 + invalid);

  await hands.press(button(rejections.back));
  await walker.arrives(run.title(name));
}
