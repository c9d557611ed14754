import type { Texts } from "../../../../infra/console/texts/texts";
import {
  administrators,
  broken,
  get,
  managers,
  problem,
  type ConsoleState,
  type Words,
} from "./state";

const none = { status: 200, body: { items: [] } } as const;

interface List {
  readonly name: string;
  readonly at: string;
  readonly asks: RegExp;
  readonly has: string | RegExp;
  readonly whenNone: Words;
  /** A search that finds nothing, where the list has filters. */
  readonly nothing?: string;
  readonly by?: ConsoleState["by"];
}

const lists: readonly List[] = [
  {
    ...{ name: "exports", at: "/exports", asks: /\/exports\?/, has: "Members only" },
    ...{ whenNone: ({ exports }) => exports.none, nothing: "?search=nothing-is-called-so" },
  },
  {
    ...{ name: "runs", at: "/runs", asks: /\/runs(\?|$)/, has: "Newsletter" },
    ...{ whenNone: ({ runs }) => runs.none, nothing: "?status=canceled" },
  },
  {
    ...{ name: "segments", at: "/segments", asks: /\/segments\?/, has: "customers" },
    ...{ whenNone: ({ segments }) => segments.none, nothing: "?search=nothing-is-called-so" },
  },
  {
    ...{ name: "connections", at: "/connections", asks: /\/connections\?/, has: "Main account" },
    ...{ whenNone: ({ connections }) => connections.none, by: managers },
  },
  {
    ...{ name: "sources", at: "/sources", asks: /\/sources(\?|$)/, has: "Insights" },
    ...{ whenNone: ({ sources }) => sources.none, by: administrators },
  },
  {
    ...{ name: "audit", at: "/audit", asks: /\/audit\?/, has: "createExport" },
    ...{ whenNone: ({ audit }) => audit.none, nothing: "?actor=nobody", by: administrators },
  },
];

/** Every list in every state that a list has. */
export const listStates: readonly ConsoleState[] = lists.flatMap(
  ({ name, at, asks, has, whenNone, nothing, by }) => {
    const of = { at: () => at, ...(by === undefined ? {} : { by }) };
    return [
      { ...of, name: `${name}, full`, shows: has },
      {
        ...of,
        name: `${name}, loading`,
        answers: [get(asks, "never")],
        shows: ({ common }) => common.states.loading,
      },
      { ...of, name: `${name}, none yet`, answers: [get(asks, none)], shows: whenNone },
      ...(nothing === undefined
        ? []
        : [
            {
              ...{ ...of, name: `${name}, filtered to nothing`, at: () => `${at}${nothing}` },
              shows: ({ common }: Texts) => common.actions.clearFilters,
            },
          ]),
      { ...of, name: `${name}, failing`, answers: [get(asks, broken)], shows: "internalError" },
      {
        ...{ ...of, name: `${name}, out of reach`, answers: [get(asks, "unreachable")] },
        shows: ({ common }) => common.failures.offlineTitle,
      },
      {
        ...{ ...of, name: `${name}, throttled` },
        answers: [get(asks, problem(429, "tooManyRequests", "Too many requests."))],
        shows: ({ common }) => common.failures.throttledTitle,
      },
      {
        ...{ ...of, name: `${name}, refused` },
        answers: [get(asks, problem(403, "notPermitted", "Your role may not do this."))],
        shows: ({ common }) => common.failures.forbiddenTitle,
      },
    ];
  },
);
