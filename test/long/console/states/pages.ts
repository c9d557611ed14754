import type { Texts } from "../../../../infra/console/texts/texts";
import {
  administrators,
  broken,
  get,
  managers,
  problem,
  type ConsoleState,
  type Seeded,
  type Words,
} from "./state";

interface OnePage {
  readonly name: string;
  readonly at: (seeded: Seeded) => string;
  /** What the page asks for first. */
  readonly asks: RegExp;
  readonly has: Words;
  /** The address of one that is not there, where the address names one. */
  readonly missing?: string;
  readonly by?: ConsoleState["by"];
}

/** One or the other, by who looks. */
const either = (...texts: readonly string[]): RegExp => new RegExp(texts.join("|"));

const NOBODY = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

const pages: readonly OnePage[] = [
  {
    ...{
      name: "an export",
      at: ({ exportId }) => `/exports/${exportId}`,
      has: ({ exportPage }) => exportPage.runs.title,
    },
    ...{ asks: /\/exports\/\w+$/, missing: `/exports/${NOBODY}` },
  },
  {
    ...{ name: "a run", at: ({ runId }) => `/runs/${runId}`, has: ({ run }) => run.account.adds },
    ...{ asks: /\/runs\/\w+$/, missing: `/runs/${NOBODY}` },
  },
  {
    ...{ name: "rejections", at: ({ runId }) => `/runs/${runId}/rejections` },
    ...{
      asks: /\/runs\/\w+$/,
      has: ({ common, rejections }) => either(common.personalData, rejections.mayNotTitle),
    },
    missing: `/runs/${NOBODY}/rejections`,
  },
  {
    ...{ name: "a segment", at: () => "/segments/customers", has: "first_name" },
    ...{ asks: /\/segments\/customers$/, missing: "/segments/nobody" },
  },
  {
    name: "a connection",
    at: ({ connectionId }) => `/connections/${connectionId}`,
    ...{ asks: /\/connections\/\w+$/, has: "Main account", missing: `/connections/${NOBODY}` },
    by: managers,
  },
  {
    ...{ name: "a source", at: ({ sourceId }) => `/sources/${sourceId}`, by: administrators },
    ...{ asks: /\/sources\/\w+$/, has: ({ sources }) => sources.refused },
    missing: "/sources/nobody",
  },
  {
    name: "why on the list",
    at: ({ exportId }) => `/exports/${exportId}/explain`,
    ...{
      asks: /\/exports\/\w+$/,
      has: ({ explain }) => either(explain.email, explain.mayNotTitle),
    },
    missing: `/exports/${NOBODY}/explain`,
  },
  {
    name: "a preview",
    at: ({ exportId, previewId }) => `/exports/${exportId}/previews/${previewId}`,
    ...{ asks: /\/previews\/\w+$/, has: ({ preview }) => preview.numbers.unchanged.name },
    by: administrators,
  },
  {
    ...{
      name: "the system refresh",
      at: () => "/system-refresh",
      has: ({ systemRefresh }) => systemRefresh.when,
    },
    asks: /\/schedule$/,
  },
  {
    name: "changing an export",
    at: ({ exportId }) => `/exports/${exportId}/edit`,
    ...{
      asks: /\/exports\/\w+$/,
      has: ({ wizard }) => wizard.titles.edit,
      missing: `/exports/${NOBODY}/edit`,
    },
    by: managers,
  },
];

/** Every page that shows one thing, in every state that such a page has. */
const ofOne: readonly ConsoleState[] = pages.flatMap(({ name, at, asks, has, missing, by }) => {
  const of = { at, ...(by === undefined ? {} : { by }) };
  return [
    { ...of, name, shows: has },
    {
      ...of,
      name: `${name}, loading`,
      answers: [get(asks, "never" as const)],
      shows: ({ common }) => common.states.loading,
    },
    { ...of, name: `${name}, failing`, answers: [get(asks, broken)], shows: "internalError" },
    {
      ...{ ...of, name: `${name}, out of reach` },
      answers: [get(asks, "unreachable" as const)],
      shows: ({ common }) => common.failures.offlineTitle,
    },
    {
      ...{ ...of, name: `${name}, refused` },
      answers: [get(asks, problem(403, "notPermitted", "Your role may not do this."))],
      shows: ({ common }) => common.failures.forbiddenTitle,
    },
    ...(missing === undefined
      ? []
      : [
          {
            ...of,
            name: `${name}, not found`,
            at: () => missing,
            shows: ({ common }: Texts) => common.failures.notFoundTitle,
          },
        ]),
  ];
});

const expired = problem(410, "reportExpired", "The report has expired.");

/** Pages in states of their own. */
export const pageStates: readonly ConsoleState[] = [
  { name: "home", at: () => "/", shows: ({ home }) => home.next },
  {
    ...{ name: "home, loading", at: () => "/", shows: ({ common }) => common.states.loading },
    answers: [get(/\/(exports|runs|connections)\?/, "never")],
  },
  {
    ...{ name: "home, failing", at: () => "/", shows: "internalError" },
    answers: [get(/\/(exports|runs|connections)\?/, broken)],
  },
  {
    ...{ name: "home, with nothing", at: () => "/", shows: ({ home }) => home.runningNone },
    answers: [get(/\/(exports|runs|connections)\?/, { status: 200, body: { items: [] } })],
  },
  {
    name: "nowhere",
    at: () => "/nothing/is/here",
    shows: ({ common }) => common.failures.notFoundTitle,
  },
  {
    ...{
      name: "who one is, out of reach",
      at: () => "/",
      shows: ({ common }) => common.failures.offlineTitle,
    },
    answers: [get(/\/me$/, "unreachable")],
  },
  {
    name: "who one is, loading",
    at: () => "/",
    answers: [get(/\/me$/, "never")],
    shows: ({ common }) => common.states.loading,
  },
  ...ofOne,
  {
    ...{ name: "an export that never ran", shows: ({ exportPage }) => exportPage.runs.none },
    at: ({ newExportId }) => `/exports/${newExportId}`,
  },
  {
    ...{ name: "a mirror that was held back", shows: ({ runs }) => runs.status.skipped },
    at: ({ mirrorId }) => `/exports/${mirrorId}`,
  },
  {
    ...{
      name: "a run that is going",
      shows: ({ runs }) => either(runs.phase.confirming, runs.phase.pushing),
    },
    at: ({ goingRunId }) => `/runs/${goingRunId}`,
  },
  {
    ...{ name: "a run that was held back", shows: "removalGuard" },
    at: ({ heldBackRunId }) => `/runs/${heldBackRunId}`,
  },
  {
    ...{ name: "two runs compared", by: managers, shows: ({ comparison }) => comparison.numbers },
    at: ({ runId, otherRunId }) => `/runs/compare?a=${runId}&b=${otherRunId}`,
  },
  {
    ...{
      name: "a report that has expired",
      by: managers,
      shows: ({ rejections }) => rejections.expiredTitle,
    },
    at: ({ runId }) => `/runs/${runId}/rejections`,
    answers: [get(/\/rejections\//, expired)],
  },
  {
    ...{
      name: "no report yet",
      by: managers,
      shows: ({ rejections }) => rejections.notAvailableTitle,
    },
    at: ({ goingRunId }) => `/runs/${goingRunId}/rejections`,
  },
  {
    ...{
      name: "a report filtered to nothing",
      by: managers,
      shows: ({ common }) => common.states.noneMatch,
    },
    at: ({ runId }) => `/runs/${runId}/rejections?category=unsent`,
  },
  { name: "a new export", at: () => "/exports/new", by: managers, shows: "Main account" },
];
