import { sourceExample } from "../../../../shared/contract/examples";
import { button, press } from "./acts";
import { administrators, get, problem, type ConsoleState, type Seeded } from "./state";

const ofSource = ({ sourceId }: Seeded) => `/sources/${sourceId}`;

/** A source in Azure, which lets nobody in. */
const closed = {
  ...sourceExample,
  state: "forbidden",
  problem: {
    ...{ culprit: "user", code: "sourceForbidden", message: "Access was refused." },
    params: { place: "contosodata/exports", reason: "the token has expired" },
  },
};
const asked = /\/sources\/\w+$/;
const inAzure = [get(asked, { status: 200, body: closed })];

/** The sources of segments, and how they are added, let in anew and removed. */
export const sourceStates: readonly ConsoleState[] = [
  {
    ...{ name: "the segments bucket", at: () => "/sources/bucket", by: administrators },
    shows: ({ sources }) => sources.credential.kinds.none,
  },
  {
    ...{ name: "a source that lets nobody in", at: ({ sourceId }) => `/sources/${sourceId}` },
    ...{ by: administrators, answers: inAzure },
    shows: "sourceForbidden",
  },
  {
    ...{ name: "adding a source", at: () => "/sources?create=true", by: administrators },
    shows: ({ sources }) => sources.placeFields.container,
  },
  {
    ...{ name: "adding a source without anything", by: administrators },
    ...{ at: () => "/sources?create=true", reach: press(({ common }) => common.actions.save) },
    shows: ({ sources }) => sources.credential.notGuid,
  },
  {
    ...{ name: "adding a source without its token", by: administrators },
    ...{
      at: () => "/sources?create=true",
      shows: ({ sources }) => sources.credential.notUsable.sasToken,
    },
    reach: async (page, { sources, common }) => {
      await page.getByRole("radio", { name: sources.credential.kinds.sasToken }).check();
      await button(page, common.actions.save).click();
    },
  },
  {
    ...{ name: "adding a folder that holds no model.json", by: administrators },
    ...{ at: () => "/sources?create=true", shows: "modelMissing" },
    reach: async (page, { sources, common }) => {
      await page
        .getByRole("textbox", { name: sources.columns.name, exact: true })
        .fill("Elsewhere");
      await page.getByRole("radio", { name: sources.places.s3 }).check();
      await page
        .getByRole("textbox", { name: sources.placeFields.bucket })
        .fill("customer-insights-exports");
      await page.getByRole("textbox", { name: sources.placeFields.folder }).fill("elsewhere");
      await button(page, common.actions.save).click();
    },
  },
  {
    ...{ name: "replacing what lets into a source", at: ofSource, by: administrators },
    ...{ answers: inAzure, reach: press(({ sources }) => sources.replaceCredential) },
    shows: ({ sources }) => sources.credential.hints.sasToken,
  },
  {
    ...{ name: "replacing what lets into a source by nothing", at: ofSource, by: administrators },
    ...{ answers: inAzure, shows: ({ sources }) => sources.credential.notUsable.accountKey },
    reach: async (page, { sources, common }) => {
      await button(page, sources.replaceCredential).click();
      await page.getByRole("radio", { name: sources.credential.kinds.accountKey }).check();
      await button(page, common.actions.save).click();
    },
  },
  {
    ...{ name: "removing a source", at: ofSource, by: administrators },
    reach: press(({ common }) => common.actions.delete),
    shows: ({ sources }) => sources.deleteText,
  },
  {
    ...{ name: "removing a source that is used", at: ofSource, by: administrators },
    shows: "sourceInUse",
    answers: [
      {
        ...{ method: "DELETE", to: asked },
        answer: problem(409, "sourceInUse", "1 exports use segments of the source."),
      },
    ],
    reach: async (page, { common }) => {
      await button(page, common.actions.delete).click();
      await page.getByRole("dialog").getByRole("button", { name: common.actions.delete }).click();
    },
  },
];
