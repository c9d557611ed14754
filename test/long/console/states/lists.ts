import { administrators, broken, get, managers, problem, type ConsoleState } from "./state";

const none = { status: 200, body: { items: [] } } as const;

interface List {
  readonly name: string;
  readonly at: string;
  readonly asks: RegExp;
  readonly has: string | RegExp;
  readonly whenNone: string;
  /** A search that finds nothing, where the list has filters. */
  readonly nothing?: string;
  readonly by?: ConsoleState["by"];
}

const lists: readonly List[] = [
  {
    ...{ name: "exports", at: "/exports", asks: /\/exports\?/, has: "Members only" },
    ...{ whenNone: "No exports yet", nothing: "?search=nothing-is-called-so" },
  },
  {
    ...{ name: "runs", at: "/runs", asks: /\/runs(\?|$)/, has: "Newsletter" },
    ...{ whenNone: "No runs yet", nothing: "?status=canceled" },
  },
  {
    ...{ name: "segments", at: "/segments", asks: /\/segments\?/, has: "customers" },
    ...{ whenNone: "No segments yet", nothing: "?search=nothing-is-called-so" },
  },
  {
    ...{ name: "connections", at: "/connections", asks: /\/connections\?/, has: "Main account" },
    ...{ whenNone: "No connections yet", by: managers },
  },
  {
    ...{ name: "audit", at: "/audit", asks: /\/audit\?/, has: "createExport" },
    ...{ whenNone: "No entries yet", nothing: "?actor=nobody", by: administrators },
  },
];

/** Every list in every state that a list has. */
export const listStates: readonly ConsoleState[] = lists.flatMap(
  ({ name, at, asks, has, whenNone, nothing, by }) => {
    const of = { at: () => at, ...(by === undefined ? {} : { by }) };
    return [
      { ...of, name: `${name}, full`, shows: has },
      { ...of, name: `${name}, loading`, answers: [get(asks, "never")], shows: "Loading" },
      { ...of, name: `${name}, none yet`, answers: [get(asks, none)], shows: whenNone },
      ...(nothing === undefined
        ? []
        : [
            {
              ...{ ...of, name: `${name}, filtered to nothing`, at: () => `${at}${nothing}` },
              shows: "Clear filters",
            },
          ]),
      { ...of, name: `${name}, failing`, answers: [get(asks, broken)], shows: "internalError" },
      {
        ...{ ...of, name: `${name}, out of reach`, answers: [get(asks, "unreachable")] },
        shows: "The API cannot be reached",
      },
      {
        ...{ ...of, name: `${name}, throttled` },
        answers: [get(asks, problem(429, "tooManyRequests", "Too many requests."))],
        shows: "Too many requests",
      },
      {
        ...{ ...of, name: `${name}, refused` },
        answers: [get(asks, problem(403, "notPermitted", "Your role may not do this."))],
        shows: "You may not do this",
      },
    ];
  },
);
