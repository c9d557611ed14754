import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { createContext, use, type ReactNode } from "react";
import type { ApiClient } from "../../client/client";
import type { Action, GrantedActions } from "../../../shared/domain/access/access-table";
import { callerQuery, type CallerAnswer } from "./queries/caller";

const ApiContext = createContext<ApiClient | undefined>(undefined);

/** Gives what is below it the API. */
export function ApiProvider({
  api,
  children,
}: {
  readonly api: ApiClient;
  readonly children: ReactNode;
}) {
  return <ApiContext value={api}>{children}</ApiContext>;
}

/** The API, as the person who is signed in. */
export function useApi(): ApiClient {
  const api = use(ApiContext);
  if (api === undefined) {
    throw new TypeError("there is no ApiProvider above");
  }
  return api;
}

/** Who is signed in; the shell shows nothing else before it is known. */
export function useCaller(): CallerAnswer {
  return useSuspenseQuery(callerQuery(useApi())).data;
}

/** The same where it may not be known yet. */
export function useCallerQuery() {
  return useQuery(callerQuery(useApi()));
}

/** How far the caller may do something; undefined: not at all. */
export function useMay(): (action: Action) => GrantedActions[Action] {
  const { actions } = useCaller();
  return (action) => actions[action];
}
