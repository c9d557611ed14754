import {
  administrators,
  broken,
  get,
  managers,
  problem,
  type ConsoleState,
  type Seeded,
} from "./state";

interface OnePage {
  readonly name: string;
  readonly at: (seeded: Seeded) => string;
  /** What the page asks for first. */
  readonly asks: RegExp;
  readonly has: string | RegExp;
  /** The address of one that is not there, where the address names one. */
  readonly missing?: string;
  readonly by?: ConsoleState["by"];
}

const NOBODY = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

const pages: readonly OnePage[] = [
  {
    ...{ name: "an export", at: ({ exportId }) => `/exports/${exportId}`, has: "Last runs" },
    ...{ asks: /\/exports\/\w+$/, missing: `/exports/${NOBODY}` },
  },
  {
    ...{ name: "a run", at: ({ runId }) => `/runs/${runId}`, has: "Adds up" },
    ...{ asks: /\/runs\/\w+$/, missing: `/runs/${NOBODY}` },
  },
  {
    ...{ name: "rejections", at: ({ runId }) => `/runs/${runId}/rejections` },
    ...{ asks: /\/runs\/\w+$/, has: /Personal data|are personal data/ },
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
    name: "why on the list",
    at: ({ exportId }) => `/exports/${exportId}/explain`,
    ...{ asks: /\/exports\/\w+$/, has: /Email address|personal data/ },
    missing: `/exports/${NOBODY}/explain`,
  },
  {
    name: "a preview",
    at: ({ exportId, previewId }) => `/exports/${exportId}/previews/${previewId}`,
    ...{ asks: /\/previews\/\w+$/, has: /Unchanged/ },
    by: administrators,
  },
  {
    ...{ name: "the system refresh", at: () => "/system-refresh", has: "When it runs" },
    asks: /\/schedule$/,
  },
  {
    name: "changing an export",
    at: ({ exportId }) => `/exports/${exportId}/edit`,
    ...{ asks: /\/exports\/\w+$/, has: "Connection", missing: `/exports/${NOBODY}/edit` },
  },
];

/** Every page that shows one thing, in every state that such a page has. */
const ofOne: readonly ConsoleState[] = pages.flatMap(({ name, at, asks, has, missing, by }) => {
  const of = { at, ...(by === undefined ? {} : { by }) };
  return [
    { ...of, name, shows: has },
    { ...of, name: `${name}, loading`, answers: [get(asks, "never" as const)], shows: "Loading" },
    { ...of, name: `${name}, failing`, answers: [get(asks, broken)], shows: "internalError" },
    {
      ...{ ...of, name: `${name}, out of reach` },
      answers: [get(asks, "unreachable" as const)],
      shows: "The API cannot be reached",
    },
    {
      ...{ ...of, name: `${name}, refused` },
      answers: [get(asks, problem(403, "notPermitted", "Your role may not do this."))],
      shows: "You may not do this",
    },
    ...(missing === undefined
      ? []
      : [{ ...of, name: `${name}, not found`, at: () => missing, shows: "This is not here" }]),
  ];
});

const expired = problem(410, "reportExpired", "The report has expired.");

/** Pages in states of their own. */
export const pageStates: readonly ConsoleState[] = [
  { name: "home", at: () => "/", shows: "Next runs" },
  {
    ...{ name: "home, loading", at: () => "/", shows: "Loading" },
    answers: [get(/\/(exports|runs|connections)\?/, "never")],
  },
  {
    ...{ name: "home, failing", at: () => "/", shows: "internalError" },
    answers: [get(/\/(exports|runs|connections)\?/, broken)],
  },
  {
    ...{ name: "home, with nothing", at: () => "/", shows: "Nothing is running" },
    answers: [get(/\/(exports|runs|connections)\?/, { status: 200, body: { items: [] } })],
  },
  { name: "nowhere", at: () => "/nothing/is/here", shows: "This is not here" },
  {
    ...{ name: "who one is, out of reach", at: () => "/", shows: "The API cannot be reached" },
    answers: [get(/\/me$/, "unreachable")],
  },
  {
    name: "who one is, loading",
    at: () => "/",
    answers: [get(/\/me$/, "never")],
    shows: "Loading",
  },
  ...ofOne,
  {
    ...{ name: "an export that never ran", shows: "No runs yet" },
    at: ({ newExportId }) => `/exports/${newExportId}`,
  },
  {
    ...{ name: "a mirror that was held back", shows: "Skipped" },
    at: ({ mirrorId }) => `/exports/${mirrorId}`,
  },
  {
    ...{ name: "a run that is going", shows: /Confirming|Pushing/ },
    at: ({ goingRunId }) => `/runs/${goingRunId}`,
  },
  {
    ...{ name: "a run that was held back", shows: "removalGuard" },
    at: ({ heldBackRunId }) => `/runs/${heldBackRunId}`,
  },
  {
    ...{ name: "two runs compared", by: managers, shows: "Numbers" },
    at: ({ runId, otherRunId }) => `/runs/compare?a=${runId}&b=${otherRunId}`,
  },
  {
    ...{ name: "a report that has expired", by: managers, shows: "This report has expired" },
    at: ({ runId }) => `/runs/${runId}/rejections`,
    answers: [get(/\/rejections\//, expired)],
  },
  {
    ...{ name: "no report yet", by: managers, shows: "There is no report" },
    at: ({ goingRunId }) => `/runs/${goingRunId}/rejections`,
  },
  {
    ...{ name: "a report filtered to nothing", by: managers, shows: "Nothing matches" },
    at: ({ runId }) => `/runs/${runId}/rejections?category=unsent`,
  },
  { name: "a new export", at: () => "/exports/new", by: managers, shows: "Main account" },
];
