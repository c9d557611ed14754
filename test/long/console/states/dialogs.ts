import { button, choose, chooseForExports, key, press } from "./acts";
import {
  administrators,
  managers,
  stale,
  type ConsoleState,
  type Reach,
  type Seeded,
} from "./state";

/** What the text says before its number, so that it is found without it. */
const upTo = (text: string): RegExp => new RegExp(text.split("N", 1)[0] ?? "");

const showsChanges: Reach = async (page, { audit }) => {
  await page.getByRole("button", { name: audit.show }).first().click();
};

const exports = () => "/exports";
const ofExport = ({ exportId }: Seeded) => `/exports/${exportId}`;
const ofMirror = ({ mirrorId }: Seeded) => `/exports/${mirrorId}`;
const ofConnection = ({ connectionId }: Seeded) => `/connections/${connectionId}`;

const run = press(({ exportPage }) => exportPage.actions.run);

const massRemoval: Reach = async (page, texts, seeded) => {
  await run(page, texts, seeded);
  await page.getByRole("checkbox", { name: texts.run.start.allowMassRemoval }).check();
};

/** Every dialog, open. */
export const dialogStates: readonly ConsoleState[] = [
  {
    name: "the command menu",
    at: () => "/",
    reach: key("Control+k"),
    shows: ({ shell }) => shell.menu.label,
  },
  {
    name: "the shortcuts",
    at: () => "/",
    reach: key("?"),
    shows: ({ shell }) => shell.shortcuts.label,
  },
  {
    name: "the preferences",
    at: () => "/",
    reach: press(({ shell }) => shell.preferences.label),
    shows: ({ shell }) => shell.preferences.density,
  },
  {
    ...{
      name: "columns of a list",
      at: exports,
      shows: ({ exports: words }) => words.columns.syncMode,
    },
    reach: press(({ common }) => common.columns),
  },
  {
    ...{
      name: "views of a list",
      at: () => "/exports?search=Newsletter",
      shows: ({ common }) => common.views.saved,
    },
    reach: async (page, texts, seeded) => {
      const { views, actions } = texts.common;
      const opens = choose(
        () => views.label,
        () => views.manage,
      );
      await opens(page, texts, seeded);
      await page.getByRole("textbox", { name: views.name }).fill("Mine");
      await button(page, actions.save).click();
      await opens(page, texts, seeded);
    },
  },
  {
    ...{
      name: "running all exports",
      at: exports,
      by: managers,
      shows: ({ exports: words }) => words.runAll.confirm,
    },
    reach: press(({ exports: words }) => words.runAll.label),
  },
  {
    ...{
      name: "scheduling several exports",
      at: exports,
      by: managers,
      shows: ({ recurrence }) => recurrence.faults.times,
    },
    reach: async (page, texts, seeded) => {
      const { scheduleMany, actions } = texts.exports;
      const names = ["Newsletter", "Members only"];
      await chooseForExports(names, () => actions.schedule)(page, texts, seeded);
      await page.getByRole("radio", { name: scheduleMany.changes.own }).check();
      await page.getByRole("textbox", { name: texts.recurrence.time(1) }).fill("6");
      await button(page, scheduleMany.confirm).click();
    },
  },
  {
    ...{
      name: "deleting an export of the list",
      at: exports,
      by: managers,
      shows: ({ exports: words }) => words.deleteTitle("Newsletter"),
    },
    reach: chooseForExports(["Newsletter"], ({ exports: words }) => words.actions.delete),
  },
  {
    ...{
      name: "starting a run",
      at: ofExport,
      by: managers,
      shows: (texts) => texts.run.start.title("Newsletter"),
    },
    reach: run,
  },
  {
    ...{
      name: "starting a run while one is going",
      by: managers,
      shows: (texts) => texts.run.start.going,
    },
    at: ({ goingExportId }) => `/exports/${goingExportId}`,
    reach: async (page, texts, seeded) => {
      await run(page, texts, seeded);
      await button(page, texts.run.start.start).click();
    },
  },
  {
    ...{ name: "a mass removal that waits for its number", at: ofMirror, by: managers },
    ...{ reach: massRemoval, shows: (texts) => upTo(texts.run.start.confirmHint) },
  },
  {
    ...{
      name: "a mass removal with a wrong number",
      at: ofMirror,
      by: managers,
      shows: (texts) => upTo(texts.run.start.confirmWrong("N")),
    },
    reach: async (page, texts, seeded) => {
      await massRemoval(page, texts, seeded);
      await page.getByRole("dialog").getByRole("textbox").fill("1");
      await page.keyboard.press("Tab");
    },
  },
  {
    ...{
      name: "deleting an export",
      at: ofExport,
      by: managers,
      shows: ({ exportPage }) => exportPage.remove.text,
    },
    reach: choose(
      ({ exportPage }) => exportPage.actions.more,
      ({ exportPage }) => exportPage.actions.delete,
    ),
  },
  {
    ...{
      name: "detaching an export",
      at: ofExport,
      by: administrators,
      shows: ({ exportPage }) => exportPage.detach.text,
    },
    reach: choose(
      ({ exportPage }) => exportPage.actions.more,
      ({ exportPage }) => exportPage.actions.detach,
    ),
  },
  {
    ...{ name: "a schedule that somebody else changed", at: ofExport, by: managers },
    reach: choose(
      ({ exportPage }) => exportPage.actions.more,
      ({ exportPage }) => exportPage.actions.switchOff,
    ),
    shows: ({ common }) => common.failures.staleTitle,
    answers: [
      {
        ...{ method: "PUT", to: /\/schedule$/ },
        answer: stale,
      },
    ],
  },
  {
    ...{ name: "canceling a run", by: managers, shows: (texts) => texts.run.cancel.keep },
    at: ({ goingRunId }) => `/runs/${goingRunId}`,
    reach: press((texts) => texts.run.actions.cancel),
  },
  {
    ...{ name: "creating a connection", at: () => "/connections?create=true", by: administrators },
    shows: ({ connections }) => connections.wayIn.key,
  },
  {
    ...{ name: "creating a connection without anything", by: administrators },
    ...{
      at: () => "/connections?create=true",
      shows: ({ connections }) => connections.agreeMissing,
    },
    reach: press(({ common }) => common.actions.save),
  },
  {
    ...{ name: "a key that Klaviyo refuses", at: ofConnection, by: administrators },
    shows: "keyRefused",
    reach: async (page, { connections, common }) => {
      await button(page, connections.replaceKey).click();
      const typed = "pk_0123456789abcdef0123456789abcdef01";
      await page.getByLabel(connections.wayIn.key).last().fill(typed);
      await button(page, common.actions.save).click();
    },
  },
  {
    ...{ name: "changes that an entry recorded", at: () => "/audit?action=createExport" },
    ...{ by: administrators, reach: showsChanges, shows: "displayName" },
  },
  {
    ...{ name: "looking up nobody", by: managers, shows: ({ explain }) => explain.emailMissing },
    at: ({ exportId }) => `/exports/${exportId}/explain`,
    reach: press(({ explain }) => explain.look),
  },
  {
    ...{ name: "looking somebody up", by: managers, shows: ({ explain }) => explain.rows },
    at: ({ exportId }) => `/exports/${exportId}/explain`,
    reach: async (page, { explain }) => {
      await page.getByRole("textbox", { name: explain.email }).fill("customer-1@example.com");
      await page.keyboard.press("Enter");
    },
  },
  {
    ...{ name: "a system refresh without a time", at: () => "/system-refresh", by: administrators },
    shows: ({ recurrence }) => recurrence.faults.times,
    reach: async (page, { recurrence, common }) => {
      await page.getByRole("textbox", { name: recurrence.time(1) }).fill("6");
      await button(page, common.actions.save).click();
    },
  },
  {
    ...{ name: "a system refresh that somebody else changed", by: administrators },
    ...{ at: () => "/system-refresh", shows: ({ common }) => common.failures.staleTitle },
    reach: press(({ common }) => common.actions.save),
    answers: [
      {
        ...{ method: "PUT", to: /\/schedule$/ },
        answer: stale,
      },
    ],
  },
];
