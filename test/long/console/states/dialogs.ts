import type { Page } from "playwright-core";
import { administrators, managers, problem, type ConsoleState, type Seeded } from "./state";

const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole("button", { name }).first().click();
};

/** Opens the menu of this name, and takes one of its items. */
const choose = (menu: string, item: string | RegExp) => async (page: Page) => {
  await page.getByRole("button", { name: menu, exact: true }).first().click();
  await page.getByRole("menuitem", { name: item }).first().click();
};

/** Chooses these exports of the list, and takes an item of the menu of actions. */
const chooseForExports = (names: readonly string[], item: string) => async (page: Page) => {
  for (const name of names) {
    await page.getByRole("checkbox", { name: `Choose ${name}`, exact: true }).check();
  }
  await choose("Actions", item)(page);
};

const key = (name: string) => async (page: Page) => {
  await page.locator("h1").first().waitFor();
  await page.keyboard.press(name);
};

const exports = () => "/exports";
const ofExport = ({ exportId }: Seeded) => `/exports/${exportId}`;
const ofMirror = ({ mirrorId }: Seeded) => `/exports/${mirrorId}`;
const ofConnection = ({ connectionId }: Seeded) => `/connections/${connectionId}`;

async function held(page: Page): Promise<void> {
  await press("Run")(page);
  await page.getByRole("checkbox", { name: /Remove those who left/ }).check();
}

/** Every dialog, open. */
export const dialogStates: readonly ConsoleState[] = [
  { name: "the command menu", at: () => "/", reach: key("Control+k"), shows: "Where to, or what?" },
  { name: "the shortcuts", at: () => "/", reach: key("?"), shows: "Keyboard shortcuts" },
  { name: "the preferences", at: () => "/", reach: press("Preferences"), shows: "Density" },
  {
    ...{ name: "columns of a list", at: exports, shows: "People who leave" },
    reach: press("Columns"),
  },
  {
    ...{ name: "views of a list", at: () => "/exports?search=Newsletter", shows: "Saved views" },
    reach: async (page) => {
      await choose("Views", "Save or delete …")(page);
      await page.getByRole("textbox", { name: "Name" }).fill("Mine");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await choose("Views", "Save or delete …")(page);
    },
  },
  {
    ...{ name: "running all exports", at: exports, by: managers, shows: /exports? starts?:/ },
    reach: press("Run all …"),
  },
  {
    ...{ name: "scheduling several exports", at: exports, by: managers, shows: "HH:MM" },
    reach: async (page) => {
      await chooseForExports(["Newsletter", "Members only"], "Schedule …")(page);
      await page.getByRole("radio", { name: "Give them times of their own" }).check();
      await page.getByRole("textbox", { name: "Time 1" }).fill("6");
      await page.getByRole("button", { name: "Set schedules" }).click();
    },
  },
  {
    ...{
      name: "deleting an export of the list",
      at: exports,
      by: managers,
      shows: "Delete Newsletter?",
    },
    reach: chooseForExports(["Newsletter"], "Delete …"),
  },
  {
    ...{ name: "starting a run", at: ofExport, by: managers, shows: "Run Newsletter" },
    reach: press("Run"),
  },
  {
    ...{
      name: "starting a run while one is going",
      by: managers,
      shows: "A run of this export is going",
    },
    at: ({ goingExportId }) => `/exports/${goingExportId}`,
    reach: async (page) => {
      await press("Run")(page);
      await page.getByRole("button", { name: "Start run" }).click();
    },
  },
  {
    ...{ name: "a mass removal that waits for its number", at: ofMirror, by: managers },
    ...{ reach: held, shows: /Type \d+ to confirm/ },
  },
  {
    ...{
      name: "a mass removal with a wrong number",
      at: ofMirror,
      by: managers,
      shows: "This is not",
    },
    reach: async (page) => {
      await held(page);
      await page.getByRole("textbox", { name: /Type \d+ to confirm/ }).fill("1");
      await page.keyboard.press("Tab");
    },
  },
  {
    ...{ name: "deleting an export", at: ofExport, by: managers, shows: /Delete .*Newsletter/ },
    reach: choose("Actions", "Delete"),
  },
  {
    ...{
      name: "detaching an export",
      at: ofExport,
      by: administrators,
      shows: /Detach .*Newsletter/,
    },
    reach: choose("Actions", "Detach from connection"),
  },
  {
    ...{ name: "a schedule that somebody else changed", at: ofExport, by: managers },
    ...{ reach: choose("Actions", "Switch schedule off"), shows: "Somebody else was faster" },
    answers: [
      {
        ...{ method: "PUT", to: /\/schedule$/ },
        answer: problem(412, "versionStale", "It was changed meanwhile."),
      },
    ],
  },
  {
    ...{ name: "canceling a run", by: managers, reach: press("Cancel"), shows: "Keep" },
    at: ({ goingRunId }) => `/runs/${goingRunId}`,
  },
  {
    ...{ name: "creating a connection", at: () => "/connections?create=true", by: administrators },
    shows: "Private API key",
  },
  {
    ...{ name: "creating a connection without anything", by: administrators },
    ...{ at: () => "/connections?create=true", shows: "A connection needs your consent." },
    reach: async (page) => {
      await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    },
  },
  {
    ...{ name: "a key that Klaviyo refuses", at: ofConnection, by: administrators },
    shows: "keyRefused",
    reach: async (page) => {
      await press("Replace the key")(page);
      await page.getByLabel("Private API key").last().fill("pk_0123456789abcdef0123456789abcdef01");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /Save|Replace/ })
        .click();
    },
  },
  {
    ...{ name: "changes that an entry recorded", at: () => "/audit?action=createExport" },
    ...{ by: administrators, reach: press(/^Show/), shows: "displayName" },
  },
  {
    ...{ name: "looking up nobody", by: managers, shows: "Type an email address." },
    at: ({ exportId }) => `/exports/${exportId}/explain`,
    reach: press("Look up"),
  },
  {
    ...{ name: "looking somebody up", by: managers, shows: "Rows in the segments" },
    at: ({ exportId }) => `/exports/${exportId}/explain`,
    reach: async (page) => {
      await page.getByRole("textbox", { name: "Email address" }).fill("customer-1@example.com");
      await page.keyboard.press("Enter");
    },
  },
  {
    ...{ name: "a system refresh without a time", at: () => "/system-refresh", by: administrators },
    shows: "Write each time as HH:MM",
    reach: async (page) => {
      await page.getByRole("textbox", { name: "Time 1" }).fill("6");
      await page.getByRole("button", { name: "Save", exact: true }).click();
    },
  },
  {
    ...{ name: "a system refresh that somebody else changed", by: administrators },
    ...{ at: () => "/system-refresh", shows: "Somebody else was faster", reach: press("Save") },
    answers: [
      {
        ...{ method: "PUT", to: /\/schedule$/ },
        answer: problem(412, "versionStale", "It was changed meanwhile."),
      },
    ],
  },
  {
    ...{ name: "a new export without anything", at: () => "/exports/new", by: managers },
    shows: "Choose a connection.",
    reach: press("Next"),
  },
  {
    ...{ name: "an export that somebody else changed", by: managers, shows: "Somebody else" },
    at: ({ exportId }) => `/exports/${exportId}/edit`,
    answers: [
      {
        ...{ method: "PUT", to: /\/exports\/\w+$/ },
        answer: problem(412, "versionStale", "It was changed meanwhile."),
      },
    ],
    reach: async (page) => {
      await page
        .getByRole("button", { name: /Name and save/ })
        .first()
        .click();
      await page.getByRole("textbox", { name: /name/i }).first().fill("Newsletter, weekly");
      await page.getByRole("button", { name: "Save export" }).click();
    },
  },
  {
    ...{ name: "an export whose name is taken", by: managers, shows: "taken" },
    at: ({ exportId }) => `/exports/${exportId}/edit`,
    answers: [
      {
        ...{ method: "PUT", to: /\/exports\/\w+$/ },
        answer: problem(409, "displayNameTaken", "That name is taken.", { field: "/displayName" }),
      },
    ],
    reach: async (page) => {
      await page
        .getByRole("button", { name: /Name and save/ })
        .first()
        .click();
      await page.getByRole("textbox", { name: /name/i }).first().fill("Members only");
      await page.getByRole("button", { name: "Save export" }).click();
    },
  },
  {
    ...{ name: "leaving what is not saved", by: managers, shows: "Leave without saving?" },
    at: ({ exportId }) => `/exports/${exportId}/edit`,
    reach: async (page) => {
      await page
        .getByRole("button", { name: /Name and save/ })
        .first()
        .click();
      await page.getByRole("textbox", { name: /name/i }).first().fill("Another name");
      await page.getByRole("link", { name: "Runs", exact: true }).first().click();
    },
  },
];
