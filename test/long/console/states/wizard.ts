import { button, press } from "./acts";
import { managers, problem, stale, type ConsoleState, type Reach } from "./state";

/** Gives an export that is changed another name. */
const rename =
  (name: string): Reach =>
  async (page, { wizard }) => {
    await page.getByRole("textbox", { name: wizard.review.name }).fill(name);
  };

const renameAndSave =
  (name: string): Reach =>
  async (page, texts, seeded) => {
    await rename(name)(page, texts, seeded);
    await button(page, texts.wizard.navigation.save).click();
  };

/** The wizard of an export, with what is missing, taken or changed by somebody else. */
export const wizardStates: readonly ConsoleState[] = [
  {
    ...{ name: "a new export without anything", at: () => "/exports/new", by: managers },
    shows: ({ wizard }) => wizard.missing.connectionId,
    reach: press(({ wizard }) => wizard.navigation.next),
  },
  {
    ...{ name: "a new export, for whom may not", at: () => "/exports/new", by: ["Viewer"] },
    shows: ({ wizard, common }) => wizard.mayNot(common.roles.Viewer),
  },
  {
    ...{
      name: "an export that somebody else changed",
      by: managers,
      shows: ({ wizard }) => wizard.stale.title,
    },
    at: ({ exportId }) => `/exports/${exportId}/edit`,
    answers: [
      {
        ...{ method: "PUT", to: /\/exports\/\w+$/ },
        answer: stale,
      },
    ],
    reach: renameAndSave("Newsletter, weekly"),
  },
  {
    ...{ name: "an export whose name is taken", by: managers, shows: "That name is taken." },
    at: ({ exportId }) => `/exports/${exportId}/edit`,
    answers: [
      {
        ...{ method: "PUT", to: /\/exports\/\w+$/ },
        answer: problem(409, "displayNameTaken", "That name is taken.", { field: "/displayName" }),
      },
    ],
    reach: renameAndSave("Members only"),
  },
  {
    ...{
      name: "leaving what is not saved",
      by: managers,
      shows: ({ wizard }) => wizard.leave.title,
    },
    at: ({ exportId }) => `/exports/${exportId}/edit`,
    reach: async (page, texts, seeded) => {
      await rename("Another name")(page, texts, seeded);
      const { runs } = texts.shell.navigation;
      await page.getByRole("link", { name: runs, exact: true }).first().click();
    },
  },
];
